import { LabelSelector } from '../../controllers/label-selector.ts';
import { type TSchema, Type } from '../../controllers/typebox.ts';

// These schemas describe answers for the OpenAPI document. The server does not use them to write an answer, so a field that is
// missing here is not lost.

const Texts = Type.Record(Type.String(), Type.String());

const Child = Type.Object(
  {
    apiVersion: Type.String(),
    kind: Type.String(),
    metadata: Type.Object({
      name: Type.String(),
      namespace: Type.String(),
      labels: Type.Optional(Texts),
      annotations: Type.Optional(Texts),
    }),
  },
  { description: 'A child with all fields that this service sets.' },
);

/** The body of a 200 of a sync hook. */
export function syncResponseSchema(childrenField: 'attachments' | 'children'): TSchema {
  return Type.Object(
    {
      [childrenField]: Type.Array(Child, {
        description:
          'All children that the parent should have. Metacontroller deletes an observed child that is not here.',
      }),
      status: Type.Union([Type.Object({}), Type.Null()], {
        description: 'The whole status of the parent. Null leaves the status of the parent of a decorator as it is.',
      }),
      resyncAfterSeconds: Type.Optional(
        Type.Number({ description: 'Metacontroller calls again after this time, even if nothing changes.' }),
      ),
    },
    { additionalProperties: false },
  );
}

/** The body of a 200 of a customize hook. */
export const CustomizeResponseSchema: TSchema = Type.Object(
  {
    relatedResources: Type.Array(
      Type.Object(
        {
          apiVersion: Type.String(),
          resource: Type.String({ description: 'Plural name of the kind, such as services.' }),
          namespace: Type.Optional(Type.String()),
          names: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
          labelSelector: Type.Optional(LabelSelector),
        },
        {
          additionalProperties: false,
          description: 'Selects objects of one kind. Without names, it selects all of them.',
        },
      ),
      { description: 'The related objects that the next sync should have.' },
    ),
  },
  { additionalProperties: false },
);
