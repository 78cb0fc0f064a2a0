import { describe, expect, it } from 'vitest';
import { demandText } from '../../../controllers/access/access-of.ts';
import { ACCESS_ALGORITHMS, type Limit } from '../../../controllers/access/access-rules.ts';
import { krakendDemand } from '../../../controllers/agent-gateway/krakend/access-blocks.ts';
import { demandIn } from '../../../controllers/agent-gateway/krakend/demand-in.ts';
import { guardOf } from '../../../controllers/agent-gateway/krakend/guard.ts';
import { JWT } from '../../support/access.ts';

const LIMIT = { requests: 60, per: 'minute', by: 'all' } as const;

function blocksOf(demand: Parameters<typeof krakendDemand>[0]) {
  const expressed = krakendDemand(demand);
  return expressed.outcome === 'expressed' ? expressed.extraConfig : expressed.why;
}
const validatorOf = (changes: object) => Object(blocksOf({ jwt: { ...JWT, ...changes } }))['auth/validator'];
const limitOf = (changes: Partial<Limit>) =>
  Object(blocksOf({ jwt: JWT, limit: { ...LIMIT, ...changes } }))['qos/ratelimit/router'];

describe('a demand in the words of KrakenD', () => {
  it('is nothing for nothing', () => {
    expect(blocksOf({})).toEqual({});
    expect(guardOf({})).toBeUndefined();
  });

  it('of a token names the algorithm, the issuer, the audience, the scopes with their claim, and the claims', () => {
    expect(blocksOf({ jwt: { ...JWT, claimHeaders: { tenant: 'X-Tenant', sub: 'X-User' } } })).toEqual({
      'auth/validator': {
        alg: 'RS256',
        jwk_url: JWT.jwksUri,
        cache: true,
        cache_duration: 300,
        failed_jwk_key_cooldown: '5s',
        cookie_key: 'agent-gateway-hooks-unused',
        issuer: JWT.issuer,
        audience: ['agents'],
        scopes_key: 'scope',
        scopes: ['agents:call'],
        scopes_matcher: 'all',
        propagate_claims: [
          ['sub', 'X-User'],
          ['tenant', 'X-Tenant'],
        ],
      },
    });
  });

  it.each(ACCESS_ALGORITHMS)('of a token has the algorithm %s, and no list of them', (algorithm) => {
    expect(validatorOf({ algorithm }).alg).toBe(algorithm);
  });

  it('of scopes asks for all or any of them, and without scopes has none of the three fields', () => {
    const fields = ({ scopes, scopes_key, scopes_matcher }: Record<string, unknown>) => [
      scopes,
      scopes_key,
      scopes_matcher,
    ];
    expect(fields(validatorOf({ scopes: { any: ['a', 'b'] } }))).toEqual([['a', 'b'], 'scope', 'any']);
    expect(fields(validatorOf({ scopes: { all: ['a', 'b'] } }))).toEqual([['a', 'b'], 'scope', 'all']);
    expect(fields(validatorOf({ scopes: undefined }))).toEqual([undefined, undefined, undefined]);
  });

  it('reads keys without TLS only from an address that has none', () => {
    expect(validatorOf({}).disable_jwk_security).toBeUndefined();
    expect(validatorOf({ jwksUri: 'http://login.example.com/jwks' }).disable_jwk_security).toBe(true);
    expect(validatorOf({ jwksUri: 'https://http.example.com/http://' }).disable_jwk_security).toBeUndefined();
  });

  it('is withheld for several audiences, of which KrakenD would demand each', () => {
    expect(blocksOf({ jwt: { ...JWT, audiences: ['agents', 'chats'] } })).toBe(
      'jwt.audiences: KrakenD would demand all 2 audiences of one token, not any of them; expected one audience',
    );
    expect(validatorOf({ audiences: ['agents', 'agents'] }).audience).toEqual(['agents']);
  });

  it.each([
    ['all', { max_rate: 60, capacity: 60, every: '1m' }],
    ['address', { client_max_rate: 60, client_capacity: 60, every: '1m', strategy: 'ip', num_shards: 16 }],
    [
      'header:X-Team',
      { client_max_rate: 60, client_capacity: 60, every: '1m', strategy: 'header', key: 'X-Team', num_shards: 16 },
    ],
    [
      'claim:sub',
      { client_max_rate: 60, client_capacity: 60, every: '1m', strategy: 'header', key: 'X-User', num_shards: 16 },
    ],
  ])('of a limit by %s has a capacity', (by, limit) => {
    expect(limitOf({ by })).toEqual(limit);
  });

  it.each([
    ['second', '1s', '7/s'],
    ['minute', '1m', '7/min'],
    ['hour', '1h', '7/h'],
    ['day', '24h', '7/d'],
  ] as const)('of a limit by the %s is every %s, and %s in tables', (per, every, text) => {
    expect(limitOf({ per }).every).toBe(every);
    const guard = guardOf(Object(blocksOf({ limit: { requests: 7, per, by: 'address' } })));
    expect(demandText(demandIn(guard?.blocks ?? {}))).toBe(text);
  });

  it('has one name for equal blocks, and another for others', () => {
    const nameOf = (requests: number) => guardOf(Object(blocksOf({ limit: { ...LIMIT, requests } })))?.name;
    expect(nameOf(1)).toBe(nameOf(1));
    expect(nameOf(2)).not.toBe(nameOf(1));
  });
});
