import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { recordedBody } from './support/recordings.ts';
import { AGENT, itemsOf, MODEL, renderFiles, renderStdin, table, tablesOf } from './support/rendering.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('render prints', () => {
  it('a table: address, backend, timeout and access of each resource', () => {
    const { code, stdout, stderr } = table([
      MODEL,
      { ...AGENT, spec: { ...AGENT.spec, gatewayRoute: { timeout: '5m' } } },
    ]);
    expect(tablesOf(stdout, 'ADDRESS')).toEqual([
      [
        'RESOURCE            ADDRESS              BACKEND           TIMEOUT  ACCESS',
        'Agent n/a           /n/agent/a           agent-a:8000      5m       open',
        'ModelAPI default/m  /default/modelapi/m  modelapi-m:11434  120s     open',
      ].join('\n'),
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('YAML with the same content as JSON, in an order that does not depend on the input', () => {
    const { stdout } = renderStdin([MODEL, AGENT], '--output', 'json');
    const json = JSON.parse(stdout);
    const yaml = renderStdin([AGENT, MODEL]);
    expect(json).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    expect(parseAllDocuments(yaml.stdout).map((document) => document.toJS())).toEqual(json.items);
    expect(itemsOf(stdout, 'HTTPRoute').map(({ metadata }) => metadata.name)).toEqual(['modelapi-m', 'agent-a']);
    expect(renderStdin([MODEL, AGENT])).toEqual(yaml);
  });

  it('nothing but a note if there is no input', () => {
    const stderr = 'note: standard input: ignored, because it has no documents\n';
    expect(renderStdin(['', '# a comment', '---'])).toEqual({ code: 0, stdout: '', stderr });
    expect(table([])).toEqual({ code: 0, stdout: '', stderr });
  });

  it('the same children as in the answer of the server', async () => {
    const { object } = recordedBody('decorator-sync-agent-research.lead-children');
    const fixture = await import('./fixtures/kaos-routes/agent-timeout-0s-new.sync.response.json', {
      with: { type: 'json' },
    });
    const { stdout } = renderStdin([object], '-o', 'json');
    expect(itemsOf(stdout, 'HTTPRoute')).toEqual(fixture.default.attachments);
  });

  it('a row for each host name, and the reason if there is no route', () => {
    const hidden = { ...AGENT, metadata: { name: 'b' }, spec: { ...AGENT.spec, agentNetwork: { expose: false } } };
    const { stdout } = table([AGENT, hidden], '--gateway-hostnames', 'x.example.com,y.example.com');
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
  const kindsOf = (documents: readonly unknown[], ...flags: string[]) => {
    const { stdout } = renderStdin(documents, '-o', 'json', ...flags);
    const items = itemsOf(stdout, 'Deployment', 'HTTPRoute', 'Service');
    return items.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  };
  const routes = ['HTTPRoute/agent-a', 'HTTPRoute/modelapi-m'];

  it('takes the address of a resource at the Gateway among the input, and the ConfigMap by which a cluster knows it', () => {
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
      spec: { listeners: [{ name: 'http', port: 8080, protocol: 'HTTP' }] },
      status: { addresses: [{ value: '192.0.2.7' }] },
    };
    const flags = ['-o', 'json', '--kaos-runtime', '--gateway-api-internal-routing=true'];
    const { stdout, stderr } = renderStdin([agent, model, gateway], ...flags);
    const [deployment] = itemsOf(stdout, 'Deployment').filter(({ metadata }) => metadata.name === 'agent-a');
    expect(JSON.stringify(deployment)).toContain('http://192.0.2.7:8080/default/modelapi/m');
    const configMaps = itemsOf(stdout, 'ConfigMap').filter(({ metadata }) => metadata.namespace === 'kaos-system');
    expect(configMaps.map(({ metadata }) => metadata.name)).toEqual(['kaos-gateway-address']);
    expect(stderr).not.toContain('already exists');
  });

  it('makes the objects of the KAOS operator in addition to the routes', () => {
    expect(kindsOf([agent, model])).toEqual(routes);
    expect(kindsOf([agent, model], '--kaos-runtime')).toEqual([
      'Deployment/agent-a',
      'Deployment/modelapi-m',
      ...routes,
      'Service/agent-a',
      'Service/modelapi-m',
    ]);
  });

  it('does not wait for statuses, unless one says that a dependency is not ready', () => {
    const notReady = { ...model, status: { ready: false } };
    expect(kindsOf([agent, notReady], '--kaos-runtime')).not.toContain('Deployment/agent-a');
  });

  it('reads nulls as the API server does: fields that are not set, but removals in a podSpec', () => {
    const pod = (spec: object, ...flags: string[]) => {
      const parent = { ...agent, spec: { ...agent.spec, ...spec } };
      const { stdout, stderr } = renderStdin([parent, model], '-o', 'json', '--kaos-runtime', ...flags);
      return { stderr, spec: itemsOf(stdout, 'Deployment')[0].spec.template.spec };
    };
    const plain = pod({});
    expect(plain.spec.securityContext).toBeDefined();
    const nulls = {
      mcpServers: null,
      config: null,
      container: { image: null, env: null },
      agentNetwork: { expose: null },
    };
    expect(pod(nulls)).toEqual(plain);
    const { spec, stderr } = pod({ podSpec: { securityContext: null } });
    const { securityContext: _none, ...others } = plain.spec;
    const note =
      'note: standard input:1:1: spec.podSpec.securityContext is null, which kubectl apply drops; ' +
      'use $patch: delete or $patch: replace, or kubectl apply --server-side\n';
    expect({ spec, stderr }).toEqual({ spec: others, stderr: note });
    expect(pod({ podSpec: { securityContext: { $patch: 'delete' } } })).toEqual({ spec: others, stderr: '' });
    const inList = renderStdin([{ ...agent, spec: { ...agent.spec, mcpServers: [null] } }], '--kaos-runtime');
    expect(inList.stderr).toContain('Agent default/a: spec.mcpServers[0]: is null; expected text');
  });

  it('prints a table for each kind, with the reason if there are no children', () => {
    const { code, stdout, stderr } = table([agent, model], '--kaos-runtime', '--default-ollama-image', '');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'problem: ModelAPI default/m: RuntimeProblem: Failed to construct Deployment: DEFAULT_OLLAMA_IMAGE environment variable is required but not set\n',
    });
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

describe('render', () => {
  it('prints no routes with --gateway-api-enabled false', () => {
    const { stdout } = table([AGENT], '--gateway-api-enabled', 'false');
    expect(stdout).toContain('none (GatewayDisabled)');
  });

  it.each([
    [['--gateway-api-enabled', 'yes'], 'error: --gateway-api-enabled: "yes" is not valid; expected true or false\n'],
    [
      ['-o', 'xml'],
      "error: option '-o, --output <format>' argument 'xml' is invalid. Allowed choices are yaml, json, table, krakend.\n",
    ],
    [['--gatway-name', 'x'], "error: unknown option '--gatway-name'\n(Did you mean --gateway-name?)\n"],
  ])('refuses %j', (flags, stderr) => {
    expect(renderStdin([AGENT], ...flags)).toEqual({ code: 1, stdout: '', stderr });
  });
});

describe('render says on standard error', () => {
  it.each<[string, unknown, string]>([
    ['text that is not valid YAML', 'a: [1', 'not valid YAML: Flow sequence in block collection must be'],
    ['a duplicate key', 'a: 1\na: 2', 'not valid YAML: Map keys must be unique'],
    ['an alias without an anchor', 'a: *b', 'not valid YAML: Unresolved alias'],
    ['a list of objects', [AGENT], 'the document: is a list; expected an object'],
    [
      'a document of ours without a kind',
      { apiVersion: 'kaos.tools/v1alpha1', metadata: { name: 'a' } },
      'kind: is required; expected one of "AccessGrant", "Agent", "MCPServer", "MemoryStore", "ModelAPI"',
    ],
    ['a kind that is not a text', { apiVersion: 'v1', kind: 5 }, 'kind: expected string'],
    ['a document without a name', { ...AGENT, metadata: {} }, 'Agent: metadata.name: is required'],
    [
      'a spec that does not fit the schema',
      { ...MODEL, spec: { mode: 'x' } },
      'ModelAPI default/m: spec.mode: "x" is not valid; expected one of "Proxy", "Hosted"',
    ],
    ['an invalid item of a list', { kind: 'List', items: [{ kind: 'Agent' }] }, 'apiVersion: is required'],
  ])('what is wrong with %s, renders the others and exits with 1', (_what, bad, text) => {
    const { code, stdout, stderr } = renderStdin([bad, AGENT], '-o', 'json');
    expect(stderr.replace(/:\d+:\d+: /, ': ')).toContain(`error: standard input: ${text}`);
    expect({ code, routes: itemsOf(stdout, 'HTTPRoute').length }).toEqual({ code: 1, routes: 1 });
  });

  it.each([
    [
      'a Kustomization, which has no metadata',
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
    ],
    [
      'a Job whose name the API server generates',
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'a-' } },
    ],
  ])('only a note about %s', (_what, object) => {
    const { code, stderr } = renderStdin([object]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^note: standard input:1:1: ignored/),
    });
  });

  it('each remark on one line, even if a name has line breaks', () => {
    const forged = { ...AGENT, metadata: { name: 'a\nerror: forged\u001b[31m\u202e\u2028' } };
    const { stderr } = renderStdin([forged]);
    expect(stderr).toMatch(
      /^error: standard input:1:1: metadata\.name: "a\\nerror: forged\\u001b\[31m\\u202e\\u2028" is not valid; expected .*\n$/,
    );
  });

  it('which folder has no manifests', () => {
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    const { code, stderr } = renderFiles(empty);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `note: ${empty}: ignored, because it has no .json, .yaml or .yml files\n`,
    });
  });

  it('which file does not exist', () => {
    const { code, stderr } = renderFiles('nothing.yaml');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('error: nothing.yaml: does not exist'),
    });
  });

  it('the problems of valid resources, and exits with 0', () => {
    const refused = { ...AGENT, spec: { ...AGENT.spec, gatewayRoute: { timeout: '100000s' } } };
    const { code, stderr } = renderStdin([refused, { ...AGENT, metadata: { name: 'b.c' } }]);
    expect(code).toBe(0);
    expect(stderr).toBe(
      [
        'problem: Agent default/b.c: InvalidName: metadata.name: the Service name "agent-b.c" has a dot, which a Service name must not have',
        'problem: Agent n/a: InvalidTimeout: spec.gatewayRoute.timeout: "100000s" is not valid, so 120s is used; expected up to four parts of one to five digits and h, m, s or ms, such as 90s or 1m30s',
        '',
      ].join('\n'),
    );
  });

  it('which kinds were ignored, and exits with 0', () => {
    const { code, stderr } = renderStdin([{ ...AGENT, apiVersion: 'v1', kind: 'Namespace' }]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: standard input:1:1: ignored, because no controller reads "Namespace.v1"\n',
    });
  });
});
