import type { Controller } from '../../controllers/contract.ts';
import { secretReading } from '../../controllers/kubernetes/kinds/config-map.ts';
import { type KindNames, mapKey } from '../../controllers/reading.ts';
import type { ClusterChoice } from '../kubectl/cluster-flags.ts';
import { type Listed, listObjects } from '../kubectl/list-objects.ts';
import { type ClusterObject, place } from './cluster-object.ts';
import type { Manifest } from './manifests.ts';
import { CLUSTER_ORIGIN } from './origin.ts';
import { error, note, type Remark } from './remark.ts';

/** The objects of a cluster that the hooks of controllers get. */
export interface ClusterState {
  readonly manifests: readonly Manifest<ClusterObject>[];
  /** About kinds that could not be read. */
  readonly remarks: readonly Remark[];
}

/** Reads all objects of all kinds that these controllers read. Secrets are never read: without their hash key, no hook asks for them. */
export function readClusterState(
  { kubectl }: ClusterChoice,
  controllers: readonly Controller[],
  progress: (step: string) => void,
): ClusterState {
  const parents = new Set(controllers.flatMap((controller) => controller.parents.map(mapKey)));
  const states = kindsOf(controllers).map((kind) => {
    progress(`reading ${kind.resource} of the cluster`);
    return stateOf(kind, listObjects(kubectl, kind), parents.has(mapKey(kind)));
  });
  return {
    manifests: states.flatMap(({ manifests }) => manifests),
    remarks: states.flatMap(({ remarks }) => remarks),
  };
}

/** Each kind once. A kind can have several readings. */
function kindsOf(controllers: readonly Controller[]): readonly KindNames[] {
  const readings = controllers.flatMap(({ parents, children, related }) => [...parents, ...children, ...related]);
  const byKey = new Map(readings.map((reading) => [mapKey(reading), reading] as const));
  byKey.delete(mapKey(secretReading));
  return [...byKey.values()];
}

function stateOf(kind: KindNames, listed: Listed, isParent: boolean): ClusterState {
  const { apiVersion, resource } = kind;
  switch (listed.outcome) {
    case 'listed':
      // kubectl leaves the names of the kind out of the items of some lists.
      return {
        manifests: listed.objects.flatMap((object) => clusterManifest({ apiVersion, kind: kind.kind, ...object })),
        remarks: [],
      };
    case 'unknown-kind':
      return {
        manifests: [],
        remarks: isParent ? [note(CLUSTER_ORIGIN, `does not have the kind ${mapKey(kind)}`)] : [],
      };
    case 'failed':
      return {
        manifests: [],
        remarks: [error(CLUSTER_ORIGIN, `${resource} cannot be read, so answers may be wrong: ${listed.why}`)],
      };
  }
}

/** An object as kubectl printed it; nothing if its metadata are not valid. */
export function clusterManifest(object: object): readonly Manifest<ClusterObject>[] {
  const placement = place(object, undefined);
  return placement.outcome === 'placed' ? [{ origin: CLUSTER_ORIGIN, object: placement.object }] : [];
}
