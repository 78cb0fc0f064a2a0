import { isDeepStrictEqual } from 'node:util';
import type { Stored } from '../../cluster/support/api.ts';
import type { Manifest } from '../../support/helm.ts';

/** A change of an object in the store. */
export interface StoreChange {
  readonly type: 'added' | 'modified' | 'deleted';
  readonly object: Kept;
  readonly before?: Kept;
  /** Whether it was deleted because its owner had gone. */
  readonly isOrphan?: boolean;
}

/** An object as an API server keeps it. */
export interface Kept extends Stored {
  readonly metadata: Stored['metadata'] & {
    readonly ownerReferences?: readonly { readonly uid: string }[];
    readonly [field: string]: unknown;
  };
}

/** What an API server does for its callers, in memory: versions, generations, times, and the end of children after their owner. */
export interface MemoryStore {
  readonly list: (apiVersion: string, kind: string) => readonly Kept[];
  readonly read: (object: Manifest) => Kept | undefined;
  /** Writes all but the status. Does nothing if that changes nothing. */
  readonly write: (object: Manifest, manager: string) => Kept;
  readonly writeStatus: (object: Manifest, status: object) => void;
  readonly remove: (object: Manifest) => void;
  readonly subscribe: (listener: (change: StoreChange) => void) => void;
}

/** How long the garbage collector takes. */
const COLLECTION_MS = 300;

export function memoryStore(): MemoryStore {
  const objects = new Map<string, Kept>();
  const listeners: ((change: StoreChange) => void)[] = [];
  let version = 0;
  const keep = (object: Kept, before?: Kept) => {
    version += 1;
    const kept = { ...object, metadata: { ...object.metadata, resourceVersion: `${version}` } };
    objects.set(idOf(object), kept);
    tell({ type: before ? 'modified' : 'added', object: kept, ...(before && { before }) });
    if (!before) {
      collectLater();
    }
    return kept;
  };
  const tell = (change: StoreChange) => {
    for (const listener of listeners) {
      listener(change);
    }
  };
  /** Also collects a child that a late answer has made after its owner had gone. */
  const collectLater = () =>
    setTimeout(() => {
      const uids = new Set([...objects.values()].map(({ metadata }) => metadata.uid));
      const isOrphan = ({ metadata }: Kept) => metadata.ownerReferences?.every(({ uid }) => !uids.has(uid)) ?? false;
      [...objects.values()].filter(isOrphan).forEach((orphan) => {
        remove(orphan, true);
      });
    }, COLLECTION_MS).unref();
  const remove = (object: Manifest, isOrphan: boolean) => {
    const kept = objects.get(idOf(object));
    if (kept && objects.delete(idOf(object))) {
      tell({ type: 'deleted', object: kept, isOrphan });
      collectLater();
    }
  };
  return {
    list: (apiVersion, kind) =>
      [...objects.values()].filter((object) => object.apiVersion === apiVersion && object.kind === kind),
    read: (object) => objects.get(idOf(object)),
    write: (object, manager) => {
      const before = objects.get(idOf(object));
      const next = written(object, manager, before);
      return before && isDeepStrictEqual(comparable(before), comparable(next)) ? before : keep(next, before);
    },
    writeStatus: (object, status) => {
      const before = objects.get(idOf(object));
      if (before && !isDeepStrictEqual(before['status'], status)) {
        keep({ ...before, status: structuredClone(status) }, before);
      }
    },
    remove: (object) => remove(object, false),
    subscribe: (listener) => listeners.push(listener),
  };
}

function idOf({ apiVersion, kind, metadata }: Manifest): string {
  return `${apiVersion} ${kind} ${metadata.namespace}/${metadata.name}`;
}

let uids = 0;

/** The next form of an object: its status stays, and its generation counts the changes of its spec. */
function written(object: Manifest, manager: string, before: Kept | undefined): Kept {
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  uids += before ? 0 : 1;
  const { uid = `uid-${uids}`, generation = 0 } = before?.metadata ?? {};
  const creationTimestamp = before?.metadata['creationTimestamp'] ?? time;
  const isSame = before !== undefined && isDeepStrictEqual(before['spec'], object['spec']);
  const { apiVersion } = object;
  const managedFields = [{ manager, operation: 'Apply', apiVersion, time, fieldsType: 'FieldsV1', fieldsV1: {} }];
  const system = { uid, creationTimestamp, generation: generation + (isSame ? 0 : 1), managedFields };
  const metadata = { ...object.metadata, ...system, resourceVersion: '' };
  return structuredClone({
    ...object,
    ...(before?.['status'] !== undefined && { status: before['status'] }),
    metadata,
  });
}

/** All that a write can change. */
function comparable({ metadata, ...object }: Kept): object {
  const { labels, annotations, ownerReferences } = metadata as Readonly<Record<string, unknown>>;
  return { ...object, metadata: { labels, annotations, ownerReferences } };
}
