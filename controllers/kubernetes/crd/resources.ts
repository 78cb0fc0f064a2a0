import { Type } from '../../typebox.ts';
import { quantity } from './quantity.ts';

const Claim = Type.Object(
  {
    name: Type.String({ description: 'Name of a resource claim of the pod.' }),
    request: Type.Optional(
      Type.String({ description: 'Name of a request in that claim. Defaults to the whole claim.' }),
    ),
  },
  { description: 'A resource claim that the container uses.' },
);

/** core/v1 ResourceRequirements: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export function resourcesOf(container: string) {
  const amount = quantity('An amount, such as 500m or 64Mi.');
  return Type.Object(
    {
      requests: Type.Optional(
        Type.Record(Type.String(), amount, { description: `Resource requests of ${container}.` }),
      ),
      limits: Type.Optional(Type.Record(Type.String(), amount, { description: `Resource limits of ${container}.` })),
      claims: Type.Optional(
        Type.Array(Claim, {
          description: `Resource claims that ${container} uses, on clusters with dynamic resource allocation.`,
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['name'],
        }),
      ),
    },
    { description: `CPU, memory and other compute resources of ${container}.` },
  );
}
