import { Type } from '../../typebox.ts';

const TYPE =
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$';

/** metav1.Condition: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/condition-v1-meta/ */
export const Condition = Type.Object(
  {
    type: Type.String({
      maxLength: 316,
      pattern: TYPE,
      description: 'Type of the condition, such as Accepted. Each type occurs once.',
    }),
    status: Type.Union([Type.Literal('True'), Type.Literal('False'), Type.Literal('Unknown')], {
      description: 'Status of the condition: True, False or Unknown.',
    }),
    reason: Type.String({
      minLength: 1,
      maxLength: 1024,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
      description: 'Machine-readable reason for the status, in one word.',
    }),
    message: Type.String({ maxLength: 32768, description: 'Human-readable reason for the status. It may be empty.' }),
    lastTransitionTime: Type.String({ format: 'date-time', description: 'Time of the last change of the status.' }),
    observedGeneration: Type.Optional(
      Type.Integer({
        format: 'int64',
        minimum: 0,
        description:
          'The metadata.generation that the condition describes. If it is not the current one, the condition is out of date.',
      }),
    ),
  },
  { description: 'One aspect of the state of the resource.' },
);

/** The status fields of every kind. Each writer of conditions owns the types that it writes. */
export const commonStatus = {
  conditions: Type.Optional(
    Type.Array(Condition, {
      description: 'Conditions that controllers report, one of each type.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    }),
  ),
  observedGeneration: Type.Optional(
    Type.Integer({
      format: 'int64',
      minimum: 0,
      description: 'The metadata.generation that the whole status describes, if its controller sets it.',
    }),
  ),
};
