import { Type } from '../../typebox.ts';

const NUMBER = '(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))';

/** A Kubernetes quantity: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function quantity(description: string) {
  return Type.Union([Type.Integer(), Type.String()], {
    description,
    pattern: `^(\\+|-)?${NUMBER}(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?${NUMBER}))?$`,
    example: '500m',
    'x-kubernetes-int-or-string': true,
  });
}
