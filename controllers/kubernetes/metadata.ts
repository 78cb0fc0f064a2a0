import { Type } from '@sinclair/typebox';

/** What is read of every object's metadata. Fields that are not named here pass unseen. */
export const ObjectMetadata = Type.Object({
  name: Type.String({ minLength: 1 }),
  namespace: Type.String({ minLength: 1 }),
  deletionTimestamp: Type.Optional(Type.String()),
});
