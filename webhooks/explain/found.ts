import { nearestName } from '../../controllers/data/nearest-name.ts';
import { shown } from '../../controllers/data/quote.ts';
import { mapKey } from '../../controllers/reading.ts';
import { type ClusterObject, identityOf, keyOf, place } from '../evaluate/cluster-object.ts';
import { DEFAULT_NAMESPACE, type Documents, type Evaluation } from '../evaluate/evaluate.ts';
import type { Manifest } from '../evaluate/manifests.ts';
import { kindsNamed, selectableKinds } from '../evaluate/selection.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import type { NamedTarget, TargetName } from './target.ts';

/** A resource that can be explained, with its place. */
export type Resource = Manifest<ClusterObject>;

/** The resource that a user means, or why there is none, on one or more lines. */
export type Finding =
  | { readonly outcome: 'found'; readonly resource: Resource }
  | { readonly outcome: 'none'; readonly lines: readonly string[] };

const MOST_NAMED = 10;

/** The resources of our kinds: those that controllers read, and those whose controllers are off. */
export function resourcesIn(
  { manifests }: Documents,
  { cluster }: Pick<Evaluation, 'cluster'>,
  namespace: string = DEFAULT_NAMESPACE,
): readonly Resource[] {
  const scopes = new Map(crdKinds.map((kind) => [mapKey(kind), kind.namespaced]));
  const read = cluster.manifests.filter(({ object }) => scopes.has(mapKey(object)));
  const held = new Set(read.map(({ object }) => identityOf(object)));
  const others = manifests.flatMap(({ origin, object }): readonly Resource[] => {
    const isNamespaced = scopes.get(mapKey(object));
    const placement = isNamespaced === undefined ? undefined : place(object, isNamespaced ? namespace : undefined);
    return placement?.outcome === 'placed' && !held.has(identityOf(placement.object))
      ? [{ origin, object: placement.object }]
      : [];
  });
  return [...read, ...others];
}

/** The only resource that a name fits. */
export function findResource({ text, names }: NamedTarget, resources: readonly Resource[]): Finding {
  const fitting = resources.filter((resource) => names.some((name) => fits(resource, name)));
  const [first, second] = fitting;
  if (first === undefined) {
    return { outcome: 'none', lines: [notFound(text, names, resources), ...whatThereIs(text, names, resources)] };
  }
  return second === undefined
    ? { outcome: 'found', resource: first }
    : {
        outcome: 'none',
        lines: [`${shown(text)} is the name of ${fitting.length} resources; name one of them:`, ...listed(fitting)],
      };
}

function fits({ object }: Resource, { kinds, namespace, name }: TargetName): boolean {
  return (
    object.metadata.name === name &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (kinds === undefined || kinds.some((kind) => mapKey(kind) === mapKey(object)))
  );
}

function listed(resources: readonly Resource[]): readonly string[] {
  const lines = resources.slice(0, MOST_NAMED).map(({ object }) => `  ${argumentOf(object)}`);
  return resources.length > MOST_NAMED ? [...lines, `  and ${resources.length - MOST_NAMED} more`] : lines;
}

/** The argument that names an object and no other: `agents.kaos.tools/research/lead`. */
export function argumentOf(object: ClusterObject): string {
  const kind = crdKinds.find((each) => mapKey(each) === mapKey(object));
  return shown(`${kind?.resource}.${object.apiVersion.split('/')[0]}/${keyOf(object.metadata)}`);
}

function notFound(text: string, names: readonly TargetName[], resources: readonly Resource[]): string {
  if (kindsNamed(text).length > 0) {
    return `${shown(text)} is a kind; expected a name with it, such as agent/research/lead`;
  }
  const near = names.flatMap((name) => nearest(name, resources) ?? [])[0];
  const hint = near === undefined ? '' : `; did you mean ${argumentOf(near.object)}?`;
  return `${shown(text)} is not among the documents${hint}`;
}

/** A resource with a similar name and the same kind and namespace, or else one with this name elsewhere, or a similar one. */
function nearest({ kinds, namespace, name }: TargetName, resources: readonly Resource[]): Resource | undefined {
  const ofKind = resources.filter(({ object }) => kinds?.some((kind) => mapKey(kind) === mapKey(object)) ?? true);
  const beside = ofKind.filter(({ object }) => object.metadata.namespace === namespace);
  return (
    similar(name, beside) ??
    ofKind.find(({ object }) => object.metadata.name === name) ??
    resources.find(({ object }) => object.metadata.name === name) ??
    similar(name, ofKind) ??
    similar(name, resources)
  );
}

function similar(name: string, resources: readonly Resource[]): Resource | undefined {
  const near = nearestName(
    name,
    resources.map(({ object }) => object.metadata.name),
  );
  return resources.find(({ object }) => object.metadata.name === near);
}

/** What the user can ask about instead: the resources of the same kind, or of all kinds if there are none. */
function whatThereIs(text: string, names: readonly TargetName[], resources: readonly Resource[]): readonly string[] {
  if (resources.length === 0) {
    return [`  the documents have none of the kinds that can be explained: ${selectableKinds.join(', ')}`];
  }
  const kinds = new Set([...kindsNamed(text), ...names.flatMap((name) => name.kinds ?? [])].map(mapKey));
  const ofKind = resources.filter(({ object }) => kinds.has(mapKey(object)));
  return ['  the documents have:', ...listed(ofKind.length > 0 ? ofKind : resources).map((line) => `  ${line}`)];
}
