import type { Snapshot } from '../../controllers/contract.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { Value } from '../../controllers/typebox.ts';
import { contradictionIn } from './contradiction.ts';
import { observedObjects } from './object-map.ts';
import type { SyncForm, SyncRequest } from './sync-forms.ts';

/** Converts a valid request to a snapshot for controllers. `now` is the time of the call in Kubernetes's format. */
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

/** A snapshot, or the first invalid field of the body with what is expected. */
export type SyncReading =
  | { readonly outcome: 'read'; readonly snapshot: Snapshot<unknown> }
  | { readonly outcome: 'refused'; readonly text: string };

/** Checks and reads a body without a server. Schema and error texts are those of the server's routes. */
export function readSync(form: SyncForm, body: unknown, now: string): SyncReading {
  if (!Value.Check(form.request, body)) {
    return { outcome: 'refused', text: misfitTextOf(form.request, body, 'body') };
  }
  return readValid(form, body, now);
}

/** Reads a body that fits the schema of the route. */
export function readValid(form: SyncForm, body: SyncRequest, now: string): SyncReading {
  const contradiction = contradictionIn(form, body);
  return contradiction === undefined
    ? { outcome: 'read', snapshot: snapshotOf(form, body, now) }
    : { outcome: 'refused', text: contradiction };
}
