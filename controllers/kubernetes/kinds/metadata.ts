import { Type } from '../../typebox.ts';

/** The metadata fields that are read from every object. Other fields are ignored. */
export const ObjectMetadata = Type.Object({
  name: Type.String({ minLength: 1 }),
  namespace: Type.String({ minLength: 1 }),
  uid: Type.Optional(Type.String()),
  labels: Type.Optional(Type.Record(Type.String(), Type.String())),
  deletionTimestamp: Type.Optional(Type.String()),
});

/** The same with the fields that are read from children, such as their owners. */
export const OwnedMetadata = Type.Composite([
  ObjectMetadata,
  Type.Object({
    annotations: Type.Optional(Type.Record(Type.String(), Type.String())),
    generation: Type.Optional(Type.Integer()),
    creationTimestamp: Type.Optional(Type.String()),
    ownerReferences: Type.Optional(
      Type.Array(Type.Object({ uid: Type.String(), controller: Type.Optional(Type.Boolean()) })),
    ),
  }),
]);
