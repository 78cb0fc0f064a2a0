/** The room gateway-api/ has what the HTTPRoutes of all controllers share. */

import type { GatewayParentRef, HttpRoute, ServiceBackendRef } from '../kubernetes/kinds/http-route.ts';
import type { EnabledGatewayApi } from './enabled.ts';

/** Where a route attaches, and the host names at which it answers: those of the Gateway's listeners if there are none. */
export function attachment(
  { gateway }: EnabledGatewayApi,
  hostnames: readonly string[],
): Pick<HttpRoute['spec'], 'parentRefs' | 'hostnames'> {
  return { parentRefs: [parentRef(gateway)], ...(hostnames.length > 0 && { hostnames }) };
}

function parentRef(gateway: EnabledGatewayApi['gateway']): GatewayParentRef {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', ...gateway };
}

/** A Service in the route's own namespace, with every field that the API server would default. */
export function serviceBackend({ name, port }: Pick<ServiceBackendRef, 'name' | 'port'>): ServiceBackendRef {
  return { group: '', kind: 'Service', name, port, weight: 1 };
}
