import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENT, MODEL, renderFiles, renderStdin, table } from './support/rendering.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-input-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const GATEWAY_CLASS = {
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'AgentGatewayClass',
  metadata: { name: 'krakend' },
  spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
};

/** The first cells of all rows, without the headings. */
function rendered(stdout: string): readonly string[] {
  const lines = stdout.split('\n').filter((line) => line !== '' && !/^(RESOURCE|GATEWAY) /.test(line));
  return lines.map((line) => line.split(/ {2,}/)[0] ?? '');
}

describe('a Helm template that was not rendered', () => {
  it.each([
    ['a value', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n'],
    ['a value with a function', 'kind: Service\nspec: {{ toYaml .Values.spec | nindent 2 }}\n'],
    ['a condition', '{{- if .Values.enabled }}\nkind: Service\n{{- end }}\n'],
    ['an include', 'metadata:\n  labels:\n    {{- include "x.labels" . | nindent 4 }}\n'],
    ['a part of a value', 'kind: Service\nimage: repository:{{ .Values.tag }}\n'],
    ['a value in quotes', 'kind: Service\nmetadata: {name: "{{ .Release.Name }}-x"}\n'],
    ['a comment', '{{/* explains */}}\nkind: Service\n'],
    ['a definition', '{{- define "x" -}}\nx\n{{- end }}\n'],
    ['a loop over a variable', '{{- range $name, $value := .Values.map }}\nkind: Service\n{{- end }}\n'],
  ])('is recognised by %s', (_what, text) => {
    const { code, stderr } = renderStdin([text]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'error: standard input, document 1: is a Helm template that was not rendered; render its chart first: helm template CHART | npm run --silent render -- -\n',
    });
  });

  it.each([
    ['in a prompt', 'config: {instructions: "Greet {{ user.name }} and {{name}}"}'],
    ['in a block of text', 'config:\n    instructions: |\n      In charts write {{ .Values.name }}.'],
    ['in a comment', '# {{ .Values.name }}\n  config: {instructions: hello}'],
  ])('is not taken for one because of braces %s', (_what, text) => {
    const { code, stderr } = table([
      `apiVersion: kaos.tools/v1alpha1\nkind: Agent\nmetadata: {name: a}\nspec:\n  modelAPI: m\n  model: m\n  ${text}\n`,
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('does not hide what is wrong with other YAML', () => {
    expect(renderStdin(['a: [1']).stderr).toContain('not valid YAML');
    expect(renderStdin(['a: {{b: c}: [']).stderr).toContain('not valid YAML');
  });
});

describe('a document without a kind is passed over with a note', () => {
  it.each([
    ['values of a chart', 'replicas: 3\nimage: {tag: "1"}'],
    ['a chart', 'apiVersion: v2\nname: x\nversion: 1.0.0'],
    ['an empty kind', 'kind: ""'],
    ['a list', '- a\n- b'],
    ['a text', 'hello'],
    ['a number', '5'],
  ])('%s', (_what, text) => {
    const { code, stdout, stderr } = table([text, AGENT]);
    expect(stderr).toBe('note: standard input, document 1: ignored, because it has no kind\n');
    expect({ code, rows: rendered(stdout) }).toEqual({ code: 0, rows: ['Agent n/a'] });
  });
});

describe('a kind or a version that was meant to be ours is an error', () => {
  const ours = '"Agent", "MCPServer", "ModelAPI"';
  it.each([
    [
      { apiVersion: 'kaos.tools/v1beta1' },
      'apiVersion: "kaos.tools/v1beta1" is not served; expected "kaos.tools/v1alpha1"',
    ],
    [{ apiVersion: 'kaos.tools/v1' }, 'apiVersion: "kaos.tools/v1" is not served; expected "kaos.tools/v1alpha1"'],
    [
      { apiVersion: 'kaos.tool/v1alpha1' },
      'apiVersion: "kaos.tool/v1alpha1" is not served; expected "kaos.tools/v1alpha1"',
    ],
    [
      { kind: 'agent' },
      `kind: "agent" is not a kind of kaos.tools/v1alpha1; expected one of ${ours}; did you mean "Agent"?`,
    ],
    [
      { kind: 'MCPserver' },
      `kind: "MCPserver" is not a kind of kaos.tools/v1alpha1; expected one of ${ours}; did you mean "MCPServer"?`,
    ],
    [
      { kind: 'ModelApis' },
      `kind: "ModelApis" is not a kind of kaos.tools/v1alpha1; expected one of ${ours}; did you mean "ModelAPI"?`,
    ],
  ])('%j', (change, text) => {
    const object = { ...AGENT, ...change };
    expect(renderStdin([object])).toEqual({
      code: 1,
      stdout: '',
      stderr: `error: standard input, document 1: ${object.kind} n/a: ${text}\n`,
    });
  });

  it.each([
    [{ kind: 'MemoryStore' }],
    [{ apiVersion: 'runtime.agentic-layer.ai/v1alpha1', kind: 'ToolGateway' }],
    [{ apiVersion: 'runtime.agentic-layer.ai/v1alpha1', kind: 'AiGateway' }],
    [{ apiVersion: 'other.tools/v1', kind: 'Agent' }],
    [{ apiVersion: 'batch/v1', kind: 'Job' }],
  ])('but %j is a kind of its own', (change) => {
    const { code, stderr } = renderStdin([{ ...AGENT, ...change }]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^note: .* ignored, because no controller reads/),
    });
  });
});

describe('a folder', () => {
  beforeAll(() => {
    const named = (name: string) => ({ ...MODEL, metadata: { name } });
    write('all/a.yaml', named('a'));
    write('all/charts/x/b.yaml', named('b'));
    write('all/charts/x/values.yaml', { replicas: 3 });
    write('all/node_modules/p/c.yaml', named('c'));
    write('all/sub/node_modules/p/c.yaml', named('c'));
    write('all/.git/d.yaml', named('d'));
    write('all/sub/.hidden/d.json', named('d'));
    write('all/sub/.dotfile.yaml', named('e'));
    write('all/node_modules.yaml', named('f'));
  });
  const modelsIn = (...args: string[]) =>
    rendered(renderFiles('-o', 'table', ...args).stdout).map((name) => name.slice(17));

  it('is read without node_modules and dot folders', () => {
    expect(modelsIn(path.join(folder, 'all'))).toEqual(['a', 'b', 'e', 'f']);
  });

  it('is read all the same if it is one of these and on the command line', () => {
    expect(modelsIn(path.join(folder, 'all/node_modules'), path.join(folder, 'all/.git'))).toEqual(['c', 'd']);
  });

  it.each([
    [['charts'], ['a', 'e', 'f']],
    [['charts/'], ['a', 'e', 'f']],
    [['./charts'], ['a', 'e', 'f']],
    [['charts/*'], ['a', 'e', 'f']],
    [['**/x/*.yaml'], ['a', 'e', 'f']],
    [['[ab].yaml', '.dotfile.*'], ['f']],
    [['x/b.yaml'], ['a', 'b', 'e', 'f']],
    [['*.json'], ['a', 'b', 'e', 'f']],
  ])('is read without what --ignore %j matches', (patterns, models) => {
    const flags = patterns.flatMap((pattern) => ['--ignore', pattern]);
    expect(modelsIn(...flags, path.join(folder, 'all'))).toEqual(models);
  });

  it('says nothing about files that are ignored, also on the command line', () => {
    const values = path.join(folder, 'all/charts/x/values.yaml');
    expect(renderFiles(path.join(folder, 'all')).stderr).toContain(`note: ${values}, document 1: ignored`);
    expect(renderFiles('--ignore', 'values.yaml', path.join(folder, 'all')).stderr).toBe('');
    expect(renderFiles('--ignore', 'values.yaml', values, path.join(folder, 'all/a.yaml')).stderr).toBe('');
  });
});

describe('--namespace and --kind select what is rendered', () => {
  const other = { ...AGENT, metadata: { name: 'b', namespace: 'other' } };
  const bad = { ...AGENT, metadata: { name: 'c', namespace: 'bad' }, spec: { ...AGENT.spec, zzz: 1 } };
  const rowsWith = (...flags: string[]) => rendered(table([AGENT, other, MODEL], ...flags).stdout);

  it.each([
    [[], ['Agent n/a', 'Agent other/b', 'ModelAPI default/m']],
    [
      ['-n', 'n'],
      ['Agent n/a', 'ModelAPI n/m'],
    ],
    [
      ['--namespace', 'other'],
      ['Agent other/b', 'ModelAPI other/m'],
    ],
    [
      ['--kind', 'Agent'],
      ['Agent n/a', 'Agent other/b'],
    ],
    [['--kind', 'modelapis'], ['ModelAPI default/m']],
    [
      ['--kind', 'agents.kaos.tools', '--kind', 'ModelAPI', '-n', 'n'],
      ['Agent n/a', 'ModelAPI n/m'],
    ],
    [['--kind', 'agents.runtime.agentic-layer.ai'], []],
  ])('%j', (flags, rows) => {
    expect(rowsWith(...flags)).toEqual(rows);
  });

  it('and what is reported', () => {
    expect(table([AGENT, bad])).toMatchObject({ code: 1, stderr: expect.stringContaining('spec.zzz') });
    expect(table([AGENT, bad], '-n', 'n')).toMatchObject({ code: 0, stderr: '' });
    expect(table([MODEL, bad], '--kind', 'ModelAPI')).toMatchObject({ code: 0, stderr: '' });
    expect(table([AGENT, bad], '-n', 'bad')).toMatchObject({ code: 1 });
  });

  it('and documents without a namespace are in the selected one, or in none', () => {
    const unplaced = { ...bad, metadata: { name: 'c' } };
    const unfit = { ...GATEWAY_CLASS, spec: { controler: 'x' } };
    expect(table([AGENT, unplaced], '-n', 'n').stderr).toContain('Agent n/c: spec.zzz');
    expect(table([AGENT, unfit], '-n', 'n').stderr).toContain('AgentGatewayClass krakend: spec.controler');
    expect(table([AGENT, unfit], '-n', 'n', '--kind', 'Agent')).toMatchObject({ code: 0, stderr: '' });
  });

  it('but not what is in the cluster', () => {
    const agent = {
      ...GATEWAY_CLASS,
      kind: 'Agent',
      metadata: { name: 'news', namespace: 'agents' },
      spec: { exposed: true },
      status: { url: 'http://news.agents.svc.cluster.local:8000/.well-known/agent-card.json' },
    };
    const gateway = {
      ...GATEWAY_CLASS,
      kind: 'AgentGateway',
      metadata: { name: 'g', namespace: 'front' },
      spec: { agentGatewayClassName: 'krakend' },
    };
    const { stdout, stderr } = table([GATEWAY_CLASS, agent, gateway, AGENT], '-n', 'front', '--kind', 'AgentGateway');
    expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining('/agents/news'), stderr: '' });
    expect(stdout).not.toContain('Agent n/a');
  });

  it('and a selection without a document is said', () => {
    expect(table([AGENT], '-n', 'nobody')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'note: nothing to render: no selected document is one of Agent, ModelAPI, MCPServer, AgentGateway\n',
    });
  });

  it.each(['Agnt', 'Service', ''])('a kind that there is not, as %j, is refused', (kind) => {
    const { code, stderr } = table([AGENT], '--kind', kind);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: option '--kind <kind>' argument '${kind}' is invalid. Allowed kinds are Agent, AgentGateway, AgentGatewayClass, MCPServer, ModelAPI.\n`,
    });
  });
});
