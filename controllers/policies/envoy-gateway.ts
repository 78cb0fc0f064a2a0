import type { Demand, Jwt, Limit } from '../access/access-rules.ts';
import { headersOfClaims } from '../access/claims.ts';
import { type LimitKey, limitKey } from '../access/limit-key.ts';
import type { WholeCors } from '../access/whole-cors.ts';
import {
  type Dialect,
  type Policy,
  type PolicyInput,
  type PolicyTarget,
  policyMetadata,
  targetRefs,
} from './policy.ts';

const API_VERSION = 'gateway.envoyproxy.io/v1alpha1';
/**
 * One name for all providers. Envoy keeps equal providers once, so another route with the same demand does not change its listener,
 * whose change would wait for the keys.
 */
const PROVIDER = 'access-rules';
/** How long Envoy keeps keys, as Envoy Gateway's definition has it. */
const CACHE = '300s';

/** Policies of Envoy Gateway: https://gateway.envoyproxy.io/docs/api/extension_types/ */
export const envoyGateway: Dialect = {
  acceptedReason: 'Accepted',
  express: (input) => {
    const policies = [...securityPolicy(input), ...trafficPolicy(input)];
    const isForPagesAlone = (policy: Policy) => input.demand.jwt === undefined && policy.kind === 'SecurityPolicy';
    return {
      outcome: 'expressed',
      guards: policies.filter((policy) => !isForPagesAlone(policy)),
      others: policies.filter(isForPagesAlone),
    };
  },
};

/**
 * Tokens, and pages of other origins. A policy that only lets pages call has another name than one with tokens: the time since which
 * a policy is accepted then tells since when tokens are checked.
 */
function securityPolicy({ target, demand: { jwt }, cors }: PolicyInput): readonly Policy[] {
  const pages = cors && { cors: corsOf(cors) };
  if (jwt !== undefined) {
    return [policy('SecurityPolicy', policyMetadata(target, 'access'), { target, spec: { ...pages, ...tokens(jwt) } })];
  }
  const spec = { ...MERGED, ...pages };
  return pages === undefined ? [] : [policy('SecurityPolicy', policyMetadata(target, 'cors'), { target, spec })];
}

/**
 * Merged over a policy of the whole Gateway, which would otherwise not hold for the route any more. A policy with tokens must not be
 * merged: it would inherit that tokens are optional, for example.
 */
const MERGED = { mergeType: 'StrategicMerge' };

function policy(
  kind: 'SecurityPolicy' | 'BackendTrafficPolicy',
  metadata: Policy['metadata'],
  { target, spec }: { readonly target: PolicyTarget; readonly spec: object },
): Policy {
  return { apiVersion: API_VERSION, kind, metadata, spec: { targetRefs: targetRefs(target), ...spec } };
}

/** By default Envoy Gateway would take a token from the query too, and pass it on in the path. */
function tokens(jwt: Jwt): object {
  const { issuer, audiences, jwksUri } = jwt;
  const claimToHeaders = headersOfClaims(jwt).map(([claim, header]) => ({ claim, header }));
  const provider = {
    name: PROVIDER,
    issuer,
    audiences,
    remoteJWKS: { uri: jwksUri, cacheDuration: CACHE },
    extractFrom: { headers: [{ name: 'Authorization', valuePrefix: 'Bearer ' }] },
    ...(claimToHeaders.length > 0 && { claimToHeaders }),
  };
  return { jwt: { providers: [provider] }, authorization: authorization(jwt) };
}

/** Each rule needs all of its scopes, so any of several scopes are several rules. A rule without scopes needs a claim. */
function authorization({ issuer, scopes }: Jwt): object {
  const alternatives = scopes?.any?.map((scope) => [scope]) ?? [scopes?.all ?? []];
  const rules = alternatives.map((all, index) => ({
    name: `${PROVIDER}-${index}`,
    action: 'Allow',
    principal: {
      jwt: {
        provider: PROVIDER,
        claims: [{ name: 'iss', valueType: 'String', values: [issuer] }],
        ...(all.length > 0 && { scopes: all }),
      },
    },
  }));
  return { defaultAction: 'Deny', rules };
}

function corsOf({ origins, methods, headers, exposeHeaders, credentials, maxAge }: WholeCors): object {
  return {
    allowOrigins: origins,
    allowMethods: methods,
    ...(headers.length > 0 && { allowHeaders: headers }),
    ...(exposeHeaders.length > 0 && { exposeHeaders }),
    allowCredentials: credentials,
    maxAge,
  };
}

function trafficPolicy({ target, demand }: PolicyInput): readonly Policy[] {
  const { limit } = demand;
  if (limit === undefined) {
    return [];
  }
  const spec = { ...MERGED, rateLimit: { type: 'Local', local: { rules: limitRules(limit, demand) } } };
  return [policy('BackendTrafficPolicy', policyMetadata(target, 'limit'), { target, spec })];
}

const UNITS: Readonly<Record<Limit['per'], string>> = { second: 'Second', minute: 'Minute', hour: 'Hour', day: 'Day' };
const ALL_ADDRESSES = ['0.0.0.0/0', '::/0'];

/** The last rule is for calls that no other rule counts, such as those without the header. They are counted together. */
function limitRules(limits: Limit, demand: Demand): readonly object[] {
  const limit = { requests: limits.requests, unit: UNITS[limits.per] };
  return [
    ...selectors(limitKey(limits, demand)).map((selector) => ({ clientSelectors: [selector], limit })),
    { limit },
  ];
}

function selectors(key: LimitKey): readonly object[] {
  switch (key.by) {
    case 'address':
      return ALL_ADDRESSES.map((value) => ({ sourceCIDR: { invert: false, type: 'Distinct', value } }));
    case 'header':
      return [{ headers: [{ invert: false, name: key.name, type: 'Distinct' }] }];
    case 'all':
      return [];
  }
}
