import type { EnabledGatewayApi } from '../../gateway-api/enabled.ts';
import { attachment, serviceBackend } from '../../gateway-api/route-parts.ts';
import type { HttpRoute } from '../../kubernetes/kinds/http-route.ts';
import { ANY_HOSTNAME } from '../../kubernetes/values/hostname.ts';
import { COMPONENT } from './child-metadata.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';
import { SERVICE_PORT } from './service.ts';

/** The host names of a gateway's route, and its timeout if it has one. */
interface RouteChoices {
  readonly hostnames: readonly string[];
  readonly request: string | undefined;
}

/** The HTTPRoute of a gateway: all paths of its host names lead to its Service. By its label, other gateways find it. */
export function httpRoute(
  { name, namespace, metadata }: GatewayChild,
  gatewayApi: EnabledGatewayApi,
  { hostnames, request }: RouteChoices,
): HttpRoute {
  const { labels, annotations } = metadata.common;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name,
      namespace,
      ...withoutEmptyAnnotations({ labels: { ...labels, ...COMPONENT }, annotations }),
    },
    spec: {
      ...attachment(gatewayApi, hostnames[0] === ANY_HOSTNAME ? [] : hostnames),
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [serviceBackend({ name, port: SERVICE_PORT })],
          ...(request !== undefined && { timeouts: { request } }),
        },
      ],
    },
  };
}
