import { oneLine } from '../../controllers/data/quote.ts';
import type { AddressChange, AddressChangeKind, Detail } from './addresses.ts';
import type { Compared, Difference } from './difference.ts';
import type { ObjectChange } from './objects.ts';
import { resourceText } from './resource-text.ts';

/** What a change is called, and the mark in front of it. */
export const CHANGE_WORDS: Readonly<
  Record<AddressChangeKind, { readonly mark: '!' | '+' | '-' | '~'; readonly words: string }>
> = {
  opened: { mark: '!', words: 'open to more callers' },
  others: { mark: '!', words: 'open to other callers' },
  added: { mark: '+', words: 'new' },
  moved: { mark: '~', words: 'answered by another resource' },
  removed: { mark: '-', words: 'gone' },
  closed: { mark: '~', words: 'open to fewer callers' },
  changed: { mark: '~', words: 'changed' },
};

/** `timeout: 60s (before: 30s)` */
export function detailText({ what, before, after }: Detail): string {
  const now = after === undefined ? '' : `: ${after}`;
  return `${what}${now}${before === undefined ? '' : ` (before: ${before})`}`;
}

/** `Agent.kaos.tools research/helper at Gateway kaos-system/kaos` */
export function whereText({ resource, gateway }: AddressChange): string {
  const [own, at] = [resource, gateway].map(resourceText);
  return own === at ? `${own}` : `${own} at ${at}`;
}

/** `addresses: 1 open to more callers, 2 new`, `problems: 1 new`, `objects: 1 changed`: a text for each that differs. */
export function summaryTexts({ addresses, problems, objects }: Difference): readonly string[] {
  const byChange = (Object.keys(CHANGE_WORDS) as readonly AddressChangeKind[]).map(
    (kind) => [countOf(addresses, kind), CHANGE_WORDS[kind].words] as const,
  );
  const byObject = (['added', 'removed', 'changed'] as const).map(
    (kind) => [objects.filter(({ change }) => change === kind).length, OBJECT_WORDS[kind]] as const,
  );
  return [
    counted('addresses', byChange),
    counted('problems', [
      [problems.appeared.length, 'new'],
      [problems.gone.length, 'gone'],
    ]),
    counted('objects', byObject),
  ].filter((text) => text !== '');
}

const OBJECT_WORDS: Readonly<Record<ObjectChange['change'], string>> = {
  added: 'new',
  removed: 'gone',
  changed: 'changed',
};

function countOf(changes: readonly AddressChange[], kind: AddressChangeKind): number {
  return changes.filter(({ change }) => change === kind).reduce((sum, { addresses }) => sum + addresses.length, 0);
}

function counted(what: string, counts: readonly (readonly [number, string])[]): string {
  const texts = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return texts.length === 0 ? '' : `${what}: ${texts.join(', ')}`;
}

/** What there is to say about an object beside its lines; empty if they say all. */
export function objectNote({ diff, replacesPods }: ObjectChange): string {
  const hashes = diff === '' ? 'only hashes of content change' : '';
  const pods = replacesPods ? 'its pods are replaced' : '';
  return [hashes, pods].filter((text) => text !== '').join(', so ');
}

/** `Deployment.apps/v1 agents/public` */
export function objectName({ apiVersion, kind, namespace, name }: ObjectChange): string {
  return oneLine(`${kind}.${apiVersion} ${namespace}/${name}`);
}

/** What is said if nothing differs. How much was compared tells whether it was what the user meant. */
export function sameText({ resources, addresses, objects }: Compared): string {
  return `no difference; resources: ${resources}, addresses: ${addresses}, objects: ${objects}`;
}
