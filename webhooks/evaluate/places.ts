import { isMap, isNode, type Node, visit } from 'yaml';
import { type ParsedText, parseDocuments } from './documents.ts';
import { fieldNode } from './field-node.ts';
import { type Origin, originIn } from './origin.ts';
import type { SourceText } from './sources.ts';

/** A place in a file, with the line and the column of a field, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is to be found in a document. */
export interface Wanted {
  /** The place of the document, as people read it. */
  readonly origin: string;
  /** The path of a field. */
  readonly field?: string | undefined;
  /** A value in the spec, if the field is not known. */
  readonly value?: string | undefined;
}

/** Finds lines and columns. A text is parsed again when the first place in it is wanted, so that valid input costs nothing. */
export function placeFinder(texts: readonly SourceText[]): (wanted: Wanted) => Place | undefined {
  const byName = new Map(texts.map(({ name, text }) => [name, text]));
  const parsed = new Map<string, ParsedText>();
  return (wanted) => {
    const origin = originIn(wanted.origin);
    const source = origin?.source ?? wanted.origin;
    const text = byName.get(source);
    if (origin === undefined || text === undefined) {
      return text === undefined ? undefined : { file: source, line: 1, column: 1 };
    }
    const all = parsed.get(source) ?? parseDocuments(text);
    parsed.set(source, all);
    return { file: source, ...all.positionOf(offsetOf(all, origin, wanted)) };
  };
}

function offsetOf({ documents }: ParsedText, { document, items }: Origin, wanted: Wanted): number {
  const parsed = documents[document];
  const [problem] = parsed?.errors ?? [];
  const contents = parsed?.contents;
  if (problem !== undefined || !contents) {
    return problem?.pos[0] ?? parsed?.range?.[0] ?? 0;
  }
  const root = items.reduce((node, item) => itemOf(node, item), contents as Node);
  const node = wanted.field === undefined ? valueNode(root, wanted.value) : fieldNode(root, wanted.field);
  return node.range?.[0] ?? 0;
}

function itemOf(list: Node, item: number): Node {
  return fieldNode(list, `items[${item}]`);
}

/** The first place of a value in the spec, or the document itself. */
function valueNode(root: Node, value: string | undefined): Node {
  const spec = isMap(root) ? root.get('spec', true) : undefined;
  let found: Node | undefined;
  visit(isNode(spec) ? spec : null, {
    Scalar: (key, node) => {
      const isFound = key !== 'key' && node.value === value;
      found = isFound ? node : found;
      return isFound ? visit.BREAK : undefined;
    },
  });
  return found ?? root;
}

/** `team.yaml:12:5`, as editors and terminals link it. */
export function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
