import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENT, firstCells, MODEL, renderFiles, renderStdin, table } from './support/rendering.ts';

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
    expect({ code, stderr: stderr.replace(/:\d+:\d+: /, ': ') }).toEqual({
      code: 1,
      stderr:
        'error: standard input: is a Helm template that was not rendered; render its chart first: helm template CHART | agent-gateway-hooks render -\n',
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
    expect(stderr).toBe('note: standard input:1:1: ignored, because it has no kind\n');
    expect({ code, rows: firstCells(stdout) }).toEqual({ code: 0, rows: ['Agent n/a'] });
  });
});

describe('a kind or a version that was meant to be ours is an error', () => {
  const ours = '"AccessGrant", "Agent", "MCPServer", "MemoryStore", "ModelAPI"';
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
      stderr: `error: standard input:1:1: ${object.kind} n/a: ${text}\n`,
    });
  });

  it.each([
    [{ kind: 'ThirdPartyService' }],
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
    firstCells(renderFiles('-o', 'table', ...args).stdout).map((name) => name.slice(17));

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
    expect(renderFiles(path.join(folder, 'all')).stderr).toContain(`note: ${values}:1:1: ignored`);
    expect(renderFiles('--ignore', 'values.yaml', path.join(folder, 'all')).stderr).toBe('');
    expect(renderFiles('--ignore', 'values.yaml', values, path.join(folder, 'all/a.yaml')).stderr).toBe('');
  });
});
