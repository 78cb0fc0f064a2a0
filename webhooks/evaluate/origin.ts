/** The place of an object in the input: a document of a source, or an item of a list in it. Numbers count from 0. */
export interface Origin {
  readonly source: string;
  readonly document: number;
  readonly items: readonly number[];
}

/** `examples/team.yaml, document 2, item 1`, for people. */
export function originText({ source, document, items }: Origin): string {
  return [source, `document ${document + 1}`, ...items.map((item) => `item ${item + 1}`)].join(', ');
}

/** Where an object of a cluster comes from, for messages. */
export const CLUSTER_ORIGIN = 'the cluster';

const TEXT = /^(.*), document (\d+)((?:, item \d+)*)$/s;

/** The place that such a text names; undefined for other texts. */
export function originIn(text: string): Origin | undefined {
  const [, source, document, items = ''] = TEXT.exec(text) ?? [];
  return source === undefined
    ? undefined
    : {
        source,
        document: Number(document) - 1,
        items: [...items.matchAll(/\d+/g)].map(([number]) => Number(number) - 1),
      };
}
