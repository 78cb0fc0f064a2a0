import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Demand, Jwt, Limit } from '../../../controllers/access/access-rules.ts';
import { demandChanges, demandParts, openingBy } from '../../../controllers/access/demand-change.ts';
import { assertReaching } from '../../support/reaching.ts';

const JWT: Jwt = {
  issuer: 'https://login.example.com/',
  jwksUri: 'https://login.example.com/jwks.json',
  audiences: ['agents'],
};
const jwt = (more: Partial<Jwt> = {}): Demand => ({ jwt: { ...JWT, ...more } });
const limit = (requests: number, per: 'second' | 'minute' | 'hour', by = 'all'): Demand => ({
  limit: { requests, per, by },
});
const from = (...namespaces: string[]): Demand => ({ from: { namespaces } });

describe('a change of a demand', () => {
  it.each<[string, Demand, Demand, string | undefined]>([
    ['nothing', jwt(), jwt(), undefined],
    ['the default algorithm, written out', jwt(), jwt({ algorithm: 'RS256' }), undefined],
    ['no token any more', jwt(), {}, 'token opened'],
    ['a token', {}, jwt(), 'token closed'],
    ['another issuer', jwt(), jwt({ issuer: 'https://other.example.com/' }), 'token others'],
    ['other keys', jwt(), jwt({ jwksUri: 'https://other.example.com/jwks.json' }), 'token others'],
    ['another algorithm', jwt(), jwt({ algorithm: 'ES256' }), 'token others'],
    ['one more audience', jwt(), jwt({ audiences: ['agents', 'all'] }), 'audiences opened'],
    ['one audience less', jwt({ audiences: ['agents', 'all'] }), jwt(), 'audiences closed'],
    ['another audience', jwt(), jwt({ audiences: ['all'] }), 'audiences others'],
    ['no scopes', jwt({ scopes: { all: ['a'] } }), jwt(), 'scopes opened'],
    ['scopes', jwt(), jwt({ scopes: { any: ['a'] } }), 'scopes closed'],
    ['one scope of all less', jwt({ scopes: { all: ['a', 'b'] } }), jwt({ scopes: { all: ['a'] } }), 'scopes opened'],
    ['one scope of any more', jwt({ scopes: { any: ['a'] } }), jwt({ scopes: { any: ['a', 'b'] } }), 'scopes opened'],
    ['any instead of all', jwt({ scopes: { all: ['a', 'b'] } }), jwt({ scopes: { any: ['b', 'c'] } }), 'scopes opened'],
    ['any of one scope', jwt({ scopes: { all: ['a'] } }), jwt({ scopes: { any: ['a'] } }), undefined],
    ['another scope', jwt({ scopes: { all: ['a'] } }), jwt({ scopes: { all: ['b'] } }), 'scopes others'],
    ['a header that callers choose', jwt({ claimHeaders: { sub: 'X-User' } }), jwt(), 'headers opened'],
    [
      'another claim',
      jwt({ claimHeaders: { sub: 'X-User' } }),
      jwt({ claimHeaders: { name: 'X-User' } }),
      'headers others',
    ],
    ['no limit', limit(60, 'minute'), {}, 'limit opened'],
    ['a larger limit', limit(60, 'minute'), limit(61, 'minute'), 'limit opened'],
    ['a smaller limit', limit(60, 'minute'), limit(59, 'minute'), 'limit closed'],
    ['the same rate with fewer at once', limit(60, 'minute'), limit(1, 'second'), 'limit closed'],
    ['more a minute, and fewer at once', limit(60, 'minute'), limit(2, 'second'), 'limit others'],
    ['a limit for each address', limit(60, 'minute'), limit(60, 'minute', 'address'), 'limit opened'],
    ['another key', limit(60, 'minute', 'header:X-Team'), limit(60, 'minute', 'address'), 'limit others'],
    ['one more namespace', from('a'), from('a', 'b'), 'namespaces opened'],
    ['every namespace', from('a'), {}, 'namespaces opened'],
    ['the same namespaces in another order', from('a', 'b'), from('b', 'a'), undefined],
    ['no token and a limit', jwt(), limit(1, 'hour'), 'token opened, limit closed'],
    [
      'another issuer with more audiences',
      jwt(),
      jwt({ issuer: 'https://other.example.com/', audiences: ['agents', 'all'] }),
      'token others, audiences others',
    ],
  ])('to %s', (_what, before, after, expected) => {
    const changes = demandChanges(before, after);
    expect(changes.map(({ part, opening }) => `${part} ${opening}`).join(', ') || undefined).toBe(expected);
  });

  it('is what its part that opens most is', () => {
    expect(openingBy(demandChanges(jwt(), limit(1, 'hour')))).toBe('opened');
    expect(openingBy(demandChanges(jwt(), { ...jwt({ algorithm: 'ES256' }), ...limit(1, 'hour') }))).toBe('others');
    expect(openingBy([])).toBeUndefined();
  });

  it('has words for each part', () => {
    const whole = {
      ...jwt({ scopes: { all: ['a', 'b'], any: ['c'] }, claimHeaders: { sub: 'X-User' } }),
      ...limit(60, 'minute', 'claim:sub'),
      ...from('a', 'b'),
    };
    expect(demandParts(whole)).toEqual([
      ['token', 'https://login.example.com/, keys https://login.example.com/jwks.json, RS256'],
      ['audiences', 'agents'],
      ['scopes', 'all of a, b and one of c'],
      ['headers', 'X-User from sub'],
      ['limit', '60/min by claim:sub'],
      ['namespaces', 'a, b'],
    ]);
    expect(demandParts({})).toEqual([]);
  });
});

/** Few values, so that two demands often have the same. */
const some = (...items: string[]) => fc.subarray(items, { minLength: 1 });
const anyScopes = fc.oneof(
  fc.record({ all: some('a', 'b', 'c') }),
  fc.record({ any: some('a', 'b', 'c') }),
  fc.record({ all: some('a', 'b'), any: some('b', 'c') }),
);
const anyJwt = fc.record(
  {
    issuer: fc.constantFrom('one', 'two'),
    jwksUri: fc.constantFrom('https://one', 'https://two'),
    audiences: some('x', 'y', 'z'),
    algorithm: fc.constantFrom('RS256' as const, 'ES256' as const),
    scopes: anyScopes,
    claimHeaders: fc.constantFrom<Record<string, string>>({ sub: 'X-A' }, { sub: 'X-A', name: 'X-B' }, { name: 'X-A' }),
  },
  { requiredKeys: ['issuer', 'jwksUri', 'audiences'] },
);
const anyLimit = fc.record({
  requests: fc.constantFrom(1, 2, 59, 60, 120),
  per: fc.constantFrom('second' as const, 'minute' as const),
  by: fc.constantFrom('all', 'address', 'header:X-Team'),
});
const anyDemand: fc.Arbitrary<Demand> = fc.record(
  { jwt: anyJwt, limit: anyLimit, from: fc.record({ namespaces: some('p', 'q', 'r') }) },
  { requiredKeys: [] },
);

/** Two demands that mostly differ in a part of one of their parts, because calls tell only such demands apart for sure. */
const anyChange = fc
  .tuple(anyDemand, anyDemand, fc.subarray([...['jwt', 'limit', 'from'], ...['audiences', 'scopes', 'requests', 'by']]))
  .map(([before, other, parts]): readonly [Demand, Demand] => {
    const has = (part: string) => parts.includes(part);
    const whole = { ...before, ...Object.fromEntries(Object.entries(other).filter(([name]) => has(name))) };
    const { jwt: token, limit: most } = whole;
    const after = {
      ...whole,
      ...(token && other.jwt && { jwt: { ...token, ...picked(other.jwt, has) } }),
      ...(most && other.limit && { limit: { ...most, ...picked(other.limit, has) } }),
    };
    return [before, after];
  });

function picked<Whole extends object>(whole: Whole, has: (part: string) => boolean): Partial<Whole> {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => has(name))) as Partial<Whole>;
}

/** Calls, as a gateway sees them. */
const anyCalls = fc.record({
  token: fc.option(
    fc.record({
      issuer: fc.constantFrom('one', 'two'),
      key: fc.constantFrom('https://one', 'https://two'),
      algorithm: fc.constantFrom('RS256', 'ES256'),
      audience: fc.constantFrom('x', 'y', 'z'),
      scopes: fc.subarray(['a', 'b', 'c']),
    }),
    { freq: 8 },
  ),
  /** Headers that the caller sends, in place of that of a claim. */
  forged: fc.subarray(['sub X-A', 'name X-A', 'name X-B'], { maxLength: 1 }),
  atOnce: fc.constantFrom(1, 2, 60, 100),
  aMinute: fc.constantFrom(1, 60, 100, 7000),
  /** By what all of the calls are the same. */
  same: fc.subarray(['address', 'header:X-Team']),
  namespace: fc.constantFrom('p', 'q', 'r'),
});
type Calls = typeof anyCalls extends fc.Arbitrary<infer One> ? One : never;

/** Whether a demand lets all of the calls pass: the rules of docs/access.md, written a second time. */
function passes(calls: Calls, { jwt: wanted, limit: most, from: callers }: Demand): boolean {
  return (
    (wanted === undefined || hasToken(calls, wanted)) &&
    (most === undefined || areFew(calls, most)) &&
    (callers === undefined || callers.namespaces.includes(calls.namespace))
  );
}

function hasToken({ token, forged }: Calls, { issuer, jwksUri, algorithm, audiences, scopes, claimHeaders }: Jwt) {
  return (
    token?.issuer === issuer &&
    token.key === jwksUri &&
    token.algorithm === (algorithm ?? 'RS256') &&
    audiences.includes(token.audience) &&
    (scopes?.all ?? []).every((scope) => token.scopes.includes(scope)) &&
    (scopes?.any?.some((scope) => token.scopes.includes(scope)) ?? true) &&
    !Object.entries(claimHeaders ?? {}).some((pair) => forged.includes(pair.join(' ')))
  );
}

function areFew({ same, atOnce, aMinute }: Calls, { requests, per, by }: Limit): boolean {
  const areCountedTogether = by === 'all' || same.includes(by);
  return !areCountedTogether || (atOnce <= requests && aMinute <= (per === 'second' ? requests * 60 : requests));
}

describe('whatever the demands are', () => {
  it('calls that pass only after the change are told, and none if it closes', () => {
    assertReaching({ numRuns: 20_000, floor: 150 }, (tell) =>
      fc.property(anyChange, anyCalls, ([before, after], calls) => {
        const isNew = !passes(calls, before) && passes(calls, after);
        tell(isNew);
        const opening = openingBy(demandChanges(before, after));
        return !isNew || opening === 'opened' || opening === 'others';
      }),
    );
  });

  it('calls that pass no more are told, and none if only parts open', () => {
    assertReaching({ numRuns: 20_000, floor: 500 }, (tell) =>
      fc.property(anyChange, anyCalls, ([before, after], calls) => {
        const isLost = passes(calls, before) && !passes(calls, after);
        tell(isLost);
        return !isLost || demandChanges(before, after).some(({ opening }) => opening !== 'opened');
      }),
    );
  });

  it('a demand without one of its parts never closes', () => {
    assertReaching({ numRuns: 2000, floor: 800 }, (tell) =>
      fc.property(anyDemand, some('jwt', 'limit', 'from', 'scopes', 'claimHeaders'), (before, removed) => {
        const kept = <Whole extends object>(whole: Whole) =>
          Object.fromEntries(Object.entries(whole).filter(([part]) => !removed.includes(part))) as Whole;
        const after = kept({ ...before, ...(before.jwt && { jwt: kept(before.jwt) }) });
        const isLess = JSON.stringify(after) !== JSON.stringify(before);
        tell(isLess);
        expect(openingBy(demandChanges(before, after))).toBe(isLess ? 'opened' : undefined);
      }),
    );
  });

  it('the way back closes what opened, and opens what closed', () => {
    const back = { opened: 'closed', closed: 'opened', others: 'others' } as const;
    assertReaching({ numRuns: 2000, floor: 1000 }, (tell) =>
      fc.property(anyDemand, anyDemand, (before, after) => {
        const changes = demandChanges(before, after);
        tell(changes.length > 0);
        expect(demandChanges(after, before).map(({ opening }) => back[opening])).toEqual(
          changes.map(({ opening }) => opening),
        );
      }),
    );
  });
});
