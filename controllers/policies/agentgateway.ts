import type { Jwt, Limit } from '../access/access-rules.ts';
import { JWKS_URI } from '../access/access-rules.ts';
import { headersOfClaims } from '../access/claims.ts';
import { corsFields } from '../gateway-api/cors-filter.ts';
import {
  type Dialect,
  type Expression,
  type Policy,
  type PolicyInput,
  policyMetadata,
  policyName,
  targetRefs,
} from './policy.ts';

const API_VERSION = 'agentgateway.dev/v1alpha1';
/** How long agentgateway keeps keys: the least that its definition allows. */
const CACHE = '5m';

/** The policy of agentgateway, by its public definition: https://agentgateway.dev/docs/kubernetes/latest/reference/api/ */
export const agentgateway: Dialect = {
  /** It says `PartiallyValid` of a policy of which a part does not hold. */
  acceptedReason: 'Valid',
  express,
};

function express(input: PolicyInput): Expression {
  const { target, demand, cors } = input;
  const why = whyNot(input);
  if (why !== undefined) {
    return { outcome: 'withheld', why };
  }
  const { jwt, limit } = demand;
  const isGuard = jwt !== undefined || limit !== undefined;
  const keys = jwt === undefined ? [] : [keyServer(input, jwt)];
  const traffic = {
    ...(cors && { cors: corsFields(cors) }),
    ...(jwt && tokens(jwt, policyName(target, 'jwks'))),
    ...(limit && { rateLimit: { local: [{ requests: limit.requests, unit: UNITS[limit.per] }] } }),
  };
  const policy = {
    apiVersion: API_VERSION,
    kind: 'AgentgatewayPolicy',
    metadata: policyMetadata(target, isGuard ? 'access' : 'cors'),
    spec: { targetRefs: targetRefs(target), traffic },
  };
  const policies = Object.keys(traffic).length === 0 ? [] : [policy];
  return isGuard
    ? { outcome: 'expressed', guards: policies, others: keys }
    : { outcome: 'expressed', guards: [], others: policies };
}

const UNITS: Readonly<Partial<Record<Limit['per'], string>>> = { second: 'Seconds', minute: 'Minutes', hour: 'Hours' };

function whyNot({ demand: { jwt, limit } }: PolicyInput): string | undefined {
  if (limit !== undefined && limit.by !== 'all') {
    return `limit.by: agentgateway counts all calls together; expected all, not ${limit.by}`;
  }
  if (limit !== undefined && UNITS[limit.per] === undefined) {
    return `limit.per: agentgateway has no limit per ${limit.per}; expected second, minute or hour`;
  }
  return jwt !== undefined && addressOf(jwt).query !== ''
    ? 'jwt.jwksUri: agentgateway takes no query; expected an address without one'
    : undefined;
}

function addressOf({ jwksUri }: Jwt) {
  const [, scheme, host = '', port, path = '/', query = ''] = new RegExp(JWKS_URI).exec(jwksUri) ?? [];
  const isSecure = scheme === 'https';
  return { isSecure, host, port: Number(port ?? (isSecure ? 443 : 80)), path, query };
}

/** agentgateway reads keys from a backend. Settings of TLS make it use https, with the authorities of its image. */
function keyServer({ target }: PolicyInput, jwt: Jwt): Policy {
  const { isSecure, host, port } = addressOf(jwt);
  return {
    apiVersion: API_VERSION,
    kind: 'AgentgatewayBackend',
    metadata: policyMetadata(target, 'jwks'),
    spec: { static: { host, port }, ...(isSecure && { policies: { tls: {} } }) },
  };
}

/**
 * Tokens, their scopes, and the headers of their claims. Two rules of agentgateway's own are not enough: it takes tokens without an
 * issuer or an audience, and `Allow` means any of all policies. `Require` means that each line is true.
 */
function tokens(jwt: Jwt, backend: string): object {
  const { issuer, audiences } = jwt;
  const backendRef = {
    group: 'agentgateway.dev',
    kind: 'AgentgatewayBackend',
    name: backend,
    port: addressOf(jwt).port,
  };
  const remote = { backendRef, jwksPath: addressOf(jwt).path, cacheDuration: CACHE };
  const set = headersOfClaims(jwt).map(([claim, header]) => ({
    name: header,
    value: `string(jwt[${JSON.stringify(claim)}])`,
  }));
  return {
    jwtAuthentication: { mode: 'Strict', providers: [{ issuer, audiences, jwks: { remote } }] },
    authorization: { action: 'Require', policy: { matchExpressions: required(jwt) } },
    ...(set.length > 0 && { transformation: { request: { set } } }),
  };
}

/** Expressions of CEL. Texts in them are written as in JSON, which CEL reads in the same way. */
function required({ issuer, scopes }: Jwt): readonly string[] {
  const own = 'jwt.scope.split(" ")';
  return [
    `jwt.iss == ${JSON.stringify(issuer)}`,
    'has(jwt.aud)',
    ...(scopes?.all ?? []).map((scope) => `${JSON.stringify(scope)} in ${own}`),
    ...(scopes?.any === undefined ? [] : [`${JSON.stringify(scopes.any)}.exists(scope, scope in ${own})`]),
  ];
}
