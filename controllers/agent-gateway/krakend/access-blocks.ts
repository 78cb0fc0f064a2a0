import type { Demand, Jwt, Limit } from '../../access/access-rules.ts';
import { headersOfClaims } from '../../access/claims.ts';
import { type LimitKey, limitKey } from '../../access/limit-key.ts';

/** The members of an endpoint's `extra_config` that meet a demand. */
export interface AccessBlocks {
  readonly 'auth/validator'?: object;
  readonly 'qos/ratelimit/router'?: object;
}

/** A demand in KrakenD's words, or why KrakenD has none for it: the field, and what is expected. */
export type KrakendDemand =
  | { readonly outcome: 'expressed'; readonly extraConfig: AccessBlocks }
  | { readonly outcome: 'withheld'; readonly why: string };

/** Expresses a demand on every caller of an endpoint. Who may connect is not known to KrakenD, so `from` is not read. */
export function krakendDemand(demand: Omit<Demand, 'from'>): KrakendDemand {
  const { jwt, limit } = demand;
  const why = jwt && whyNoValidator(jwt);
  return why === undefined
    ? {
        outcome: 'expressed',
        extraConfig: {
          ...(jwt && { 'auth/validator': validator(jwt) }),
          ...(limit && { 'qos/ratelimit/router': rateLimit(limit, limitKey(limit, demand)) }),
        },
      }
    : { outcome: 'withheld', why };
}

/** KrakenD demands every audience of its list, and a rule means any of them. */
function whyNoValidator({ audiences }: Jwt): string | undefined {
  const { size } = new Set(audiences);
  return size > 1
    ? `jwt.audiences: KrakenD would demand all ${size} audiences of one token, not any of them; expected one audience`
    : undefined;
}

/** How long KrakenD keeps keys. A key that its issuer takes back is good for so long. */
const KEYS_SECONDS = 300;
/** Tokens with unknown keys make KrakenD ask for keys only so often, whoever sends them. */
const ASK_AGAIN = '5s';
/**
 * KrakenD also takes a token from a cookie, by default one that many sites set. Browsers send cookies with the calls of any page, so the
 * cookie gets a name that nobody sets. This cannot be turned off.
 */
const UNUSED_COOKIE = 'agent-gateway-hooks-unused';

/**
 * https://www.krakend.io/docs/authorization/jwt-validation/
 * Scopes are checked only if all three of their fields are there. `disable_jwk_security` also turns off the check of certificates, so
 * https:// must never have it.
 */
function validator(jwt: Jwt): object {
  const { issuer, jwksUri, audiences, algorithm = 'RS256', scopes } = jwt;
  const asked = scopes?.all ?? scopes?.any;
  const claims = headersOfClaims(jwt);
  return {
    alg: algorithm,
    jwk_url: jwksUri,
    ...(jwksUri.startsWith('http://') && { disable_jwk_security: true }),
    cache: true,
    cache_duration: KEYS_SECONDS,
    failed_jwk_key_cooldown: ASK_AGAIN,
    cookie_key: UNUSED_COOKIE,
    issuer,
    audience: audiences.slice(0, 1),
    ...(asked && { scopes_key: 'scope', scopes: asked, scopes_matcher: scopes?.all ? 'all' : 'any' }),
    ...(claims.length > 0 && { propagate_claims: claims }),
  };
}

/** KrakenD takes a day for a second, silently. */
export const EVERY = { second: '1s', minute: '1m', hour: '1h', day: '24h' } as const satisfies Record<
  Limit['per'],
  string
>;
/** By default each endpoint has 2048 parts for its counts, which take 300 KB even if they are empty. */
const COUNT_PARTS = 16;

/** https://www.krakend.io/docs/endpoints/rate-limit/ Without its capacity, fewer calls pass than the limit says. */
function rateLimit({ requests, per }: Limit, key: LimitKey): object {
  const every = EVERY[per];
  if (key.by === 'all') {
    return { max_rate: requests, capacity: requests, every };
  }
  const whose = key.by === 'address' ? { strategy: 'ip' } : { strategy: 'header', key: key.name };
  return { client_max_rate: requests, client_capacity: requests, every, ...whose, num_shards: COUNT_PARTS };
}
