import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { agentsIn } from '../../controllers/agent-gateway/krakend/krakend-files.ts';
import type { Manifest } from '../support/helm.ts';
import { filesOf, MANY_FILES } from '../support/settings-form.ts';
import { read, remove, type Stored } from './support/api.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { GO_OPERATOR, operatorsGateway } from './support/go-operators.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, create, list } from './support/objects.ts';

const PATIENCE = { timeout: 90_000, interval: 500 };
const ANNOTATION = 'metacontroller.k8s.io/decorator-controller';
const NOTHING = { 'kaosRoutes.enabled': 'false', 'gatewayAPI.enabled': 'false', 'agentGateway.enabled': 'false' };
const GROUP = 'runtime.agentic-layer.ai/v1alpha1';

const gateway = (name: string): Manifest => ({
  apiVersion: GROUP,
  kind: 'AgentGateway',
  metadata: { namespace: 'team', name },
  spec: { agentGatewayClassName: 'krakend', replicas: 1 },
});
const CROWD = Array.from({ length: 60 }, (_, index) => agent(`agent-${index}`));

withMetacontroller.describe.for(STRATEGIES)('settings files, under %s', { timeout: 400_000 }, (strategy) => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const stored = async (of: Manifest) => (await read(api(), of)) as Stored;
  const children = async (name: string) => {
    const own = await Promise.all([list(api(), 'v1', 'configmaps'), list(api(), 'apps/v1', 'deployments')]);
    return own.flat().filter(({ metadata }) => metadata.name === name || metadata.name.startsWith(`${name}-`));
  };
  /** Waits until the pods of a gateway read so many agents from so many ConfigMaps, and nothing else is left. */
  const settled = (name: string, agents: number, configMaps: number) =>
    vi.waitFor(async () => {
      const all = await children(name);
      const { files } = filesOf(all, name);
      const complaints = engine
        .log()
        .split('\n')
        .filter((line) => line.includes(' is invalid'));
      expect((files && agentsIn(files))?.length, complaints.at(-1)).toBe(agents);
      expect(all.filter(({ kind }) => kind === 'ConfigMap')).toHaveLength(configMaps);
      const [deployment] = all.filter(({ kind }) => kind === 'Deployment');
      expect(deployment?.['status']).toMatchObject({ updatedReplicas: 1, replicas: 1, availableReplicas: 1 });
    }, PATIENCE);

  beforeAll(async () => {
    engine = await startEngine(strategy, { values: NOTHING });
    await applyWithStatus(api(), [agent('first'), gateway('gw'), gateway('old')]);
    for (const child of operatorsGateway(await stored(gateway('old')), [])) {
      const made = await create(api(), child, GO_OPERATOR);
      await change(api(), made, { metadata: { annotations: { [ANNOTATION]: 'agent-gateway' } } });
    }
    await engine.deploy({}, MANY_FILES);
  }, 300_000);
  afterAll(() => engine?.stop());

  it('are made again if somebody makes them immutable with another text', async () => {
    await settled('gw', 1, 1);
    const [configMap] = (await children('gw')).filter(({ kind }) => kind === 'ConfigMap');
    const made = await change(api(), configMap as Stored, { immutable: true, data: { 'krakend.json': '{}' } });
    await settled('gw', 1, 1);
    const [again] = (await children('gw')).filter(({ kind }) => kind === 'ConfigMap');
    expect(again?.metadata.uid).not.toBe(made.metadata.uid);
    expect(again?.['immutable']).toBeUndefined();
  });

  it.for(['gw', 'old'])('come when the agents of %s need them, and go when they do not', async (name) => {
    await settled(name, 1, 1);
    await applyWithStatus(api(), CROWD);
    await settled(name, 61, 2);
    await Promise.all(CROWD.map((each) => remove(api(), each)));
    await settled(name, 1, 1);
  });
});

function agent(name: string): Manifest {
  const url = `http://${name}.team.svc.cluster.local:8000/.well-known/agent-card.json`;
  return {
    apiVersion: GROUP,
    kind: 'Agent',
    metadata: { namespace: 'team', name },
    spec: { exposed: true, framework: 'google-adk', image: 'example/agent:1', protocols: [{ type: 'A2A' }] },
    status: { url },
  } as unknown as Manifest;
}
