import { WRITTEN } from '../engine/own-annotations.ts';
import type { GatewayParentRef, HttpRoute, HttpRouteRule } from '../kubernetes/kinds/http-route.ts';
import type { GatewayApiSettings } from '../settings.ts';
import type { Observed } from './observed.ts';
import type { Timeout } from './timeout.ts';

export type EnabledGatewayApi = Extract<GatewayApiSettings, { enabled: true }>;

/** Holds the problem with a route's timeout, so that users see it with kubectl. */
const PROBLEM_ANNOTATION = WRITTEN.problem;

/**
 * The route of one KAOS resource. It has every field that the API server would default, because Metacontroller's dynamic
 * apply takes a missing field for a difference at each sync.
 */
export function httpRoute(observed: Observed, gatewayApi: EnabledGatewayApi, timeout: Timeout): HttpRoute {
  const { gateway, hostnames } = gatewayApi;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {
      name: observed.naming.routeName,
      namespace: observed.namespace,
      labels: observed.naming.labels,
      ...(timeout.problem && { annotations: { [PROBLEM_ANNOTATION]: timeout.problem.message } }),
    },
    spec: {
      parentRefs: [parentRef(gateway)],
      ...(hostnames.length > 0 && { hostnames }),
      rules: [rule(observed, timeout.request)],
    },
  };
}

function parentRef(gateway: EnabledGatewayApi['gateway']): GatewayParentRef {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', ...gateway };
}

/** Removes the prefix from the path: the backend gets `/ns/agent/a/health` as `/health`. */
function rule({ namespace, name, naming }: Observed, request: string | undefined): HttpRouteRule {
  return {
    matches: [{ path: { type: 'PathPrefix', value: `/${namespace}/${naming.pathType}/${name}` } }],
    filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } }],
    backendRefs: [{ group: '', kind: 'Service', name: naming.serviceName, port: naming.servicePort, weight: 1 }],
    ...(request !== undefined && { timeouts: { request } }),
  };
}
