import { isDeepStrictEqual } from 'node:util';
import type { Controller } from '../../controllers/contract.ts';
import { type Kind, mapKey } from '../../controllers/kubernetes/kind.ts';
import type { ClusterObject, Complaint, Manifest, Manifests } from './manifests.ts';

/** Manifests as one cluster would hold them: each object once, each in its namespace. */
export interface Cluster {
  readonly manifests: readonly Manifest[];
  /** Two objects of one identity that are not equal. */
  readonly complaints: readonly Complaint[];
  /** Objects of kinds that no controller has to do with. */
  readonly unknown: readonly Manifest[];
}

export function buildCluster(read: Manifests, controllers: readonly Controller[], namespace: string): Cluster {
  const kinds = new Map(controllers.flatMap(kindsOf).map((kind) => [mapKey(kind), kind]));
  const held = new Map<string, Manifest>();
  const complaints = [...read.complaints];
  const unknown: Manifest[] = [];
  for (const manifest of read.manifests) {
    const kind = kinds.get(mapKey(manifest.object));
    if (kind === undefined) {
      unknown.push(manifest);
      continue;
    }
    const placed = { ...manifest, object: withNamespace(manifest.object, kind, namespace) };
    const identity = identityOf(placed.object);
    const other = held.get(identity);
    if (other && !isDeepStrictEqual(other.object, placed.object)) {
      complaints.push({ origin: placed.origin, text: `${identity} is not equal to the one in ${other.origin}` });
    }
    held.set(identity, other ?? placed);
  }
  return { manifests: [...held.values()], complaints, unknown };
}

/** `Agent.kaos.tools/v1alpha1 research/helper` */
export function identityOf({ apiVersion, kind, metadata }: ClusterObject): string {
  return `${mapKey({ apiVersion, kind })} ${keyOf(metadata)}`;
}

/** An object's key in a v2 map. */
export function keyOf({ namespace, name }: ClusterObject['metadata']): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function kindsOf({ parents, children, related }: Controller): Kind[] {
  return [...parents, ...children, ...related];
}

/** As `kubectl apply --namespace` does. */
function withNamespace(object: ClusterObject, kind: Kind, namespace: string): ClusterObject {
  return kind.namespaced ? { ...object, metadata: { namespace, ...object.metadata } } : object;
}
