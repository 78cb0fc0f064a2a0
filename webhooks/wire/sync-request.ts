import { Value } from '@sinclair/typebox/value';
import type { Snapshot } from '../../controllers/contract.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { observedObjects } from './object-map.ts';
import type { SyncForm, SyncRequest } from './sync-forms.ts';

/** A request that fits its form's schema, as controllers take it. `now` is when it came, as Kubernetes writes times. */
export function snapshotOf(
  { parentField, childrenField }: SyncForm,
  request: SyncRequest,
  now: string,
): Snapshot<unknown> {
  return {
    parent: request[parentField],
    children: observedObjects(request[childrenField]),
    related: observedObjects(request.related),
    finalizing: request.finalizing,
    now,
  };
}

/** A body as a snapshot, or the first thing in it that does not fit. */
export type SyncReading =
  | { readonly outcome: 'read'; readonly snapshot: Snapshot<unknown> }
  | { readonly outcome: 'refused'; readonly text: string };

/** Reads any body as the server's routes do, for callers that have no server: same schema, same text. */
export function readSync(form: SyncForm, body: unknown, now: string): SyncReading {
  return Value.Check(form.request, body)
    ? { outcome: 'read', snapshot: snapshotOf(form, body, now) }
    : { outcome: 'refused', text: misfitTextOf(form.request, body, 'body') };
}
