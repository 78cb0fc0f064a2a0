import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../webhooks/command/command.ts';
import { commandInput, terminalOf } from './support/command-input.ts';
import { ROOT } from './support/run.ts';

const TEAM = `apiVersion: kaos.tools/v1alpha1
kind: ModelAPI
metadata: {name: llm, namespace: team}
spec: {mode: Proxy, proxyConfig: {models: [openai/*]}}
`;
const agent = (name: string, ...spec: readonly string[]) =>
  ['apiVersion: kaos.tools/v1alpha1', 'kind: Agent', `metadata: {name: ${name}, namespace: team}`, 'spec:']
    .concat(spec.map((line) => `  ${line}`))
    .join('\n');
const GOOD = agent('good', 'modelAPI: llm', 'model: openai/x');

function check(text: string, ...flags: readonly string[]) {
  const args = ['check', ...flags.filter((flag) => flag !== 'colours'), '-'];
  const input = commandInput(args, { readInput: () => text });
  return runCommand(flags.includes('colours') ? { ...input, terminal: terminalOf() } : input);
}

interface Found {
  readonly severity: string;
  readonly rule: string;
  readonly object?: string;
  readonly message: string;
  readonly place?: { readonly file: string; readonly line: number; readonly column: number };
}

const findings = (text: string, ...flags: readonly string[]): readonly Found[] =>
  JSON.parse(check(text, '--output', 'json', ...flags).stdout).findings;

/** `rule at the text that the place points to`, for each finding. */
const found = (text: string, ...flags: readonly string[]) =>
  findings(text, ...flags).map(({ rule, place }) => {
    const line = text.split('\n')[(place?.line ?? 0) - 1] ?? '';
    const [word = ''] = /^[\w./-]*/.exec(line.slice((place?.column ?? 1) - 1)) ?? [];
    return `${rule} at ${word}`;
  });

describe('check prints one line for each finding', () => {
  const forged = 'x\n::error::forged\u001b[31m';

  it.each(['text', 'github'])('as %s, whatever a document calls its kind', (output) => {
    const { stdout } = check(JSON.stringify({ apiVersion: 'v1', kind: forged, metadata: { name: 'z' } }), '-o', output);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\n::error::forged');
    expect(stdout).toContain('ignored, because no controller reads');
  });

  it.each(['text', 'github'])('as %s, whatever a file is called', (output) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'check-names-'));
    writeFileSync(path.join(folder, `${forged}.yaml`), agent('a', 'modelAPI: 3', 'model: x'));
    const { code, stdout } = runCommand(commandInput(['check', '-o', output, folder]));
    rmSync(folder, { recursive: true });
    expect(code).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\n::error::forged');
    expect(stdout).toContain('spec.modelAPI: is a number');
  });
});

describe('check finds', () => {
  it('nothing in good documents', () => {
    expect(check(`${TEAM}---\n${GOOD}`)).toEqual({ code: 0, stdout: '2 objects: 0 errors, 0 warnings\n', stderr: '' });
  });

  it.each<[string, string, readonly string[], (readonly string[])?]>([
    [
      'an unknown field',
      agent('a', 'modelAPI: llm', 'model: openai/x', 'agentNetwrk: {expose: false}'),
      ['InvalidField at agentNetwrk'],
    ],
    [
      'a field in a list',
      agent('a', 'modelAPI: llm', 'model: openai/x', 'container:', '  env:', '    - name: A', '      vale: b'),
      ['InvalidField at vale'],
    ],
    [
      'a refused value',
      agent('a', 'modelAPI: llm', 'model: openai/x', 'gatewayRoute: {timeout: 5min}'),
      ['InvalidField at timeout'],
    ],
    ['a missing field, at its parent', agent('a', 'modelAPI: llm', 'config: {}'), ['InvalidField at spec']],
    ['an unknown model API', agent('a', 'modelAPI: lm', 'model: openai/x'), ['RefNotFound at lm']],
    [
      'a model that the API does not list',
      agent('a', 'modelAPI: llm', 'model: mistral/x'),
      ['ModelNotSupported at model'],
    ],
    [
      'unknown servers and peers',
      agent('a', 'modelAPI: llm', 'model: openai/x', 'mcpServers: [calc]', 'agentNetwork: {access: [peer]}'),
      ['RefNotFound at calc', 'RefNotFound at peer'],
    ],
    [
      'a timeout that is not valid',
      agent('a', 'modelAPI: llm', 'model: openai/x', 'gatewayRoute: {timeout: 100000s}'),
      ['InvalidTimeout at timeout'],
    ],
    [
      'an annotation without effect',
      agent('a', 'modelAPI: llm', 'model: openai/x').replace(
        'namespace: team',
        'namespace: team, annotations: {agent-gateway-hooks/x: ""}',
      ),
      ['UnknownAnnotation at agent-gateway-hooks/x'],
    ],
    [
      'a missing class',
      'apiVersion: runtime.agentic-layer.ai/v1alpha1\nkind: AgentGateway\nmetadata: {name: g, namespace: team}\nspec: {agentGatewayClassName: krakedn}',
      ['GatewayProblem at agentGatewayClassName'],
    ],
    [
      'a misspelt kind',
      'apiVersion: kaos.tools/v1alpha1\nkind: agent\nmetadata: {name: a}',
      ['InvalidDocument at apiVersion'],
    ],
    ['text that is not YAML', 'kind: [1', ['InvalidDocument at ']],
    [
      'the same reference with the KAOS runtime on',
      agent('a', 'modelAPI: lm', 'model: openai/x'),
      ['RuntimeProblem at apiVersion'],
      ['--kaos-runtime'],
    ],
  ])('%s', (_what, document, expected, flags = []) => {
    expect(found(`${TEAM}---\n${GOOD}\n---\n${document}`, ...flags)).toEqual(expected);
    expect(check(`${TEAM}---\n${document}`, '--strict', ...flags).code).toBe(1);
  });

  it('a reference to nothing, which is an error only if a similar name was meant', () => {
    const severities = (modelApi: string) =>
      findings(`${TEAM}---\n${agent('a', `modelAPI: ${modelApi}`, 'model: openai/x')}`).map(
        ({ severity, message }) => `${severity}: ${message}`,
      );
    expect(severities('lm')).toEqual(['error: ModelAPI lm not found; did you mean "llm"?']);
    expect(severities('other')).toEqual(['warning: ModelAPI other not found']);
  });

  it('two resources that make the same object', () => {
    const gateway = (name: string) => `apiVersion: runtime.agentic-layer.ai/v1alpha1
kind: AgentGateway
metadata:
  name: ${name}
  namespace: team
  annotations: {agent-gateway-hooks/hostnames: a.example.com}
spec: {agentGatewayClassName: krakend}`;
    const krakend = `apiVersion: runtime.agentic-layer.ai/v1alpha1
kind: AgentGatewayClass
metadata: {name: krakend}
spec: {controller: runtime.agentic-layer.ai/agent-gateway-krakend-controller}`;
    const text = [TEAM.trim(), GOOD, krakend, gateway('agent-good')].join('\n---\n');
    const clash = findings(text).find(({ rule }) => rule === 'NameClash');
    expect(clash?.message).toBe(
      'makes HTTPRoute team/agent-good, as Agent team/good in standard input, document 2 does; rename one of them',
    );
    expect(clash?.object).toBe('AgentGateway team/agent-good');
    expect(found(text)).toContain('NameClash at name');
    const paths = [krakend, gateway('one'), gateway('two')].join('\n---\n');
    const shared = findings(paths).find(({ rule }) => rule === 'PathClash');
    expect(shared?.message).toMatch(
      /^makes a route for PathPrefix a\.example\.com\/ at .*; remove the host name from one/,
    );
    expect(found(paths)).toContain('PathClash at agent-gateway-hooks/hostnames');
  });

  it('an access demand that no gateway can meet', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'check-'));
    const rules = path.join(folder, 'rules.yaml');
    writeFileSync(
      rules,
      'rules: [{match: {namespaces: [team]}, jwt: {issuer: "https://login.example.com/", jwksUri: "https://login.example.com/jwks.json", audiences: [agents]}}]',
    );
    const withheld = found(`${TEAM}---\n${GOOD}`, '--access-rules-file', rules).filter((one) =>
      one.startsWith('AccessWithheld'),
    );
    expect(withheld).toHaveLength(2);
    rmSync(folder, { recursive: true });
  });

  it('places in lists of objects and in JSON', () => {
    const bad = {
      apiVersion: 'kaos.tools/v1alpha1',
      kind: 'Agent',
      metadata: { name: 'a' },
      spec: { modelAPI: 'm', model: 'm', zzz: 1 },
    };
    const list = JSON.stringify(
      { apiVersion: 'v1', kind: 'List', items: [bad, { ...bad, metadata: { name: 'b' } }] },
      undefined,
      1,
    );
    const lines = findings(list)
      .filter(({ rule }) => rule === 'InvalidField')
      .map(({ place }) => list.split('\n')[(place?.line ?? 0) - 1]?.trim());
    expect(lines).toEqual(['"zzz": 1', '"zzz": 1']);
    const stream = [bad, { ...bad, metadata: { name: 'b' } }]
      .map((one) => JSON.stringify(one, undefined, 1))
      .join('\n');
    const inStream = findings(stream)
      .filter(({ rule }) => rule === 'InvalidField')
      .map(({ place }) => place?.line);
    expect(inStream).toEqual(stream.split('\n').flatMap((line, index) => (line.includes('zzz') ? [index + 1] : [])));
  });
});

describe('the formats of check', () => {
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(ROOT, '.check-'));
    file = path.relative(process.cwd(), path.join(folder, 'a team,x.yaml'));
    writeFileSync(file, `${TEAM}---\n${agent('a', 'modelAPI: llm', 'model: openai/x', 'zzz: "100%"')}\n`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...args: readonly string[]) =>
    runCommand(commandInput(['check', ...args, file], { terminal: terminalOf(80) }));

  it.each([
    ['one after another, as jq prints them', '\n'],
    ['with separators', '\n---\n'],
    ['with empty lines between', '\n\n\n'],
  ])('places in JSON documents %s are those of the file', (_how, between) => {
    const document = (name: string) =>
      JSON.stringify(
        {
          apiVersion: 'kaos.tools/v1alpha1',
          kind: 'ModelAPI',
          metadata: { name, namespace: 'team' },
          spec: { mode: 'Hosted', zzz: 1 },
        },
        null,
        2,
      );
    const text = ['a', 'b', 'c'].map(document).join(between);
    const lines = text.split('\n').flatMap((line, index) => (line.includes('zzz') ? [index + 1] : []));
    const { findings } = JSON.parse(check(text, '-o', 'json').stdout);
    expect(findings.map(({ place }: Found) => [place?.line, place?.column])).toEqual(lines.map((line) => [line, 5]));
  });

  it('text has a link to the field, the object, what to do and the rule', () => {
    expect(run().stdout).toMatch(
      /:12:3: \S+error\S+: Agent team\/a: spec\.zzz: is not a field, so it has no effect; the fields of spec are .* \(InvalidField\)\n2 objects: 1 error, 0 warnings\n$/,
    );
  });

  it('github escapes what ends a property', () => {
    const escaped = file.replace(',', '%2C');
    expect(
      run('--output', 'github').stdout.startsWith(
        `::error file=${escaped},line=12,col=3,title=InvalidField::Agent team/a: spec.zzz: `,
      ),
    ).toBe(true);
  });

  it('sarif has what its specification requires, and names each rule', () => {
    const log = JSON.parse(run('--output', 'sarif').stdout);
    // What the specification requires of what is written: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    expect(log).toMatchObject({ $schema: expect.stringMatching(/sarif-schema-2\.1\.0\.json$/), version: '2.1.0' });
    expect(log.runs).toEqual([
      {
        tool: { driver: { name: 'agent-gateway-hooks', version: expect.any(String), rules: expect.any(Array) } },
        columnKind: 'utf16CodeUnits',
        results: expect.any(Array),
      },
    ]);
    for (const result of log.runs[0].results) {
      expect(result).toEqual({
        ...{
          ruleId: expect.any(String),
          ruleIndex: expect.any(Number),
          level: expect.stringMatching(/^(error|warning|note)$/),
        },
        ...{ message: { text: expect.any(String) }, locations: expect.any(Array) },
      });
    }
    const [{ tool, results }] = log.runs;
    expect(results).toHaveLength(1);
    expect(tool.driver.rules[results[0].ruleIndex].id).toBe('InvalidField');
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: 12, startColumn: 3 },
    });
  });

  it('a file that cannot be read, and input that is passed over', () => {
    expect(check('', '--output', 'json', 'nothing.yaml').code).toBe(1);
    expect(JSON.parse(check(TEAM, '--output', 'json', 'nothing.yaml').stdout).findings).toEqual([
      {
        severity: 'error',
        rule: 'InvalidDocument',
        message: expect.stringMatching(/^nothing.yaml: does not exist/),
      },
    ]);
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}';
    expect(findings(`${TEAM}---\n${pod}`)).toMatchObject([{ severity: 'note', rule: 'Ignored' }]);
    expect([check(pod).code, check(pod, '--strict').code]).toEqual([0, 1]);
  });
});
