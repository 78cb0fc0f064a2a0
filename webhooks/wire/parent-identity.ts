import { checkOf, type Static, Type } from '../../controllers/typebox.ts';

const Identifiable = Type.Object({
  kind: Type.String(),
  metadata: Type.Object({ namespace: Type.Optional(Type.String()), name: Type.String() }),
});
const isIdentifiable = checkOf(Identifiable);

/** The identity of a parent. */
export interface ParentIdentity {
  readonly kind?: string;
  readonly namespace?: string | undefined;
  readonly name?: string;
}

/** Reads a parent's identity for the log line and the guard; empty if kind or name is missing. */
export function parentIdentity(parent: unknown): ParentIdentity {
  return isIdentifiable(parent) ? identity(parent) : {};
}

function identity({ kind, metadata }: Static<typeof Identifiable>): ParentIdentity {
  return { kind, namespace: metadata.namespace, name: metadata.name };
}
