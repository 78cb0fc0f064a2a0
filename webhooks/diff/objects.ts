import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { DesiredObject } from '../../controllers/contract.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import type { Rendered } from '../evaluate/hook-calls.ts';
import { objectText, plainText, withoutHash } from './object-text.ts';

/** What becomes of an object, or of the ConfigMaps that differ in the hash of their names alone. */
export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Whether its pods are replaced. */
  readonly replacesPods: boolean;
  /** A unified diff; empty if only hashes differ. */
  readonly diff: string;
}

/** What becomes of the objects that the service makes, sorted by kind, namespace and name. */
export function objectChanges(before: readonly Rendered[], after: readonly Rendered[]): readonly ObjectChange[] {
  const [old, now] = [byIdentity(before), byIdentity(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .toSorted(codeUnitOrder)
    .flatMap((identity) => changeOf(identity, old.get(identity) ?? [], now.get(identity) ?? []));
}

function byIdentity(rendered: readonly Rendered[]): ReadonlyMap<string, readonly DesiredObject[]> {
  const children = rendered.flatMap(({ parents }) => parents.flatMap((parent) => parent.children));
  return Map.groupBy(children, identityText);
}

/** `Deployment.apps/v1 agents/public` */
function identityText({ apiVersion, kind, metadata: { namespace, name } }: DesiredObject): string {
  return oneLine(`${kind}.${apiVersion} ${namespace}/${withoutHash(name)}`);
}

function changeOf(
  identity: string,
  before: readonly DesiredObject[],
  after: readonly DesiredObject[],
): readonly ObjectChange[] {
  const [old, now] = [without(before, after), without(after, before)];
  const [named] = [...now, ...old];
  if (named === undefined) {
    return [];
  }
  const { apiVersion, kind, metadata } = named;
  const { namespace } = metadata;
  const name = withoutHash(metadata.name);
  const change = changeKind(before, after);
  const diff = patchOf(identity, change, textsOf(old, now));
  return [{ change, apiVersion, kind, namespace, name, replacesPods: replaces(old, now), diff }];
}

function changeKind(before: readonly unknown[], after: readonly unknown[]): ObjectChange['change'] {
  if (before.length === 0) {
    return 'added';
  }
  return after.length === 0 ? 'removed' : 'changed';
}

/** The objects that have no equal among the others. */
function without(objects: readonly DesiredObject[], others: readonly DesiredObject[]): readonly DesiredObject[] {
  const texts = new Set(others.map((other) => JSON.stringify(other)));
  return objects.filter((object) => !texts.has(JSON.stringify(object)));
}

/** Pods are replaced if their template differs. */
function replaces(before: readonly DesiredObject[], after: readonly DesiredObject[]): boolean {
  return before.length > 0 && after.length > 0 && podsOf(before) !== podsOf(after);
}

function podsOf(objects: readonly DesiredObject[]): string {
  return JSON.stringify(
    objects.map(({ kind, ...object }) => {
      const { spec } = object as { readonly spec?: unknown };
      return kind === 'Deployment' && isPlainObject(spec) ? spec['template'] : undefined;
    }),
  );
}

type Texts = readonly [before: string, after: string];

/** The texts of both sides; those that are not laid out if the layout hides the difference. */
function textsOf(before: readonly DesiredObject[], after: readonly DesiredObject[]): Texts {
  const [old, now] = [before, after].map((objects) => joined(objects, objectText));
  return old === now ? [joined(before, plainText), joined(after, plainText)] : [old ?? '', now ?? ''];
}

function joined(objects: readonly DesiredObject[], textOf: (object: DesiredObject) => string): string {
  return objects.map(textOf).toSorted(codeUnitOrder).join('---\n');
}

/** The work of a comparison grows with the square of the lines that differ. */
const MOST_LINES = 4000;
const NO_FILE = '/dev/null';

/** A unified diff without characters that move the cursor; empty if the texts are equal. */
function patchOf(identity: string, change: ObjectChange['change'], [before, after]: Texts): string {
  const old = change === 'added' ? NO_FILE : identity;
  const now = change === 'removed' ? NO_FILE : identity;
  if (before === after) {
    return '';
  }
  const options = { context: 3, maxEditLength: MOST_LINES };
  const patch = structuredPatch(old, now, before, after, undefined, undefined, options);
  return patch === undefined
    ? `--- ${old}\n+++ ${now}\n@@ more than ${MOST_LINES} lines differ: compare what the verb render prints @@\n`
    : formatPatch(patch, FILE_HEADERS_ONLY).split('\n').map(oneLineButTabs).join('\n');
}

function oneLineButTabs(line: string): string {
  return line.split('\t').map(oneLine).join('\t');
}
