import { Type } from '@sinclair/typebox';

/** What is read of every object's metadata. Fields that are not named here pass unseen. */
export const ObjectMetadata = Type.Object({
  name: Type.String({ minLength: 1 }),
  namespace: Type.String({ minLength: 1 }),
  deletionTimestamp: Type.Optional(Type.String()),
});

/** The same with what tells whose an object is. */
export const OwnedMetadata = Type.Composite([
  ObjectMetadata,
  Type.Object({
    annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
    generation: Type.Optional(Type.Integer()),
    ownerReferences: Type.Optional(
      Type.Array(Type.Object({ uid: Type.String(), controller: Type.Optional(Type.Boolean()) })),
    ),
  }),
]);
