import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENT, MODEL, renderCommand, renderFiles, renderStdin } from './support/rendering.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'render-exit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const AGENTIC = 'runtime.agentic-layer.ai/v1alpha1';
const CLASS = {
  apiVersion: AGENTIC,
  kind: 'AgentGatewayClass',
  metadata: { name: 'krakend' },
  spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
};
const gatewayOf = (spec: object, name = 'g') => ({
  apiVersion: AGENTIC,
  kind: 'AgentGateway',
  metadata: { name, namespace: 'agents' },
  spec,
});
const HOSTED = { ...MODEL, spec: { mode: 'Hosted', hostedConfig: { model: 'm' } } };
const withTimeout = (timeout: string) => ({ ...AGENT, spec: { ...AGENT.spec, gatewayRoute: { timeout } } });

/** The exit code without and with --strict, and the first word of each line on standard error. */
function outcome(documents: readonly unknown[], ...flags: readonly string[]) {
  const { code, stderr } = renderStdin(documents, ...flags);
  const levels = stderr.split('\n').flatMap((line) => (line === '' ? [] : [line.split(':')[0]]));
  return { code, strict: renderStdin(documents, '--strict', ...flags).code, levels };
}

describe('render exits with 1', () => {
  it.each([
    ['an unknown field', { ...AGENT, spec: { ...AGENT.spec, agentNetwrk: { expose: false } } }],
    ['a version that is not served', { ...AGENT, apiVersion: 'kaos.tools/v1beta1' }],
    ['a misspelt kind', { ...AGENT, kind: 'agent' }],
    ['a value that the API server refuses', withTimeout('5min')],
    ['text that is not YAML', 'a: [1'],
  ])('for %s, with or without --strict', (_what, document) => {
    expect(outcome([document])).toEqual({ code: 1, strict: 1, levels: ['error'] });
  });

  it.each([
    ['a problem', [{ ...HOSTED, spec: { ...HOSTED.spec, gatewayRoute: { timeout: '100000s' } } }], ['problem']],
    ['a phase Failed', [{ ...MODEL, spec: { mode: 'Proxy' } }], ['problem']],
    ['a misspelt class', [CLASS, gatewayOf({ agentGatewayClassName: 'krakedn' })], ['problem']],
    [
      'an annotation without effect',
      [{ ...HOSTED, metadata: { name: 'm', annotations: { 'agent-gateway-hooks/x': '' } } }],
      ['problem'],
    ],
    ['a document that no controller reads', [HOSTED, { ...AGENT, apiVersion: 'v1', kind: 'Pod' }], ['note']],
    ['a document without a kind', [HOSTED, 'a: 1'], ['note']],
    ['no document', ['# nothing'], ['note']],
    ['no resource', [CLASS], ['note']],
  ])('for %s only with --strict', (_what, documents, levels) => {
    expect(outcome(documents, '--kaos-runtime')).toEqual({ code: 0, strict: 1, levels });
  });

  it.each([
    ['an empty file', 'empty.yaml', ''],
    ['a file with comments alone', 'comments.yaml', '# a\n---\n# b\n'],
    ['an empty list', 'list.json', '{"apiVersion": "v1", "kind": "List", "items": []}'],
  ])('for %s only with --strict', (_what, name, text) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    const stderr = `note: ${file}: ignored, because it has no documents\n`;
    expect(renderFiles(file)).toEqual({ code: 0, stdout: '', stderr });
    expect(renderFiles('--strict', file)).toMatchObject({ code: 1, stderr });
  });

  it('for an empty folder only with --strict', () => {
    const empty = mkdtempSync(path.join(folder, 'empty-'));
    expect(renderFiles(empty).code).toBe(0);
    expect(renderFiles('--strict', empty).code).toBe(1);
  });

  it('but with 0 under --strict if there is nothing to remark', () => {
    const hidden = { ...AGENT, spec: { ...AGENT.spec, agentNetwork: { expose: false } } };
    expect(outcome([AGENT, MODEL])).toEqual({ code: 0, strict: 0, levels: [] });
    expect(outcome([hidden])).toEqual({ code: 0, strict: 0, levels: [] });
    expect(outcome([CLASS, gatewayOf({ agentGatewayClassName: 'krakend' })])).toEqual({
      code: 0,
      strict: 0,
      levels: [],
    });
  });
});

describe('the class of a gateway that this service does not make is told', () => {
  const gatewayProblem = (classes: readonly unknown[], spec: object) =>
    renderStdin([...classes, gatewayOf(spec)]).stderr;
  const misspelt = { ...CLASS, spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-kraken-controller' } };
  const foreign = { ...CLASS, metadata: { name: 'envoy' }, spec: { controller: 'example.com/envoy' } };

  it.each([
    [
      [CLASS],
      { agentGatewayClassName: 'krakedn' },
      'spec.agentGatewayClassName: there is no AgentGatewayClass "krakedn"; did you mean "krakend"?',
    ],
    [
      [CLASS, foreign],
      { agentGatewayClassName: 'zzz' },
      'spec.agentGatewayClassName: there is no AgentGatewayClass "zzz"; expected one of "envoy", "krakend"',
    ],
    [
      [],
      { agentGatewayClassName: 'zzz' },
      'spec.agentGatewayClassName: there is no AgentGatewayClass "zzz"; there is none at all, so make one',
    ],
    [
      [CLASS],
      {},
      'spec.agentGatewayClassName: is not set, and no AgentGatewayClass is the default; set it, or make one the default; expected one of "krakend"',
    ],
    [
      [misspelt],
      { agentGatewayClassName: 'krakend' },
      'AgentGatewayClass "krakend": spec.controller: "runtime.agentic-layer.ai/agent-gateway-kraken-controller" is not this controller; did you mean "runtime.agentic-layer.ai/agent-gateway-krakend-controller"?',
    ],
  ])('%#', (classes, spec, text) => {
    expect(gatewayProblem(classes, spec)).toBe(`problem: AgentGateway agents/g: GatewayProblem: ${text}\n`);
  });

  it('but not a class of another controller', () => {
    expect(gatewayProblem([CLASS, foreign], { agentGatewayClassName: 'envoy' })).toBe('');
  });
});

it('the same problem of an agent is printed once, with the gateways that it concerns', () => {
  const broken = {
    apiVersion: AGENTIC,
    kind: 'Agent',
    metadata: { name: 'broken', namespace: 'n' },
    spec: { exposed: true },
    status: { url: 'http://broken.n.svc.cluster.local:1/.well-known/agent-card.json' },
  };
  const gateways = ['one', 'two'].map((name) => gatewayOf({ agentGatewayClassName: 'krakend' }, name));
  expect(renderStdin([CLASS, broken, ...gateways]).stderr).toBe(
    'problem: Agent n/broken: AgentLeftOut: the port in status.url must be from 10 to 65535 (AgentGateway agents/one, AgentGateway agents/two)\n',
  );
});

describe('an invalid setting has the name under which it was given:', () => {
  const run = (variables: Readonly<Record<string, string>>, ...args: string[]) =>
    renderCommand([...args, '-'], { variables, readInput: () => JSON.stringify(AGENT) });

  it.each<[Record<string, string>, string[], string]>([
    [{}, ['--gateway-name', 'A_B'], 'error: --gateway-name: "A_B" is not valid; expected'],
    [{ GATEWAY_NAME: 'A_B' }, [], 'error: GATEWAY_NAME: "A_B" is not valid; expected'],
    [{ GATEWAY_NAME: 'A_B' }, ['--gateway-namespace', 'C D'], 'error: GATEWAY_NAME: "A_B" is not valid; expected'],
    [{}, ['--gateway-name', 'GATEWAY_NAME'], 'error: --gateway-name: "GATEWAY_NAME" is not valid; expected'],
    [
      {},
      ['--kaos-runtime-limits-cpu', '1m', '--kaos-runtime-requests-cpu', '2m'],
      'error: --kaos-runtime-limits-cpu: "1m" is not valid; expected a whole number, with m for thousandths, such as 500m or 2, at least --kaos-runtime-requests-cpu (2m)',
    ],
    [
      { KAOS_RUNTIME_REQUESTS_CPU: '2m' },
      ['--kaos-runtime-limits-cpu', '1m'],
      'error: --kaos-runtime-limits-cpu: "1m" is not valid; expected a whole number, with m for thousandths, such as 500m or 2, at least KAOS_RUNTIME_REQUESTS_CPU (2m)',
    ],
  ])('%j %j', (variables, args, text) => {
    const { code, stdout, stderr } = run(variables, ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.startsWith(text), stderr).toBe(true);
  });
});
