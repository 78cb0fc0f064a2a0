import { isDeepStrictEqual } from 'node:util';
import type { Controller } from '../../controllers/contract.ts';
import { annotationProblems } from '../../controllers/engine/own-annotations.ts';
import { mapKey, type Reading } from '../../controllers/reading.ts';
import { schemaOf } from '../schemas/kind-schemas.ts';
import { type ClusterObject, identityOf, nameOf, place } from './cluster-object.ts';
import type { Manifest } from './manifests.ts';
import { nullNotes } from './null-fields.ts';
import { error, problemRemark, type Remark } from './remark.ts';
import { unread } from './unread.ts';

/** Manifests as one cluster stores them: each object once, in its namespace. */
export interface Cluster {
  readonly manifests: readonly Manifest<ClusterObject>[];
  /** About objects with invalid metadata, different objects with the same identity, and kinds that no controller reads. */
  readonly remarks: readonly Remark[];
}

interface Surroundings {
  readonly controllers: readonly Controller[];
  /** The namespace of objects that set none. */
  readonly namespace: string;
  /** Objects that the cluster has already. A manifest with the identity of one is applied to it. */
  readonly present: readonly Manifest<ClusterObject>[];
}

/** Puts manifests into one cluster. Equal objects count once. */
export function buildCluster(
  manifests: readonly Manifest[],
  { controllers, namespace, present }: Surroundings,
): Cluster {
  const readings = new Map(controllers.flatMap(readingsOf).map((reading) => [mapKey(reading), reading]));
  const isKnown = ({ object }: Manifest) => readings.has(mapKey(object));
  const held = new Map<string, Manifest<ClusterObject>>();
  const remarks: Remark[] = [];
  for (const { origin, object } of manifests.filter(isKnown)) {
    const placement = place(object, readings.get(mapKey(object))?.namespaced ? namespace : undefined);
    if (placement.outcome === 'refused') {
      remarks.push(error(origin, placement.text, object));
      continue;
    }
    const identity = identityOf(placement.object);
    const other = held.get(identity);
    if (other && !isDeepStrictEqual(other.object, placement.object)) {
      remarks.push(error(origin, `${identity} differs from the one in ${other.origin}; remove one of them`, object));
    }
    held.set(identity, other ?? { origin, object: placement.object });
  }
  const settled = [...overPresent(held, present)].map(({ origin, object }) => ({
    origin,
    object: withDefaults(object, controllers),
  }));
  const unknown = manifests.filter((manifest) => !isKnown(manifest));
  const ofObjects = settled.flatMap((manifest) => [...annotationRemarks(manifest), ...nullNotes(manifest)]);
  return { manifests: settled, remarks: [...remarks, ...ofObjects, ...unknown.map(unread)] };
}

/** The manifests, each applied to the object of the cluster with its identity, and then the other objects of the cluster. */
function overPresent(
  held: ReadonlyMap<string, Manifest<ClusterObject>>,
  present: readonly Manifest<ClusterObject>[],
): readonly Manifest<ClusterObject>[] {
  const inCluster = new Map(present.toReversed().map((manifest) => [identityOf(manifest.object), manifest] as const));
  const applied = [...held].map(([identity, { origin, object }]) => {
    const old = inCluster.get(identity)?.object;
    return { origin, object: old === undefined ? object : appliedTo(old, object) };
  });
  return [...applied, ...[...inCluster].toReversed().flatMap(([identity, each]) => (held.has(identity) ? [] : [each]))];
}

/** What the API server has after `kubectl apply`: the user's labels, annotations and spec, and its own metadata and status. */
function appliedTo(old: ClusterObject, { metadata, ...given }: ClusterObject): ClusterObject {
  const { labels: _labels, ...kept } = old.metadata;
  const { annotations: _annotations, ...own } = kept as typeof kept & { readonly annotations?: unknown };
  return { ...old, ...given, metadata: { ...own, ...metadata } };
}

/** Controllers report annotations without effect too, but only those of their parents. */
function annotationRemarks({ object }: Manifest<ClusterObject>): readonly Remark[] {
  const problems = schemaOf(object) === undefined ? [] : annotationProblems(object, nameOf(object));
  return problems.map((problem) => problemRemark(problem, object));
}

/** An object with the default fields of the controller that owns its kind. */
function withDefaults(object: ClusterObject, controllers: readonly Controller[]): ClusterObject {
  const owner = controllers.find(
    ({ onDemand, parents }) => onDemand && parents.some((reading) => mapKey(reading) === mapKey(object)),
  );
  return { ...owner?.onDemand?.defaults, ...object };
}

function readingsOf({ parents, children, related }: Controller): Reading[] {
  return [...parents, ...children, ...related];
}
