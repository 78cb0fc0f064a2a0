import { type Static, Type } from '@sinclair/typebox';
import type { Reply } from '../../controllers/contract.ts';
import { ObjectMap, observedObjects } from './object-map.ts';
import { desiredChildren, resync, type SyncCall, type SyncResponse } from './sync-call.ts';

/** https://metacontroller.github.io/metacontroller/api/compositecontroller.html#sync-hook, version v2. */
export const CompositeSyncRequest = Type.Object({
  controller: Type.Object({}),
  parent: Type.Object({}),
  children: ObjectMap,
  related: ObjectMap,
  finalizing: Type.Boolean(),
});
export type CompositeSyncRequest = Static<typeof CompositeSyncRequest>;

export function compositeCall(request: CompositeSyncRequest, now: string): SyncCall {
  return {
    parentField: 'parent',
    snapshot: {
      parent: request.parent,
      children: observedObjects(request.children),
      related: observedObjects(request.related),
      finalizing: request.finalizing,
      now,
    },
  };
}

export function compositeResponse(reply: Reply): SyncResponse {
  return { children: desiredChildren(reply), status: reply.status, ...resync(reply) };
}
