import fc from 'fast-check';
import type { AccessTarget } from '../../controllers/access/access-of.ts';
import type { AccessRule, AccessRules, Jwt } from '../../controllers/access/access-rules.ts';

/** A demand for a token that every gateway can express. */
export const JWT: Jwt = {
  issuer: 'https://login.example.com/',
  jwksUri: 'https://login.example.com/jwks.json',
  audiences: ['agents'],
  scopes: { all: ['agents:call'] },
  claimHeaders: { sub: 'X-User' },
};

const VERDICTS: readonly AccessRule[] = [
  { allow: true },
  { deny: true },
  { jwt: JWT },
  { limit: { requests: 60, per: 'minute', by: 'all' } },
  { jwt: JWT, limit: { requests: 60, per: 'minute', by: 'claim:sub' }, from: { namespaces: ['frontend'] } },
];

const somePart = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const matches = fc
  .record({
    kinds: somePart(fc.constantFrom(['Agent' as const], ['ModelAPI' as const, 'Agent.kaos.tools' as const])),
    namespaces: somePart(fc.constantFrom(['a'], ['team-*'], ['*'])),
    names: somePart(fc.constantFrom(['one'], ['t*'])),
    labels: somePart(fc.constantFrom({ tier: 'internal' }, { tier: 'public' })),
  })
  .map((match) => Object.fromEntries(Object.entries(match).filter(([, part]) => part !== undefined)));

/** Lists of up to four rules. */
export const accessRules: fc.Arbitrary<AccessRules> = fc.record({
  rules: fc.array(
    fc
      .record({ match: matches, verdict: fc.constantFrom(...VERDICTS) })
      .map(({ match, verdict }) => ({ match, ...verdict })),
    { minLength: 1, maxLength: 4 },
  ),
  default: fc.constantFrom('allow' as const, 'deny' as const),
});

/** Resources that such rules may select. */
export const accessTargets: fc.Arbitrary<AccessTarget> = fc.record({
  apiVersion: fc.constantFrom('kaos.tools/v1alpha1', 'runtime.agentic-layer.ai/v1alpha1'),
  kind: fc.constantFrom('Agent', 'ModelAPI'),
  metadata: fc.record({
    name: fc.constantFrom('one', 'two', 'three'),
    namespace: fc.constantFrom('a', 'team-a', 'team-b'),
    labels: fc.constantFrom(undefined, {}, { tier: 'internal' }, { tier: 'public' }),
  }),
});
