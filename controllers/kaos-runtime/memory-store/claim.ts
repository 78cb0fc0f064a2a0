import type { DesiredObject, ObservedObject } from '../../contract.ts';
import { shown } from '../../data/quote.ts';
import {
  type PersistentVolumeClaim,
  persistentVolumeClaimReading,
} from '../../kubernetes/kinds/persistent-volume-claim.ts';
import { clean } from '../../kubernetes/objects/clean.ts';
import { thousandthsOf } from '../../kubernetes/values/quantity.ts';
import { mapKey } from '../../reading.ts';
import type { Naming } from '../../resources/kaos/naming.ts';
import type { MemoryStoreSpec } from '../../resources/kaos/runtime-memory-store.ts';
import type { SpecComplaint } from '../complaint.ts';
import { claimName } from './children.ts';

export const SIZE_FIELD = 'spec.storage.local.persistentVolume.size';
/** The default of KAOS's CRD, which nothing fills in offline. */
const SIZE = '5Gi';

interface DesiredClaim extends DesiredObject {
  readonly spec: unknown;
}

/** The size that the spec asks for. */
export function claimSize({ storage }: MemoryStoreSpec): string {
  return storage?.local?.persistentVolume?.size || SIZE;
}

/** The store's claim, whoever owns it, if there is one. */
export function presentClaim(
  objects: readonly ObservedObject[],
  { name, namespace }: { readonly name: string; readonly namespace: string },
): PersistentVolumeClaim | undefined {
  const found = objects.find(
    (object) => object.mapKey === mapKey(persistentVolumeClaimReading) && object.key === `${namespace}/${name}`,
  );
  return persistentVolumeClaimReading.fits(found?.value) ? found.value : undefined;
}

/**
 * The claim as an answer that changes nothing. It repeats the present spec and not the last answer: others may have enlarged
 * the claim, and the API server refuses to make it smaller again.
 */
export function unchangedClaim({ metadata, spec }: PersistentVolumeClaim, labels: Naming['labels']): DesiredClaim {
  const { name, namespace } = metadata;
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name, namespace, labels }, spec: clean(spec) };
}

interface Store {
  readonly namespace: string;
  readonly naming: Naming;
  readonly spec: MemoryStoreSpec;
}

/** A new claim. */
export function newClaim({ namespace, naming, spec }: Store): DesiredClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claimName(naming.serviceName), namespace, labels: naming.labels },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: claimSize(spec) } } },
  };
}

/** Tells of a size that the present claim does not have. */
export function sizeComplaints(
  spec: MemoryStoreSpec,
  claim: PersistentVolumeClaim | undefined,
): readonly SpecComplaint[] {
  const present = claim?.spec.resources?.requests?.storage;
  const size = claimSize(spec);
  const message = `${SIZE_FIELD}: "${shown(size)}" is not used, because the PersistentVolumeClaim exists and keeps its ${shown(String(present))}; enlarge the claim itself, or set the field to its size`;
  return present === undefined || thousandthsOf(present) === thousandthsOf(size)
    ? []
    : [{ reason: 'NoEffect', message }];
}
