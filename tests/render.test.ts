import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { recordedBody } from './support/recordings.ts';
import { AGENT, itemsOf, MODEL, renderStdin, table, tablesOf } from './support/rendering.ts';
import { runNode } from './support/run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('render prints', () => {
  it('a table: address, backend and timeout of each resource', async () => {
    const { code, stdout, stderr } = await table([MODEL, { ...AGENT, spec: { gatewayRoute: { timeout: '5m' } } }]);
    expect(tablesOf(stdout, 'ADDRESS')).toEqual([
      [
        'RESOURCE            ADDRESS              BACKEND           TIMEOUT',
        'Agent n/a           /n/agent/a           agent-a:8000      5m',
        'ModelAPI default/m  /default/modelapi/m  modelapi-m:11434  120s',
      ].join('\n'),
    ]);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('YAML that reads back as what JSON says, in the same order whatever the order of the input', async () => {
    const { stdout } = await renderStdin([MODEL, AGENT], '--output', 'json');
    const json = JSON.parse(stdout);
    const yaml = await renderStdin([AGENT, MODEL]);
    expect(json).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    expect(parseAllDocuments(yaml.stdout).map((document) => document.toJS())).toEqual(json.items);
    expect(itemsOf(stdout, 'HTTPRoute').map(({ metadata }) => metadata.name)).toEqual(['modelapi-m', 'agent-a']);
    expect(await renderStdin([MODEL, AGENT])).toEqual(yaml);
  });

  it('nothing for nothing', async () => {
    expect(await renderStdin(['', '# a comment', '---'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await table([])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('the same children as the server answers', async () => {
    const { object } = recordedBody('decorator-sync-agent-research.lead-children');
    const fixture = await import('./fixtures/kaos-routes/agent-timeout-0s-new.sync.response.json', {
      with: { type: 'json' },
    });
    const { stdout } = await renderStdin([object], '-o', 'json');
    expect(itemsOf(stdout, 'HTTPRoute')).toEqual(fixture.default.attachments);
  });

  it('a row for each host name, and why there is no route', async () => {
    const hidden = { ...AGENT, metadata: { name: 'b' }, spec: { agentNetwork: { expose: false } } };
    const { stdout } = await table([AGENT, hidden], '--gateway-hostnames', 'x.example.com,y.example.com');
    const [routes = ''] = tablesOf(stdout, 'ADDRESS');
    expect(routes.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['RESOURCE', 'ADDRESS'],
      ['Agent default/b', 'none (NotExposed)'],
      ['Agent n/a', 'x.example.com/n/agent/a'],
      ['Agent n/a', 'y.example.com/n/agent/a'],
    ]);
  });
});

describe('render with --kaos-runtime', () => {
  const model = { ...MODEL, spec: { mode: 'Hosted', hostedConfig: { model: 'm' } } };
  const agent = { ...AGENT, metadata: { name: 'a' }, spec: { modelAPI: 'm', model: 'm' } };
  const kindsOf = async (documents: readonly unknown[], ...flags: string[]) => {
    const { stdout } = await renderStdin(documents, '-o', 'json', ...flags);
    const items = itemsOf(stdout, 'Deployment', 'HTTPRoute', 'Service');
    return items.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  };
  const routes = ['HTTPRoute/agent-a', 'HTTPRoute/modelapi-m'];

  it('makes what the KAOS operator would, beside the routes', async () => {
    expect(await kindsOf([agent, model])).toEqual(routes);
    expect(await kindsOf([agent, model], '--kaos-runtime')).toEqual([
      'Deployment/agent-a',
      'Deployment/modelapi-m',
      ...routes,
      'Service/agent-a',
      'Service/modelapi-m',
    ]);
  });

  it('waits for no status, unless one says that a dependency is not ready', async () => {
    const notReady = { ...model, status: { ready: false } };
    expect(await kindsOf([agent, notReady], '--kaos-runtime')).not.toContain('Deployment/agent-a');
  });

  it('reads nulls as the API server does: they are not there, but in a podSpec, where they remove', async () => {
    const pod = async (spec: object, ...flags: string[]) => {
      const parent = { ...agent, spec: { ...agent.spec, ...spec } };
      const { stdout, stderr } = await renderStdin([parent, model], '-o', 'json', '--kaos-runtime', ...flags);
      return { stderr, spec: itemsOf(stdout, 'Deployment')[0].spec.template.spec };
    };
    const plain = await pod({});
    expect(plain.spec.securityContext).toBeDefined();
    const nulls = {
      mcpServers: null,
      config: null,
      container: { image: null, env: null },
      agentNetwork: { expose: null },
    };
    expect(await pod(nulls)).toEqual(plain);
    const { spec, stderr } = await pod({ podSpec: { securityContext: null } });
    const { securityContext: _none, ...others } = plain.spec;
    expect([spec, stderr]).toEqual([others, '']);
    const inList = await renderStdin([{ ...agent, spec: { ...agent.spec, mcpServers: [null] } }], '--kaos-runtime');
    expect(inList.stderr).toContain('document 1: spec.mcpServers.0: expected string');
  });

  it('prints a table for each kind, with the reason where nothing is made', async () => {
    const { code, stdout, stderr } = await table([agent, model], '--kaos-runtime', '--default-ollama-image', '');
    expect([code, stderr]).toEqual([
      0,
      'problem: ModelAPI default/m: RuntimeProblem: Failed to construct Deployment: DEFAULT_OLLAMA_IMAGE environment variable is required but not set\n',
    ]);
    expect(tablesOf(stdout, 'PHASE')).toEqual([
      [
        'RESOURCE         PHASE    CHILDREN                             ENDPOINT                                       MESSAGE',
        'Agent default/a  Pending  Deployment/agent-a, Service/agent-a  http://agent-a.default.svc.cluster.local:8000',
      ].join('\n'),
      [
        'RESOURCE            PHASE   CHILDREN  ENDPOINT  MESSAGE',
        'ModelAPI default/m  Failed  none                Failed to construct Deployment: DEFAULT_OLLAMA_IMAGE environment variable is required but not set',
      ].join('\n'),
    ]);
  });
});

describe('render goes by', () => {
  it('the settings of the environment, and by flags first', async () => {
    const env = { GATEWAY_NAME: 'from-environment', GATEWAY_NAMESPACE: 'from-environment', HOST: 'not a host' };
    const args = ['webhooks/render/main.ts', '-o', 'json', '--gateway-name', 'from-flag', '-'];
    const { stdout } = await runNode(args, { input: JSON.stringify(AGENT), env });
    expect(itemsOf(stdout, 'HTTPRoute')[0].spec.parentRefs).toMatchObject([
      { name: 'from-flag', namespace: 'from-environment' },
    ]);
  });

  it('the gateway turned off', async () => {
    const { stdout } = await table([AGENT], '--gateway-api-enabled', 'false');
    expect(stdout).toContain('none (GatewayDisabled)');
  });

  it('--namespace for objects that name none', async () => {
    expect((await table([MODEL, AGENT], '-n', 'team')).stdout).toMatch(/Agent n\/a .*\nModelAPI team\/m /);
  });

  it.each([
    [['--gateway-api-enabled', 'yes'], 'GATEWAY_API_ENABLED: "yes" is not allowed; allowed is true or false\n'],
    [
      ['-o', 'xml'],
      "error: option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are yaml, json, table.\n",
    ],
    [['--gatway-name', 'x'], "error: unknown option '--gatway-name'\n(Did you mean --gateway-name?)\n"],
  ])('%j is refused', async (flags, stderr) => {
    expect(await renderStdin([AGENT], ...flags)).toEqual({ code: 1, stdout: '', stderr });
  });
});

describe('render says on standard error', () => {
  it.each<[string, unknown, string]>([
    ['text that is no YAML', 'a: [1', 'document 1: not YAML: Flow sequence in block collection must be'],
    ['a key that is there twice', 'a: 1\na: 2', 'document 1: not YAML: Map keys must be unique'],
    ['an alias to nothing', 'a: *b', 'document 1: not YAML: Unresolved alias'],
    ['a list', '- a', 'document 1: the document: expected object'],
    ['no kind', { apiVersion: 'v1', metadata: { name: 'a' } }, 'document 1: kind: is required'],
    ['no name', { ...AGENT, metadata: {} }, 'document 1: metadata.name: is required'],
    [
      'a spec that does not fit',
      { ...MODEL, spec: { mode: 'x' } },
      'document 1: spec.mode: expected one of Proxy, Hosted',
    ],
    ['an item of a list', { kind: 'List', items: [{ kind: 'Agent' }] }, 'document 1, item 1: apiVersion: is required'],
  ])('%s, renders the others, and ends with 1', async (_what, bad, text) => {
    const { code, stdout, stderr } = await renderStdin([bad, AGENT], '-o', 'json');
    expect(stderr).toContain(`error: standard input, ${text}`);
    expect([code, itemsOf(stdout, 'HTTPRoute').length]).toEqual([1, 1]);
  });

  it.each([
    [
      'a Kustomization, which has no metadata',
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
    ],
    ['a Job that the server will name', { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'a-' } }],
  ])('only a note of %s', async (_what, object) => {
    const { code, stderr } = await renderStdin([object]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^note: standard input, document 1: passed over/)]);
  });

  it('each remark on one line, whatever is in it', async () => {
    const forged = { ...AGENT, metadata: { name: 'a\nerror: forged\u001b[31m\u202e\u2028' } };
    const { stderr } = await renderStdin([forged]);
    expect(stderr).toMatch(
      /^problem: Agent default\/a\\u000aerror: forged\\u001b\[31m\\u202e\\u2028: InvalidName: .*\n$/,
    );
  });

  it('which folder holds no manifest', async () => {
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    const { code, stderr } = await runNode(['webhooks/render/main.ts', empty]);
    expect([code, stderr]).toEqual([0, `note: ${empty}: has no .json, .yaml or .yml file\n`]);
  });

  it('which file does not exist', async () => {
    const { code, stderr } = await runNode(['webhooks/render/main.ts', 'nothing.yaml']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('error: nothing.yaml: cannot be read: ENOENT')]);
  });

  it('problems of valid resources, and ends with 0', async () => {
    const refused = { ...AGENT, spec: { gatewayRoute: { timeout: '100000s' } } };
    const { code, stderr } = await renderStdin([refused, { ...AGENT, metadata: { name: 'b.c' } }]);
    expect(code).toBe(0);
    expect(stderr).toBe(
      [
        'problem: Agent default/b.c: InvalidName: metadata.name: its Service "agent-b.c" has a dot, which a Service name must not have',
        'problem: Agent n/a: InvalidTimeout: spec.gatewayRoute.timeout: "100000s" is refused, 120s is used; Gateway API allows up to four parts of one to five digits and h, m, s or ms',
        '',
      ].join('\n'),
    );
  });

  it('which kinds were passed over, and ends with 0', async () => {
    const { code, stderr } = await renderStdin([{ ...AGENT, apiVersion: 'v1', kind: 'Namespace' }]);
    expect([code, stderr]).toEqual([
      0,
      'note: standard input, document 1: passed over, no controller knows "Namespace.v1"\n',
    ]);
  });
});
