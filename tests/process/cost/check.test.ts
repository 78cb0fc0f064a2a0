import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImageFiles, imageFiles } from '../../support/image-files.ts';
import { runNode } from '../../support/run.ts';

const AGENTS = 5000;
const NAMESPACES = 50;
/**
 * Processor time. On a quiet machine it is less than 5 s, but beside other tests it was up to 7.3 s. So the test looks for growth with the
 * square of the number, which took 73 s, and compares with a quarter of the agents in the same run.
 */
const MOST_SECONDS = 15;
const PART = 4;
const MOST_MIB = 500;

/** Prints what the process took, in seconds and MiB, when it ends. */
const REPORT = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write(JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, mib: maxRSS / 1024 })); })",
)}`;

const numbers = Array.from({ length: AGENTS }, (_, number) => number);
const metadata = (number: number) => `{name: agent-${number}, namespace: team-${number % NAMESPACES}}`;

/** KAOS Agents with a model and a peer each. */
const ofKaos = (count: number) => [
  ...numbers.slice(0, NAMESPACES).map(
    (number) => `apiVersion: kaos.tools/v1alpha1
kind: ModelAPI
metadata: {name: llm, namespace: team-${number}}
spec: {mode: Proxy, proxyConfig: {models: [openai/*]}}`,
  ),
  ...numbers.slice(0, count).map(
    (number) => `apiVersion: kaos.tools/v1alpha1
kind: Agent
metadata: ${metadata(number)}
spec:
  modelAPI: llm
  model: openai/gpt
  config: {description: Agent number ${number}, instructions: Answer questions.}
  agentNetwork: {access: [agent-${(number + NAMESPACES) % count}]}`,
  ),
];

/** Agents of the agent runtime behind one gateway. */
const ofRuntime = (count: number) => [
  `apiVersion: runtime.agentic-layer.ai/v1alpha1
kind: AgentGatewayClass
metadata: {name: krakend}
spec: {controller: runtime.agentic-layer.ai/agent-gateway-krakend-controller}`,
  `apiVersion: runtime.agentic-layer.ai/v1alpha1
kind: AgentGateway
metadata: {name: public, namespace: gateways}
spec: {agentGatewayClassName: krakend}`,
  ...numbers.slice(0, count).map(
    (number) => `apiVersion: runtime.agentic-layer.ai/v1alpha1
kind: Agent
metadata: ${metadata(number)}
spec: {exposed: true, framework: google-adk, protocols: [{type: A2A}]}
status: {url: "http://agent-${number}.team-${number % NAMESPACES}.svc.cluster.local:8000/.well-known/agent-card.json"}`,
  ),
];

describe(`check of ${AGENTS} agents takes less than ${MOST_MIB} MiB, and a time that grows with their number`, () => {
  let image: ImageFiles;
  let folder: string;
  beforeAll(async () => {
    image = await imageFiles();
    folder = mkdtempSync(path.join(tmpdir(), 'check-cost-'));
  }, 120_000);
  afterAll(() => {
    image?.remove();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['KAOS', ofKaos],
    ['the agent runtime', ofRuntime],
  ])(
    'of %s',
    async (_name, documentsOf) => {
      const part = await run(documentsOf(AGENTS / PART));
      const all = await run(documentsOf(AGENTS));
      expect(all.seconds).toBeLessThan(MOST_SECONDS);
      expect(all.seconds).toBeLessThan(part.seconds * PART * 1.5);
      expect(all.mib).toBeLessThan(MOST_MIB);
    },
    120_000,
  );

  async function run(documents: readonly string[]): Promise<{ readonly seconds: number; readonly mib: number }> {
    const file = path.join(folder, 'all.yaml');
    writeFileSync(file, documents.join('\n---\n'));
    const program = path.join(image.folder, 'build/agent-gateway-hooks.js');
    const { code, stdout, stderr } = await runNode(['--import', REPORT, program, 'check', file]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${documents.length} objects: 0 errors, 0 warnings\n` });
    return JSON.parse(stderr);
  }
});
