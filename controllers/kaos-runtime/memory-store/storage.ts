import type { MemoryStoreSpec } from '../../resources/kaos/runtime-memory-store.ts';

/** KAOS's own default for a database that several pods share. */
const EXTERNAL_REPLICAS = 2;

/** Whether the memories are on a volume of the pod. */
export function isLocal({ storage }: MemoryStoreSpec): boolean {
  return storage?.type === 'local';
}

/** The number of pods. Two pods cannot share the files of a local database, so there is one, as KAOS's CRD demands. */
export function replicasOf(spec: MemoryStoreSpec): number {
  return isLocal(spec) ? 1 : (spec.replicas ?? EXTERNAL_REPLICAS);
}
