import { child, gateway, type KubernetesObject, observed, sync } from './gateways.ts';

const HOSTNAMES = 'agent-gateway-hooks/hostnames';
/** The Gateway of the tests' settings. */
const GATEWAY = { name: 'kaos-gateway', namespace: 'kaos-system' };

/** A gateway that asks for a route with these host names. */
export function asking(hostnames: string, spec: object = {}, metadata: object = {}): KubernetesObject {
  return gateway(spec, { annotations: { [HOSTNAMES]: hostnames }, ...metadata });
}

/** The HTTPRoute among some children. */
export const routeOf = (attachments: readonly KubernetesObject[]) => child(attachments, 'HTTPRoute');

/** The HTTPRoute of another gateway, as the API server stores it. */
export function storedRoute(
  id: string,
  { hostnames = ['a.example.com'], ...metadata }: Record<string, unknown> = {},
): KubernetesObject {
  const [namespace = '', name = ''] = id.split('/');
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace, ownerReferences: [{ uid: `uid-of-${id}`, controller: true }], ...metadata },
    spec: { hostnames },
  };
}

/** The gateway's own route of May 2026 in the cluster, with what its Gateway reports, if it does. */
export function ownRoute(parent: KubernetesObject, accepted?: object): KubernetesObject {
  const condition = {
    type: 'Accepted',
    status: 'True',
    reason: 'Accepted',
    message: 'Route is accepted',
    observedGeneration: 1,
    ...accepted,
  };
  const { metadata, ...route } = routeOf(observed([routeOf(sync({ parent }).attachments)]));
  return {
    ...route,
    metadata: { ...metadata, creationTimestamp: '2026-05-01T00:00:00Z' },
    ...(accepted && { status: { parents: [{ parentRef: GATEWAY, conditions: [condition] }] } }),
  };
}
