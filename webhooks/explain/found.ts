import { nearestName } from '../../controllers/data/nearest-name.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { shown } from '../../controllers/data/quote.ts';
import { mapKey } from '../../controllers/reading.ts';
import { type ClusterObject, identityOf, keyOf, nameOf, place } from '../render/cluster-object.ts';
import type { Documents, Evaluation } from '../render/evaluate.ts';
import type { Manifest } from '../render/manifests.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import type { NamedTarget, TargetName } from './target.ts';

/** A resource that can be explained, with its place. */
export type Resource = Manifest<ClusterObject>;

/** The resource that a user means, or why there is none, on one or more lines. */
export type Finding =
  | { readonly outcome: 'found'; readonly resource: Resource }
  | { readonly outcome: 'none'; readonly lines: readonly string[] };

const MOST_NAMED = 10;
/** Of documents that set none. */
const DEFAULT_NAMESPACE = 'default';

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
    return { outcome: 'none', lines: [notFound(text, names, resources), whatThereIs(resources)] };
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
  const near = names.flatMap((name) => nearest(name, resources) ?? [])[0];
  const hint = near === undefined ? '' : `; did you mean ${nameOf(near.object)}, ${argumentOf(near.object)}?`;
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

/** `the documents have 2 Agents, 1 MCPServer and 1 ModelAPI`. */
function whatThereIs(resources: readonly Resource[]): string {
  const byKind = Map.groupBy(resources, ({ object }) => object.kind);
  const counts = [...byKind]
    .sort(([one], [other]) => codeUnitOrder(one, other))
    .map(([kind, { length }]) => `${length} ${kind}${length === 1 ? '' : 's'}`);
  const kinds = [...new Set(crdKinds.map(({ kind }) => kind))].sort(codeUnitOrder).join(', ');
  return counts.length === 0
    ? `  the documents have none of the kinds that can be explained: ${kinds}`
    : `  the documents have ${counts.join(', ')}; the kinds that can be explained are ${kinds}`;
}
