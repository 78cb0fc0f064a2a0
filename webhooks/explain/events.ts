import { oneLine } from '../../controllers/data/quote.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import type { ClusterObject } from '../evaluate/cluster-object.ts';

const Names = Type.Object({ kind: Type.String(), namespace: Type.Optional(Type.String()), name: Type.String() });
const Event = Type.Object({
  kind: Type.Literal('Event'),
  type: Type.Literal('Warning'),
  reason: Type.String(),
  message: Type.Optional(Type.String()),
  involvedObject: Names,
});

const MOST_SHOWN = 3;

/** The last warnings about a resource among the documents, as `kubectl get events` sorts them. */
export function eventsOf({ kind, metadata }: ClusterObject, objects: readonly unknown[]): readonly string[] {
  const own = objects
    .filter((object) => Value.Check(Event, object))
    .filter(
      ({ involvedObject }) =>
        involvedObject.kind === kind &&
        involvedObject.name === metadata.name &&
        involvedObject.namespace === metadata.namespace,
    );
  return own.slice(-MOST_SHOWN).map(({ reason, message = '' }) => oneLine(`event ${reason}: ${message}`));
}
