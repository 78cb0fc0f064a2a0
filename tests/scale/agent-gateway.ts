import { type Api, read } from '../cluster/support/api.ts';
import { HAS_KRAKEND, startKrakend } from '../cluster/support/krakend.ts';
import { peakMemory } from '../cluster/support/memory.ts';
import { changeStatus, list } from '../cluster/support/objects.ts';
import type { Manifest } from '../support/helm.ts';
import { filesOf } from '../support/settings-form.ts';
import { createAll } from './collections.ts';
import type { ScaleCase, Size } from './scale-case.ts';

const GATEWAY = agentRuntime('AgentGateway', { namespace: 'agents', name: 'gw' }, {});

/** A2A agents, all of which one gateway exposes. Its Deployment gets a pod, so that a rollout takes its time. */
export const agentGateway: ScaleCase = {
  name: 'agent-gateway',
  values: { 'kaosRoutes.enabled': 'false' },
  workloads: true,
  definitions: () => [],
  players: [],
  before: () => [GATEWAY],
  resources: ({ count, namespaces }) => Array.from({ length: count }, (_, index) => agent(index, namespaces)),
  isDone: servesAll,
  changes: [
    { name: "one agent's address", make: (api) => changeStatus(api, agent(0, 1), { url: urlOf('moved') }) },
    { name: 'one agent more', make: (api) => createAll(api, [agent(-1, 1)]) },
    ...(HAS_KRAKEND ? [{ name: 'KrakenD reads it', make: startWithFiles }] : []),
  ],
};

function agent(index: number, namespaces: number): Manifest {
  const name = index < 0 ? 'one-more' : `agent-${String(index).padStart(5, '0')}`;
  const namespace = `agents-${Math.max(index, 0) % namespaces}`;
  const spec = { exposed: true, framework: 'custom', image: 'example/agent:1' };
  return agentRuntime('Agent', { namespace, name }, { spec, status: { url: urlOf(`${name}.${namespace}`) } });
}

function urlOf(host: string): string {
  return `http://${host}.svc.cluster.local:8000/.well-known/agent-card.json`;
}

function agentRuntime(kind: string, metadata: Manifest['metadata'], fields: object): Manifest {
  return { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', kind, metadata, spec: {}, ...fields };
}

/** Whether the gateway says that so many agents are in use. */
async function servesAll(api: Api, { count }: Size): Promise<boolean> {
  const { conditions = [] } = ((await read(api, GATEWAY))?.['status'] ?? {}) as Status;
  const programmed = conditions.find(({ type, status }) => type === 'Programmed' && status === 'True');
  const [, served = '0'] = / (\d+) agents? in /.exec(programmed?.message ?? '') ?? [];
  return Number(served) >= count;
}

interface Status {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
}

/** Starts a real KrakenD with what the ConfigMaps of the cluster hold, and says what it takes. */
async function startWithFiles(api: Api): Promise<void> {
  const children = [...(await list(api, 'v1', 'configmaps')), ...(await list(api, 'apps/v1', 'deployments'))].filter(
    ({ metadata }) => metadata.namespace === GATEWAY.metadata.namespace,
  );
  const { files } = filesOf(children);
  const start = Date.now();
  const krakend = await startKrakend(files ?? '');
  try {
    const { data } = (await (await fetch(`${krakend.url}/models`)).json()) as { readonly data: readonly unknown[] };
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    const peak = Math.round(peakMemory(krakend.processId) / 1e6);
    const from = `${files?.settings.length} settings files`;
    process.stderr.write(
      `KrakenD has ${data.length} models from ${from} after ${seconds} s, with at most ${peak} MB\n`,
    );
  } finally {
    await krakend.running.stop();
  }
}
