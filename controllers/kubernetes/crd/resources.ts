import { Type } from '@sinclair/typebox';
import { quantity } from './quantity.ts';

const Claim = Type.Object(
  {
    name: Type.String({ description: 'Name of one of the resource claims of the pod.' }),
    request: Type.Optional(
      Type.String({ description: 'Name of a request in that claim; where it is not set, all of the claim is used.' }),
    ),
  },
  { description: 'A resource claim that the container uses.' },
);

/** core/v1 ResourceRequirements: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export function resourcesOf(container: string) {
  const amount = quantity('An amount, such as 500m or 64Mi.');
  return Type.Object(
    {
      requests: Type.Optional(Type.Record(Type.String(), amount, { description: `What ${container} asks for.` })),
      limits: Type.Optional(Type.Record(Type.String(), amount, { description: `What ${container} may use at most.` })),
      claims: Type.Optional(
        Type.Array(Claim, {
          description: `Resource claims that ${container} uses, on clusters with dynamic allocation.`,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
        }),
      ),
    },
    { description: `Processor time, memory and other resources of ${container}.` },
  );
}
