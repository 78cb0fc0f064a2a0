import { Value } from '@sinclair/typebox/value';
import type { Controller } from '../../controllers/contract.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { CompositeSyncRequest, compositeCall } from './composite.ts';
import { DecoratorSyncRequest, decoratorCall } from './decorator.ts';
import type { SyncCall } from './sync-call.ts';

export type SyncCallReading =
  | { readonly outcome: 'read'; readonly call: SyncCall }
  | { readonly outcome: 'refused'; readonly text: string };

/** Reads a sync body as the server's routes do, for callers that have no server. */
export function readSyncCall(type: Controller['type'], body: unknown, now: string): SyncCallReading {
  if (type === 'decorator') {
    return Value.Check(DecoratorSyncRequest, body)
      ? { outcome: 'read', call: decoratorCall(body, now) }
      : { outcome: 'refused', text: misfitTextOf(DecoratorSyncRequest, body, 'body') };
  }
  return Value.Check(CompositeSyncRequest, body)
    ? { outcome: 'read', call: compositeCall(body, now) }
    : { outcome: 'refused', text: misfitTextOf(CompositeSyncRequest, body, 'body') };
}
