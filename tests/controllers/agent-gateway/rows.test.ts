import { expect, it } from 'vitest';
import { asking } from '../../support/gateway-routes.ts';
import { agent, gateway, NOW, observed, PROGRESSING, rowsOf, sync } from '../../support/gateways.ts';

const one = sync({ related: [agent('a/one')] });
const agentsOf = (rows: readonly (readonly string[])[]) => [...new Set(rows.map(([, , , id]) => id))];

it('the table of a gateway lists each endpoint with its agent, and then the agents that are left out', () => {
  const related = [agent('a/one'), agent('b/one'), agent('b/two'), agent('b/bad', { url: 'ftp://x' })];
  expect(rowsOf({ related }).map((row) => row.slice(1, 4).join(' '))).toEqual([
    '/a/one/.well-known/agent-card.json GET a/one',
    '/a/one POST a/one',
    '/b/one/.well-known/agent-card.json GET b/one',
    '/b/one POST b/one',
    '/b/two/.well-known/agent-card.json GET b/two',
    '/b/two POST b/two',
    '/two/.well-known/agent-card.json GET b/two',
    '/two POST b/two',
    '/models GET all',
    '/chat/completions POST by model',
    'none  b/bad',
  ]);
});

it('the table of a gateway lists what the answer has during a rollout, not what waits for the next one', () => {
  const children = observed(one.attachments, { conditions: PROGRESSING });
  const rows = rowsOf({ related: [agent('a/one'), agent('a/two')], children });
  expect(agentsOf(rows)).toEqual(['a/one', 'all', 'by model']);
});

it('the table of a gateway lists the endpoints that are kept if its class no longer exists', () => {
  const parent = gateway({ agentGatewayClassName: 'gone' });
  const rows = rowsOf({ parent, related: [agent('a/two')], children: observed(one.attachments) });
  expect(agentsOf(rows)).toEqual(['a/one', 'all', 'by model']);
});

it('the table of a gateway lists its addresses at the Gateway, before the agents that are left out', () => {
  const parent = asking('a.example.com,*.example.org');
  const rows = rowsOf({ parent, related: [agent('a/one'), agent('b/bad', { url: 'ftp://x' })] });
  expect(rows.slice(-4)).toEqual([
    ['team/gw', '/chat/completions', 'POST', 'by model', 'by model', 'plugin openai-a2a'],
    ['team/gw', 'a.example.com/', 'any', 'all', 'by agent', 'gw:80'],
    ['team/gw', '*.example.org/', 'any', 'all', 'by agent', 'gw:80'],
    ['team/gw', 'none', '', 'b/bad', '', expect.any(String)],
  ]);
  expect(rowsOf({ parent: asking('*') }).at(-1)).toEqual(['team/gw', '*/', 'any', 'all', 'by agent', 'gw:80']);
});

it('the table of a gateway says why it has no endpoints', () => {
  const parent = gateway({}, { creationTimestamp: NOW });
  expect(rowsOf({ parent, related: [agent('a/one')] })[0]?.slice(0, 2)).toEqual(['team/gw', 'none (Collecting)']);
  expect(rowsOf({ parent: gateway({ agentGatewayClassName: 'gone' }) })).toEqual([
    ['team/gw', 'none (ClassNotFound)', '', '', '', ''],
  ]);
  const serviceAlone = observed(one.attachments).filter(({ kind }) => kind === 'Service');
  const classless = gateway({ agentGatewayClassName: 'gone' });
  expect(rowsOf({ parent: classless, children: serviceAlone })).toEqual([
    ['team/gw', 'none (ClassNotFound)', '', '', '', ''],
  ]);
});

it('the table of a gateway says what each endpoint demands of callers, and why nobody may call some agents', () => {
  const id = (name: string, namespace = 'a') => agent(`${namespace}/${name}`);
  const internal = agent('a/ledger', { metadata: { labels: { tier: 'internal' } } });
  const related = [internal, id('weather'), id('crowded', 'b'), id('two-audiences'), id('closed', 'shut')];
  const rows = rowsOf({ related, settings: { ACCESS_RULES_FILE: 'tests/fixtures/access/gateway.yaml' } });
  expect(rows.map(([, endpoint, method, owner, access]) => [endpoint, method, owner, access].join(' '))).toEqual([
    ...both('/a/ledger', 'a/ledger jwt+60/min'),
    ...both('/ledger', 'a/ledger jwt+60/min'),
    ...both('/a/weather', 'a/weather open'),
    ...both('/weather', 'a/weather open'),
    ...both('/b/crowded', 'b/crowded 10/s'),
    ...both('/crowded', 'b/crowded 10/s'),
    '/models GET without jwt open',
    '/chat/completions POST by model by model',
    'none  a/two-audiences withheld',
    'none  shut/closed denied',
  ]);
  expect(rows.slice(-2).map((row) => row.at(-1))).toEqual([
    expect.stringMatching(/^rules\[2\] of the access rules: jwt.audiences: .*; expected one audience$/),
    'rules[0] of the access rules',
  ]);
});

it('the table of a gateway says that only some namespaces may connect', () => {
  const rows = rowsOf({
    parent: gateway({}, { labels: { tier: 'internal' } }),
    related: [agent('a/one')],
    settings: { ACCESS_RULES_FILE: 'tests/fixtures/access/from-and-deny.yaml' },
  });
  expect(rows.map((row) => row[4])).toEqual(['from', 'from', 'from', 'from', 'from', 'by model']);
});

function both(path: string, more: string): readonly string[] {
  return [`${path}/.well-known/agent-card.json GET ${more}`, `${path} POST ${more}`];
}
