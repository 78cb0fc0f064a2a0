import { afterAll, beforeAll, expect, it } from 'vitest';
import { ACCESS_ALGORITHMS, type AccessRules } from '../../controllers/access/access-rules.ts';
import type { AccessDialect } from '../../controllers/settings.ts';
import { JWT } from '../support/access.ts';
import type { KubernetesObject } from '../support/gateways.ts';
import { AGENT, accessSettings, newCluster, synced } from '../support/route-cluster.ts';
import { mustApply, removeAtOnce } from './support/api.ts';
import { complaintsAbout } from './support/complaints.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { agentgateway, envoyGateway, gatewayApiStandard, install } from './support/crds.ts';

/** The longest and the oddest values of rules. The API server refuses an object as a whole. */
const LONG = 'a'.repeat(253);
const HEADER = `X-${'a'.repeat(60)}`;
const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index));
const longest = {
  ...JWT,
  algorithm: ACCESS_ALGORITHMS[0],
  issuer: LONG,
  jwksUri: `https://login.example.com/${'a'.repeat(220)}`,
  audiences: many(8, (index) => `${index}${'a'.repeat(252)}`),
  claimHeaders: Object.fromEntries(
    many(16, (index) => `${index}`.padEnd(64, 'a')).map((claim, i) => [claim, `X-${i}-${'a'.repeat(56)}`]),
  ),
};
const scopes = many(16, (index) => `${index}`.padEnd(128, '!'));
const odd = (issuer: string): AccessRules => ({ rules: [{ jwt: { ...JWT, issuer, audiences: [issuer] } }] });
const origins = many(64, (index) => `https://${'a'.repeat(60)}.${index}.example.com`);
const headers = many(64, (index) => `${index}`.padEnd(64, 'a'));
const jwks = (jwksUri: string): AccessRules => ({ rules: [{ jwt: { ...JWT, jwksUri } }] });

const CASES: readonly (readonly [string, AccessRules])[] = [
  ['the longest token', { rules: [{ jwt: { ...longest, scopes: { all: scopes } } }] }],
  ['the longest token of any scope', { rules: [{ jwt: { ...longest, scopes: { any: scopes } } }] }],
  ['equal items', { rules: [{ jwt: { ...JWT, audiences: ['a', 'a'], scopes: { all: ['a', 'a'] } } }] }],
  ['equal items of any', { rules: [{ jwt: { ...JWT, audiences: ['a', 'a'], scopes: { any: ['a', 'a'] } } }] }],
  ['quotes', odd('"\'\\`$ {{{ .x }}}$(a) #: ')],
  ['line separators', odd('a\u2028\u2029\ufeffß😀')],
  ['a limit by a header', { rules: [{ limit: { requests: 1_000_000, per: 'day', by: `header:${HEADER}` } }] }],
  ['the largest limit', { rules: [{ limit: { requests: 1_000_000, per: 'hour', by: 'all' } }] }],
  ['many pages', { cors: { origins, headers, exposeHeaders: headers, maxAge: '9999h' } }],
  ['all methods', { cors: { origins: ['https://a.example.com'], methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] } }],
  ['a port of an origin that is none', { cors: { origins: ['https://a.example.com:99999'] } }],
  [
    'pages of an address',
    { cors: { origins: ['https://*.example.com:8443', 'http://localhost:3000', 'http://127.0.0.1'] } },
  ],
  ['no headers', { cors: { origins: ['*'], headers: [], exposeHeaders: [] } }],
  ['odd headers', { cors: { origins: ['*'], headers: ["!#$%&'*+.^_`|~-"], exposeHeaders: ["!#$%&'*+.^_`|~-"] } }],
  ['a host of keys in upper case', jwks('https://LOGIN.example.com/keys')],
  ['a host of keys with two dots', jwks('https://login..example-.com/keys')],
  ['an address without a path', jwks('https://login.example.com')],
  ['a path with odd characters', jwks('https://login.example.com/a!$&()*+,;=:@%zz//../~')],
  ['a long host', jwks(`https://${'a'.repeat(240)}/k`)],
];
const DIALECTS: readonly AccessDialect[] = ['envoy-gateway', 'agentgateway'];
const ALL = CASES.flatMap(([name, rules]) =>
  DIALECTS.flatMap((dialect) => ['policy', 'filter'].map((by) => ({ name, rules, dialect, by }))),
).filter(({ by, rules }) => by === 'policy' || rules.cors !== undefined);

let cluster: ControlPlane;
beforeAll(async () => {
  cluster = await startControlPlane();
  await install(cluster.api, [...gatewayApiStandard(), ...envoyGateway(), ...agentgateway()]);
  await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }]);
}, 180_000);
afterAll(() => cluster?.stop());

it.each(ALL)('the API server takes the answer for $name, for $dialect, by a $by', async ({ rules, dialect, by }) => {
  const settings = accessSettings(rules, dialect);
  const gatewayApi = {
    ...settings.gatewayApi,
    cors: by === 'filter' ? 'always' : 'supported',
  } as typeof settings.gatewayApi;
  const { reply } = synced(newCluster(AGENT), { ...settings, gatewayApi });
  const children = reply.outcome === 'apply' ? reply.children : [];
  const complaints: string[] = [];
  for (const child of children as readonly object[] as readonly KubernetesObject[]) {
    complaints.push(...(await complaintsAbout(cluster.api, child)));
    await removeAtOnce(cluster.api, child);
  }
  expect(complaints).toEqual([]);
});
