import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { callersOf } from '../webhooks/explain/callers.ts';
import { commandInput, terminalOf } from './support/command-input.ts';
import { blocks, readDocument } from './support/documents.ts';
import { explainFiles, explainText, unwrapped } from './support/explaining.ts';

const TEAM = 'examples/kaos-routes/team.yaml';
const RULES = ['--access-rules-file', 'docs/access-rules.yaml'];
const explain = (...args: readonly string[]) => explainText('', args);

describe('the answer to the first questions', () => {
  it.each([
    ['where an agent is reachable and by whom', ['agent/research/lead', TEAM]],
    ['why an agent is not reachable', ['agent/research/helper', TEAM]],
    ['with a token', ['orders', 'examples/access/gateway.yaml', ...RULES]],
    ['behind a gateway', ['agents/weather', 'examples/agent-gateway/one-gateway.yaml']],
  ])('%s fits on one screen', (_title, args) => {
    const { code, stdout } = explain(...args);
    const lines = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.length).toBeLessThanOrEqual(28);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('says where, by whom, how long, and what decided it', () => {
    const text = unwrapped(explain('lead', TEAM, '--gateway-hostnames', 'agents.example.com').stdout);
    expect(text).toContain('http[s]://agents.example.com/research/agent/lead, and all paths below it');
    expect(text).toContain('at Gateway kaos-system/kaos-gateway, by --gateway-hostnames agents.example.com');
    expect(text).toContain('callers everybody, because there are no access rules');
    expect(text).toContain('timeout 120s, by default (GATEWAY_DEFAULT_AGENT_TIMEOUT)');
    expect(text).toContain('exposed yes, because spec.agentNetwork.expose is not set');
    expect(text).toContain(`MCPServer research/calc, by spec.mcpServers[0] (${TEAM}:45:7)`);
    expect(text).toContain('to hide it: set spec.agentNetwork.expose to false');
    expect(text).toContain('for another timeout: set spec.gatewayRoute.timeout, such as 300s');
  });

  it('is the one on the page', () => {
    const [printed] = blocks(readDocument('docs/explain.md'), 'text');
    expect(explain('agent/research/helper', TEAM).stdout.trim()).toBe(printed);
  });

  it('says what needs a resource', () => {
    const text = unwrapped(explain('modelapi/research/llm', TEAM).stdout);
    expect(text).toContain(`needed by Agent research/helper, by spec.modelAPI (${TEAM}:31:3)`);
  });

  it('says in the words of access rules who may call, and which rule says so', () => {
    const text = unwrapped(explain('orders', 'examples/access/gateway.yaml', ...RULES).stdout);
    expect(text).toContain('reachable inside the cluster only, by callers with a token, at a limited rate.');
    expect(text).toContain('a token of https://login.example.com/ for agents, with the scope agents:call');
    expect(text).toContain('at most 60 calls a minute for each sub in the token');
    expect(text).toContain('by rules[4] of the access rules (docs/access-rules.yaml:15:5)');
  });

  it('says that pods can call past a gateway, if the rules ask for something there alone', () => {
    const past =
      'past it pods in the cluster can call its Service directly, unless a NetworkPolicy or a rule with from';
    const folder = mkdtempSync(path.join(tmpdir(), 'explain-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const textFor = (name: string, rule: string) => {
      const file = path.join(folder, 'rules.yaml');
      writeFileSync(file, `rules: [${rule}]`);
      const flags = ['--access-rules-file', file, '--access-dialect', 'envoy-gateway'];
      return unwrapped(explain(name, TEAM, ...flags).stdout);
    };
    const limit = 'limit: {requests: 5, per: minute, by: address}';
    expect(textFor('lead', `{${limit}}`)).toContain(past);
    expect(textFor('calc', '{deny: true}')).toContain(past);
    expect(textFor('lead', '{allow: true}')).not.toContain('past it');
    expect(textFor('helper', `{${limit}}`)).not.toContain('past it');
  });

  it('as JSON has the same', () => {
    const { resource, reachable, addresses, obstacles } = JSON.parse(
      explain('agent/research/helper', TEAM, '-o', 'json').stdout,
    );
    expect(resource).toEqual({
      apiVersion: 'kaos.tools/v1alpha1',
      kind: 'Agent',
      namespace: 'research',
      name: 'helper',
    });
    expect({ reachable, addresses }).toEqual({ reachable: 'no', addresses: [] });
    expect(obstacles).toEqual([
      {
        reason: 'NotExposed',
        why: `it is not exposed, by spec.agentNetwork.expose: false (${TEAM}:34:5)`,
        toChange: 'set spec.agentNetwork.expose to true, or remove it',
      },
    ]);
  });

  it.each([40, 60])('fits into %i columns', (width) => {
    const input = commandInput(['explain', 'lead', TEAM], { terminal: terminalOf(width) });
    const lines = runCommand(input).stdout.split('\n');
    expect(lines.filter((line) => line.length > width && line.trim().includes(' ') && !line.includes('/'))).toEqual([]);
  });
});

describe('a resource is found by', () => {
  it.each([
    'agent/research/lead',
    'Agent/research/lead',
    'agents.kaos.tools/research/lead',
    'agent/lead',
    'research/lead',
    'lead',
  ])('%s', (name) => {
    expect(explain(name, TEAM).stdout).toMatch(/^Agent research\/lead is reachable/);
  });

  it('no name that several have: they are listed', () => {
    const helper = { apiVersion: 'kaos.tools/v1alpha1', kind: 'Agent', spec: { modelAPI: 'm', model: 'x' } };
    const text = ['one', 'two']
      .map((namespace) => JSON.stringify({ ...helper, metadata: { name: 'helper', namespace } }))
      .join('\n');
    expect(explainText(text, ['helper', '-'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'error: helper is the name of 2 resources; name one of them:\n  agents.kaos.tools/one/helper\n  agents.kaos.tools/two/helper\n',
    });
    expect(explainText(text, ['helper', '-n', 'two', '-']).stdout).toMatch(/^Agent two\/helper/);
  });

  it.each([
    ['laed', 'did you mean agents.kaos.tools/research/lead?'],
    ['agent/resaerch/lead', 'did you mean agents.kaos.tools/research/lead'],
    ['modelapi/research/lead', 'did you mean agents.kaos.tools/research/lead'],
    [
      'nothing',
      'error: nothing is not among the documents\n  the documents have:\n    modelapis.kaos.tools/research/llm\n',
    ],
    ['modelapi/nothing', 'the documents have:\n    modelapis.kaos.tools/research/llm\n'],
    ['agent', 'error: agent is a kind; expected a name with it, such as agent/research/lead\n'],
    ['agnt/research/lead', '"agnt" is not a kind; expected one of AccessGrant, Agent'],
    ['a/b/c/d', 'is not a valid resource; expected kind/namespace/name'],
    ['', 'is not a valid resource'],
  ])('no such name as %j', (name, said) => {
    const { code, stdout, stderr } = explain(name, TEAM);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('no name of a document that the API server refuses: it says why', () => {
    const text = 'apiVersion: kaos.tools/v1alpha1\nkind: Agent\nmetadata: {name: a}\nspec: {modelAPI: 3, model: x}\n';
    const { code, stderr } = explainText(text, ['a', '-']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: standard input:4:8: Agent default\/a: spec\.modelAPI: is a number/);
  });

  it('its name, if the controller that reads it is off: it says how to turn it on', () => {
    const text =
      'apiVersion: kaos.tools/v1alpha1\nkind: AccessGrant\nmetadata: {name: a}\nspec: {subjects: [{kind: Group, name: g}], resources: [{kind: Agent, name: a}]}\n';
    const { stdout } = explainText(text, ['a', '-']);
    expect(stdout).toContain('why         the controller kaos-runtime-accessgrant, which reads it, is off\n');
    expect(stdout).toContain('to change   turn it on by --kaos-runtime, to see what it says\n');
  });

  it('and a file that cannot be read is an error beside the answer', () => {
    expect(explain('lead', TEAM, 'nowhere.yaml')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Agent research/lead is reachable'),
      stderr: expect.stringContaining('error: nowhere.yaml: does not exist'),
    });
  });
});

describe('an address', () => {
  it.each([
    ['/research/agent/lead', '/research/agent/lead leads to Agent research/lead.'],
    ['https://agents.example.com/research/agent/lead/health?x=1', '/research/agent/lead leads to Agent research/lead.'],
    ['agents.example.com/research/modelapi/llm/', '/research/modelapi/llm leads to ModelAPI research/llm.'],
  ])('%s leads to its resource', (address, heading) => {
    expect(explain(address, TEAM).stdout.split('\n')[0]).toBe(heading);
  });

  it.each([
    ['/research/agent/laed', 'did you mean /research/agent/lead, which leads to Agent research/lead?'],
    ['/research/agent/helper', 'Agent research/helper is not reachable: it is not exposed'],
    ['/', 'nothing answers at /'],
  ])('%s of nobody', (address, said) => {
    const { code, stdout, stderr } = explain(address, TEAM);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('of an AgentGateway is refused only where another one has the host name', () => {
    const apiVersion = 'runtime.agentic-layer.ai/v1alpha1';
    const metadata = (name: string) => ({ name, namespace: 'team', uid: `u-${name}` });
    const gateway = (name: string, hostnames: string, creationTimestamp: string) => [
      {
        apiVersion,
        kind: 'AgentGateway',
        metadata: { ...metadata(name), annotations: { 'agent-gateway-hooks/hostnames': hostnames } },
        spec: { agentGatewayClassName: 'krakend' },
      },
      {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: {
          ...metadata(name),
          creationTimestamp,
          labels: { 'agent-gateway-hooks/component': 'agent-gateway' },
          ownerReferences: [{ apiVersion, kind: 'AgentGateway', name, uid: `u-${name}`, controller: true }],
        },
        spec: { hostnames: hostnames.split(',') },
      },
    ];
    const text = [
      {
        apiVersion,
        kind: 'AgentGatewayClass',
        metadata: { name: 'krakend' },
        spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
      },
      ...gateway('old', 'a.example.com', '2026-01-01T00:00:00Z'),
      ...gateway('new', 'a.example.com,b.example.com', '2026-01-02T00:00:00Z'),
    ]
      .map((each) => JSON.stringify(each))
      .join('\n');
    const { addresses } = JSON.parse(explainText(text, ['agentgateway/team/new', '-o', 'json', '-']).stdout);
    const states = addresses
      .filter(({ url }: { readonly url: string }) => url.endsWith('.example.com/models'))
      .map(({ url, state }: { readonly url: string; readonly state: string }) => `${url} ${state}`);
    expect(states).toEqual(['http[s]://a.example.com/models refused', 'http[s]://b.example.com/models open']);
  });

  it('leads to the routes for its host name alone, if there are any', () => {
    const documents = [
      {
        apiVersion: 'kaos.tools/v1alpha1',
        kind: 'Agent',
        metadata: { name: 'lead', namespace: 'research' },
        spec: { modelAPI: 'llm', model: 'x' },
      },
      {
        apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
        kind: 'AgentGatewayClass',
        metadata: { name: 'krakend' },
        spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
      },
      {
        apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
        kind: 'AgentGateway',
        metadata: {
          name: 'front',
          namespace: 'team',
          annotations: { 'agent-gateway-hooks/hostnames': 'a.example.com' },
        },
        spec: { agentGatewayClassName: 'krakend' },
      },
    ];
    const text = documents.map((each) => JSON.stringify(each)).join('\n');
    const first = (address: string) => {
      const { stdout, stderr } = explainText(text, [address, '-']);
      return (stdout || stderr).split('\n')[0];
    };
    const lead = '/research/agent/lead leads to Agent research/lead.';
    expect(first('b.example.com/research/agent/lead')).toBe(lead);
    expect(first('/research/agent/lead')).toBe(lead);
    expect(first('a.example.com/models')).toBe('GET a.example.com/models leads to AgentGateway team/front.');
    for (const host of ['a.example.com', 'front.team.svc']) {
      expect(first(`${host}/research/agent/lead`)).toBe(
        `error: nothing answers at ${host}/research/agent/lead; Agent research/lead has this path at every other host name, but calls to ${host} go to the routes for that name`,
      );
    }
  });

  it('has the host names of routes', () => {
    const flags = ['--gateway-hostnames', '*.example.com'];
    expect(explain('a.example.com/research/agent/lead', TEAM, ...flags).code).toBe(0);
    expect(explain('a.example.org/research/agent/lead', TEAM, ...flags).stderr).toContain(
      'did you mean *.example.com/research/agent/lead',
    );
  });
});

describe('callers', () => {
  const jwt = { issuer: 'https://i/', jwksUri: 'https://i/j', audiences: ['one', 'two'] };
  it.each([
    [{}, ['everybody']],
    [{ jwt }, ['callers with a token of https://i/ for one or two']],
    [
      { jwt: { ...jwt, scopes: { any: ['a', 'b'] } } },
      ['callers with a token of https://i/ for one or two, with one of the scopes a, b'],
    ],
    [
      { limit: { requests: 1, per: 'second', by: 'address' } as const },
      ['everybody', 'at most 1 call a second for each client address'],
    ],
    [
      { limit: { requests: 5, per: 'day', by: 'header:X-Team' } as const },
      ['everybody', 'at most 5 calls a day for each value of the header X-Team'],
    ],
    [
      { from: { namespaces: ['web', 'app'] } },
      [
        'everybody',
        'only pods of the namespaces app, web may connect; for calls through a Gateway, the namespace of its pods must be one of them',
      ],
    ],
  ])('of %j', (demand, texts) => {
    expect(callersOf(demand)).toEqual(texts);
  });
});

describe('a setting has the name under which it was given', () => {
  const agent =
    '{"apiVersion":"kaos.tools/v1alpha1","kind":"Agent","metadata":{"name":"a"},"spec":{"modelAPI":"m","model":"x"}}';
  it('as a variable', () => {
    const { stdout } = explainText(agent, ['a', '-'], { variables: { GATEWAY_HOSTNAMES: 'a.example.com' } });
    expect(unwrapped(stdout)).toContain('by GATEWAY_HOSTNAMES=a.example.com in the environment');
  });

  it('as a value of the chart, with its place, and rules too', () => {
    const values =
      'gatewayAPI:\n  enabled: true\n  hostnames: [a.example.com]\naccessRules:\n  rules:\n    - allow: true\n';
    const { stdout } = explainFiles({ 'v.yaml': values, 'a.yaml': agent }, ['a', '--values', 'v.yaml', 'a.yaml']);
    expect(unwrapped(stdout)).toContain('by gatewayAPI.hostnames: a.example.com (v.yaml:3:3)');
    expect(unwrapped(stdout)).toContain('by rules[0] of the access rules (v.yaml:6:7)');
    expect(unwrapped(stdout)).toContain("by gateway.defaultTimeouts.agent: 120s (the chart's default)");
  });
});

it('prints no escape codes of names and values', () => {
  const agent = {
    apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
    kind: 'Agent',
    metadata: { name: 'e\u001b[31mvil', namespace: 'te\u202eam' },
    spec: { exposed: true },
    status: { url: 'http://\u001b[31m:8000/' },
  };
  const gateway = {
    ...{ apiVersion: agent.apiVersion, kind: 'AgentGateway', metadata: { name: 'g', namespace: 'n' } },
    spec: { agentGatewayClassName: '\u001b[2J' },
  };
  const text = `${JSON.stringify(agent)}\n${JSON.stringify(gateway)}`;
  for (const name of [agent.metadata.name, 'g', 'e\u001b[31mvol', '/\u001b[31m', '\u001b[31m/x/y', 'x']) {
    const { stdout, stderr } = explainText(text, [name, '-']);
    const printed = `${stdout}${stderr}`;
    expect(printed).not.toBe('');
    expect([printed.includes('\u001b'), printed.includes('\u202e')]).toEqual([false, false]);
  }
});
