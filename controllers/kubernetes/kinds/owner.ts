import { checkOf, Type } from '../../typebox.ts';

const Owned = Type.Object({
  metadata: Type.Object({
    ownerReferences: Type.Array(Type.Object({ uid: Type.String(), controller: Type.Optional(Type.Boolean()) })),
  }),
});
const isOwned = checkOf(Owned);

/** The UID of the object's controller; undefined if it has no controller. */
export function controllerUid(value: unknown): string | undefined {
  return isOwned(value) ? value.metadata.ownerReferences.find(({ controller }) => controller === true)?.uid : undefined;
}
