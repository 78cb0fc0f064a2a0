import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read, remove, type Stored } from './support/api.ts';
import { type Write, writesOf } from './support/audit.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { inParallel } from './support/in-parallel.ts';
import {
  DEFAULT_FLAGS,
  ENGINE_USER,
  RECOMMENDED_FLAGS,
  STRATEGIES,
  withMetacontroller,
} from './support/metacontroller.ts';
import { applyWithStatus, create, list, makeNamespaces } from './support/objects.ts';
import { settle } from './support/settled.ts';

const RESOURCES = 500;
const EXPOSED_AGENTS = 200;
/** The time in which agents are created if not all at once. */
const SECONDS = 60;
const AT_A_TIME = 50;
const PATIENCE = { timeout: 600_000, interval: 1000 };

const FLAGS = [
  ['recommended', RECOMMENDED_FLAGS],
  ['default', DEFAULT_FLAGS],
] as const;
const ALL = STRATEGIES.flatMap((strategy) => FLAGS.map(([name, flags]) => ({ strategy, name, flags })));
/** All cases take a quarter of an hour, so they run only with CONVERGENCE=all. */
const CASES = process.env['CONVERGENCE'] === 'all' ? ALL : ALL.slice(0, 1);

const PARENTS = ['agents', 'agents/status', 'modelapis', 'mcpservers'];
const GATEWAY = agenticLayer('AgentGateway', 'gw', { spec: { agentGatewayClassName: 'krakend', replicas: 1 } });
const DEPLOYMENT = { ...GATEWAY, apiVersion: 'apps/v1', kind: 'Deployment' };

const table = [
  ['apply strategy', 'flags', 'what', 'made in', 'all there after', 'hook calls', 'writes', 'rollouts'],
  ['---', '---', '---', '---:', '---:', '---:', '---:', '---:'],
];

withMetacontroller.describe.for(CASES)(
  'Metacontroller with $strategy and $name flags',
  { timeout: 1_200_000 },
  ({ strategy, name, flags }) => {
    let engine: Engine;
    const api = () => engine.cluster.api;

    beforeAll(async () => {
      engine = await startEngine(strategy, { flags });
      await makeNamespaces(api(), ['kaos', 'agents', 'later']);
      await applyWithStatus(api(), [GATEWAY]);
      await vi.waitFor(
        async () => expect(await deployment()).toMatchObject({ status: { readyReplicas: 1 } }),
        PATIENCE,
      );
    }, 300_000);
    afterAll(() => engine?.stop());

    it(`writes each route once for ${RESOURCES} KAOS resources that are created at once`, async () => {
      const measure = await measuring();
      await inParallel(kaosResources(), AT_A_TIME, (resource) => create(api(), resource, 'kubectl'));
      await vi.waitFor(async () => {
        expect(await list(api(), 'gateway.networking.k8s.io/v1', 'httproutes')).toHaveLength(RESOURCES);
      }, PATIENCE);
      const { writes } = await measure(`${RESOURCES} KAOS resources at once`, 'httproutes');
      expect(writes).toBe(RESOURCES);
    });

    it(`needs at most 3 rollouts for ${EXPOSED_AGENTS} exposed agents that are created at once`, async () => {
      const measure = await measuring();
      await inParallel(exposedAgents('agents'), AT_A_TIME, (agent) => applyWithStatus(api(), [agent]));
      await vi.waitFor(() => isServed(EXPOSED_AGENTS), PATIENCE);
      const { rollouts } = await measure(`${EXPOSED_AGENTS} exposed agents at once`, 'agentgateways/status');
      expect(rollouts).toBeLessThanOrEqual(3);
    });

    it(`needs at most 8 rollouts for ${EXPOSED_AGENTS} exposed agents that are created in ${SECONDS} s`, async () => {
      // Under dynamic apply a gateway has room for about 230 agents.
      await inParallel(exposedAgents('agents'), AT_A_TIME, (agent) => remove(api(), agent));
      await vi.waitFor(() => isServed(0), PATIENCE);
      const measure = await measuring();
      await inParallel(exposedAgents('later'), 1, async (agent) => {
        await Promise.all([applyWithStatus(api(), [agent]), sleep((SECONDS * 1000) / EXPOSED_AGENTS)]);
      });
      await vi.waitFor(() => isServed(EXPOSED_AGENTS), PATIENCE);
      const { rollouts } = await measure(`${EXPOSED_AGENTS} exposed agents in ${SECONDS} s`, 'agentgateways/status');
      expect(rollouts).toBeLessThanOrEqual(8);
    });

    async function deployment(): Promise<Stored> {
      return (await read(api(), DEPLOYMENT)) as Stored;
    }

    /** The revision of the gateway's Deployment, which counts its pod templates. */
    async function templates(): Promise<number> {
      return Number((await deployment()).metadata.annotations?.['deployment.kubernetes.io/revision']);
    }

    async function isServed(count: number): Promise<void> {
      const configMap = {
        ...GATEWAY,
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { ...GATEWAY.metadata, name: 'gw-krakend-config' },
      };
      const text = JSON.stringify((await read(api(), configMap))?.['data']);
      expect(text.split('model_id').length - 1).toBe(count);
      expect(await read(api(), GATEWAY)).toMatchObject({
        status: {
          conditions: expect.arrayContaining([expect.objectContaining({ type: 'Programmed', status: 'True' })]),
        },
      });
    }

    /** Records the current state, and returns a function that adds a row about the changes since then. */
    async function measuring() {
      const before = { ...(await settle(engine)), templates: await templates(), at: Date.now() };
      return async (what: string, resource: string) => {
        const after = await settle(engine);
        const writes = writesSince(ENGINE_USER, before.at);
        const made = writesSince('tests', before.at).filter(({ resource: of }) => PARENTS.includes(of));
        const start = made[0]?.at ?? 0;
        const row = {
          made: seconds(start, made),
          there: seconds(
            start,
            writes.filter((write) => write.resource === resource),
          ),
          calls: total(after.calls) - total(before.calls),
          writes: writes.length,
          rollouts: (await templates()) - before.templates,
        };
        table.push([strategy, name, what, ...Object.values(row).map(String)]);
        return row;
      };
    }

    function writesSince(user: string, at: number): Write[] {
      return writesOf(engine.cluster, user).filter((write) => write.at >= at);
    }
  },
);

afterAll(() => {
  process.stdout.write(`${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
});

function kaosResources(): Manifest[] {
  return Array.from({ length: RESOURCES }, (_, index) => kaosResource(index));
}

/** Three Agents for each ModelAPI and MCPServer. */
function kaosResource(index: number): Manifest {
  const of = (kind: string, spec: object) => ({
    apiVersion: 'kaos.tools/v1alpha1',
    kind,
    metadata: { namespace: 'kaos', name: `resource-${index}` },
    spec,
  });
  switch (index % 5) {
    case 0:
      return of('ModelAPI', { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } });
    case 1:
      return of('MCPServer', { runtime: 'python-string', params: 'def add(a: int, b: int) -> int: return a + b' });
    default:
      return of('Agent', { modelAPI: 'resource-0', model: 'openai/gpt-4o' });
  }
}

function exposedAgents(namespace: string): Manifest[] {
  return Array.from({ length: EXPOSED_AGENTS }, (_, index) => {
    const name = `agent-${index}`;
    const url = `http://${name}.${namespace}.svc.cluster.local:8000/.well-known/agent-card.json`;
    return agenticLayer(
      'Agent',
      name,
      { spec: { exposed: true, framework: 'custom', image: 'example/agent:1' }, status: { url } },
      namespace,
    );
  });
}

function agenticLayer(kind: string, name: string, fields: object, namespace = 'agents'): Manifest {
  return { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', kind, metadata: { namespace, name }, ...fields };
}

function seconds(start: number, writes: readonly Write[]): string {
  return `${(((writes.at(-1)?.at ?? start) - start) / 1000).toFixed(1)} s`;
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
