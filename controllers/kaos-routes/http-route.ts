import { WRITTEN } from '../engine/own-annotations.ts';
import type { EnabledGatewayApi } from '../gateway-api/enabled.ts';
import { attachment, serviceBackend } from '../gateway-api/route-parts.ts';
import type { HttpRoute, HttpRouteFilter, HttpRouteRule, PathRewrite } from '../kubernetes/kinds/http-route.ts';
import type { Observed } from './observed.ts';
import type { Timeout } from './timeout.ts';

/** Holds the problem with a route's timeout, so that users see it with kubectl. */
const PROBLEM_ANNOTATION = WRITTEN.problem;

const TARGET_HEADER = 'x-kaos-target-resource';

/** Where clients of A2A look for the card of an agent: https://a2a-protocol.org/latest/specification/ */
const CARD_PATH = '/.well-known/agent-card.json';
/** Where agents of KAOS have it since 0.8, and nowhere else. KAOS's own callers look there. */
const KAOS_CARD_PATH = '/.well-known/agent.json';

/**
 * The route of one KAOS resource. It has every field that the API server would default, because Metacontroller's dynamic
 * apply takes a missing field for a difference at each sync.
 */
export function httpRoute(observed: Observed, gatewayApi: EnabledGatewayApi, timeout: Timeout): HttpRoute {
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
      ...attachment(gatewayApi, gatewayApi.hostnames),
      rules: rules(observed, timeout.request),
    },
  };
}

/** Removes the prefix from the path: the backend gets `/ns/agent/a/health` as `/health`. */
function rules(observed: Observed, request: string | undefined): HttpRoute['spec']['rules'] {
  const { namespace, name, naming } = observed;
  const prefix = `/${namespace}/${naming.pathType}/${name}`;
  const below = rule(observed, request, {
    match: { type: 'PathPrefix', value: prefix },
    rewrite: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' },
  });
  const card = rule(observed, request, {
    match: { type: 'Exact', value: `${prefix}${CARD_PATH}` },
    rewrite: { type: 'ReplaceFullPath', replaceFullPath: KAOS_CARD_PATH },
  });
  return naming.pathType === 'agent' ? [below, card] : [below];
}

interface Paths {
  readonly match: HttpRouteRule['matches'][0]['path'];
  readonly rewrite: PathRewrite;
}

function rule({ naming, target }: Observed, request: string | undefined, { match, rewrite }: Paths): HttpRouteRule {
  return {
    matches: [{ path: match }],
    filters: [targetHeader(target), { type: 'URLRewrite', urlRewrite: { path: rewrite } }],
    backendRefs: [serviceBackend({ name: naming.serviceName, port: naming.servicePort })],
    ...(request !== undefined && { timeouts: { request } }),
  };
}

/** Tells policies and the backend which resource is called, before the path is rewritten. As KAOS 0.8 does, it replaces a caller's value. */
function targetHeader(value: string): HttpRouteFilter {
  return { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: TARGET_HEADER, value }] } };
}
