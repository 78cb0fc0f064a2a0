import { Type } from '../../typebox.ts';

const requirement = Type.Object(
  {
    key: Type.String({ description: 'Key of the label.' }),
    operator: Type.String({ description: 'In, NotIn, Exists or DoesNotExist.' }),
    values: Type.Optional(
      Type.Array(Type.String({ description: 'A value.' }), {
        description: 'Values for In and NotIn. Empty for the other operators.',
        'x-kubernetes-list-type': 'atomic',
      }),
    ),
  },
  { description: 'A condition on one label.' },
);

/** metav1.LabelSelector: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/ */
export function labelSelector(description: string) {
  return Type.Object(
    {
      matchLabels: Type.Optional(
        Type.Record(Type.String(), Type.String({ description: 'Value of the label.' }), {
          description: 'Labels that an object must have.',
        }),
      ),
      matchExpressions: Type.Optional(
        Type.Array(requirement, {
          description: 'Conditions on labels, all of which an object must meet.',
          'x-kubernetes-list-type': 'atomic',
        }),
      ),
    },
    { description, 'x-kubernetes-map-type': 'atomic' },
  );
}
