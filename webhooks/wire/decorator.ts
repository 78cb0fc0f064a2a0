import { type Static, Type } from '@sinclair/typebox';
import type { Reply } from '../../controllers/contract.ts';
import { ObjectMap, observedObjects } from './object-map.ts';
import { desiredChildren, resync, type SyncCall, type SyncResponse } from './sync-call.ts';

/** https://metacontroller.github.io/metacontroller/api/decoratorcontroller.html#sync-hook, version v2. */
export const DecoratorSyncRequest = Type.Object({
  controller: Type.Object({}),
  object: Type.Object({}),
  attachments: ObjectMap,
  related: ObjectMap,
  finalizing: Type.Boolean(),
});
export type DecoratorSyncRequest = Static<typeof DecoratorSyncRequest>;

export function decoratorCall(request: DecoratorSyncRequest, now: string): SyncCall {
  return {
    parentField: 'object',
    snapshot: {
      parent: request.object,
      children: observedObjects(request.attachments),
      related: observedObjects(request.related),
      finalizing: request.finalizing,
      now,
    },
  };
}

export function decoratorResponse(reply: Reply): SyncResponse {
  return { attachments: desiredChildren(reply), status: reply.status, ...resync(reply) };
}
