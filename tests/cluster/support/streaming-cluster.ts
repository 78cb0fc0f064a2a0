import { expect, vi } from 'vitest';
import { GATEWAY_CLASS_OBJECT, installChart } from '../../local-cluster/chart.ts';
import { type LocalCluster, startLocalCluster } from '../../local-cluster/local-cluster.ts';
import { workloadOf } from '../../playground/examples.ts';
import type { Manifest } from '../../support/helm.ts';
import { exampleObjects } from './answers.ts';
import { mustApply, read } from './api.ts';
import { applyWithStatus } from './objects.ts';
import { freePort } from './processes.ts';

/** A cluster with the examples of `streaming/`: their agents run, and one address leads to them. */
export interface StreamingCluster {
  readonly cluster: LocalCluster;
  /** The address at the Gateway: `http://localhost:<port>`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The host name of this machine, in place of the example's. */
const HOST = 'localhost';
const EXAMPLE_HOST = 'agents.example.com';

const VALUES = { 'agentRoutes.enabled': true, 'agentRoutes.hostnames': `{${HOST},${EXAMPLE_HOST}}` };

/** Installs the chart and applies the examples. Returns once KrakenD serves the agents, and each agent answers at the Gateway. */
export async function startStreamingCluster(): Promise<StreamingCluster> {
  const said: string[] = [];
  const cluster = await startLocalCluster((line) => said.push(line));
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  try {
    await cluster.serveGateway(port);
    await mustApply(cluster.api, [GATEWAY_CLASS_OBJECT]);
    await cluster.installEngine();
    await installChart(cluster, { gatewayPort: port, values: VALUES });
    const [gateway, ...others] = EXAMPLES;
    await applyWithStatus(cluster.api, [gateway, ...others]);
    const agents = EXAMPLES.filter(({ kind }) => kind === 'Agent');
    await mustApply(cluster.api, agents.flatMap(workloadOf));
    await until(() => isProgrammed(cluster, gateway));
    await Promise.all(agents.map(({ metadata }) => until(() => isServed(`${url}/agents/${metadata.name}`))));
    return { cluster, url, stop: cluster.stop };
  } catch (error) {
    await cluster.stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${said.join('\n')}`);
  }
}

const EXAMPLES = ['examples/streaming/gateway.yaml', 'examples/streaming/agents.yaml']
  .flatMap(exampleObjects)
  .filter(({ kind }) => kind !== 'AgentGatewayClass')
  .map(atThisMachine) as [Manifest, ...Manifest[]];

function atThisMachine(object: Manifest): Manifest {
  return JSON.parse(JSON.stringify(object).replaceAll(EXAMPLE_HOST, HOST));
}

interface Status {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

async function isProgrammed({ api }: LocalCluster, gateway: Manifest): Promise<boolean> {
  const { conditions = [] } = ((await read(api, gateway))?.['status'] ?? {}) as Status;
  return conditions.some(({ type, status }) => type === 'Programmed' && status === 'True');
}

/** Whether KrakenD has an agent's card, and the agent answers. */
async function isServed(url: string): Promise<boolean> {
  return (await fetch(`${url}/.well-known/agent-card.json`)).ok && (await answers(url));
}

/** Whether an agent answers a call in the form of A2A 0.3, with a result or an error of JSON-RPC. */
export async function answers(url: string): Promise<boolean> {
  const body = { jsonrpc: '2.0', id: 1, method: 'message/send', params: {} };
  const response = await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
  return response.status === 200 && 'jsonrpc' in ((await response.json()) as object);
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PATIENCE_MS = 180_000;

/** Repeats a check until it holds. An error counts as no. */
export function until(check: () => Promise<boolean>, interval = 50): Promise<void> {
  return vi.waitFor(async () => expect(await check(), `${check}`).toBe(true), { timeout: PATIENCE_MS, interval });
}
