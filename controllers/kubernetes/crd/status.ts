import { Type } from '@sinclair/typebox';

const TYPE =
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$';

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/condition-v1-meta/ */
export const Condition = Type.Object(
  {
    type: Type.String({
      maxLength: 316,
      pattern: TYPE,
      description: 'What the condition is about, such as Accepted; there is one of each type.',
    }),
    status: Type.Union([Type.Literal('True'), Type.Literal('False'), Type.Literal('Unknown')], {
      description: 'Whether it holds: True, False or Unknown.',
    }),
    reason: Type.String({
      minLength: 1,
      maxLength: 1024,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      description: 'Why, as one word for programs.',
    }),
    message: Type.String({ maxLength: 32768, description: 'Why, as a sentence for people; it may be empty.' }),
    lastTransitionTime: Type.String({ format: 'date-time', description: 'Since when the status is what it is.' }),
    observedGeneration: Type.Optional(
      Type.Integer({
        format: 'int64',
        minimum: 0,
        description: 'The metadata.generation that this is said of; where it is not the present one, this is old.',
      }),
    ),
  },
  { description: 'One thing that is said of the resource.' },
);

/** The fields that the status of every kind has. Each writer of conditions owns those of its types. */
export const commonStatus = {
  conditions: Type.Optional(
    Type.Array(Condition, {
      description: 'What its controllers say of the resource, one condition of each type.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    }),
  ),
  observedGeneration: Type.Optional(
    Type.Integer({
      format: 'int64',
      minimum: 0,
      description: 'The metadata.generation that the whole status is of, where its controller says so.',
    }),
  ),
};
