import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { call, mustApply, pathOf, read, type Stored } from './support/api.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { GO_OPERATOR, operatorsGateway, operatorsRoute } from './support/go-operators.ts';
import { STRATEGIES, type Strategy, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, create } from './support/objects.ts';
import { settle } from './support/settled.ts';

const PATIENCE = { timeout: 120_000, interval: 250 };
const VARIABLES = ['FIRST', 'SECOND', 'THIRD'].map((name) => ({ name, value: 'x' }));
const [FIRST, SECOND] = VARIABLES;

/** The KAOS operator leaves this timeout out of its route. */
const AGENT = object('kaos.tools/v1alpha1', 'Agent', 'lead', {
  modelAPI: 'llm',
  model: 'openai/gpt-4o',
  gatewayRoute: { timeout: '0s' },
});
const GATEWAY = object('runtime.agentic-layer.ai/v1alpha1', 'AgentGateway', 'gw', {
  agentGatewayClassName: 'krakend',
  replicas: 1,
  env: VARIABLES,
});

const NOTHING = { 'kaosRoutes.enabled': 'false', 'gatewayAPI.enabled': 'false', 'agentGateway.enabled': 'false' };

/** Metacontroller marks its children with this annotation; under dynamic apply it takes over objects that have it. */
const ANNOTATION = 'metacontroller.k8s.io/decorator-controller';

withMetacontroller.describe.for(STRATEGIES)(
  'children of the Go operators, under %s',
  { timeout: 300_000 },
  (strategy) => {
    let engine: Engine;
    let before: readonly Stored[];
    const api = () => engine.cluster.api;
    const stored = async (of: Manifest) => (await read(api(), of)) as Stored;
    const all = () => Promise.all(before.map(stored));
    const deployment = async () => (await all()).find(({ kind }) => kind === 'Deployment') as Stored;
    const variables = async () => variablesOf(await deployment());

    beforeAll(async () => {
      engine = await startEngine(strategy, { values: NOTHING });
      await applyWithStatus(api(), [AGENT, GATEWAY]);
      const made = [...operatorsGateway(await stored(GATEWAY), VARIABLES), operatorsRoute(await stored(AGENT))];
      before = await Promise.all(made.map((child) => create(api(), child, GO_OPERATOR)));
    }, 300_000);
    afterAll(() => engine?.stop());

    if (strategy === 'dynamic-apply') {
      it('stay unchanged until they are annotated', async () => {
        await engine.deploy();
        const { calls } = await settle(engine);
        expect(calls).toMatchObject({ 'kaos-routes sync 200': 1, 'agent-gateway sync 200': expect.any(Number) });
        expect((await all()).map(contentOf)).toEqual(before.map(contentOf));
        for (const child of before) {
          await change(api(), child, { metadata: { annotations: { [ANNOTATION]: controllerOf(child) } } });
        }
      });
    }

    it('are taken over in place', async () => {
      if (strategy === 'server-side-apply') {
        await engine.deploy();
      }
      await vi.waitFor(async () => {
        const now = await all();
        expect(now.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
        expect(now.map((child) => JSON.stringify(child))).toEqual(marks(strategy));
      }, PATIENCE);
    });

    it('get later changes', async () => {
      await change(api(), AGENT, { spec: { gatewayRoute: { timeout: '77s' } } });
      await change(api(), GATEWAY, { spec: { replicas: 2 } });
      await vi.waitFor(async () => {
        const now = JSON.stringify(await all());
        expect(now).toContain('"timeouts":{"request":"77s"}');
        expect(await deployment()).toMatchObject({ spec: { replicas: 2 }, status: { readyReplicas: 2 } });
      }, PATIENCE);
    });

    if (strategy === 'server-side-apply') {
      it('keep removed variables while the old operator is in managedFields', async () => {
        await change(api(), GATEWAY, { spec: { env: [FIRST, SECOND] } });
        await settle(engine);
        expect(await variables()).toEqual(expect.arrayContaining(['FIRST', 'SECOND', 'THIRD']));
      });
    }

    it('lose removed variables, under server-side apply once the old operator is not in managedFields', async () => {
      if (strategy === 'server-side-apply') {
        await dropOwner(await deployment());
      }
      await change(api(), GATEWAY, { spec: { env: [FIRST] } });
      await vi.waitFor(async () => expect(await variables()).not.toContain('SECOND'), PATIENCE);
      expect(await variables()).toContain('FIRST');
    });

    it('do not replace a foreign Service that has the name of a gateway, and the gateway reports it', async () => {
      const service = foreignService('taken');
      const gateway = { ...GATEWAY, metadata: { namespace: 'team', name: 'taken' } };
      const foreign = await create(api(), service, 'kubectl-create');
      await mustApply(api(), [gateway]);
      await vi.waitFor(async () => {
        expect(await stored(gateway)).toMatchObject({
          status: { conditions: [{ type: 'Accepted', status: 'False', reason: 'NameConflict' }] },
        });
      }, PATIENCE);
      await sleep(2000);
      expect(await stored(service)).toEqual(foreign);
      expect(await read(api(), { ...gateway, apiVersion: 'apps/v1', kind: 'Deployment' })).toBeUndefined();
    });

    /** Removes the old operator from managedFields as docs/migration.md says. */
    async function dropOwner(child: Stored): Promise<void> {
      const index = (child.metadata.managedFields ?? []).findIndex(({ manager }) => manager === GO_OPERATOR);
      const path = `/metadata/managedFields/${index}`;
      const body = [
        { op: 'test', path: `${path}/manager`, value: GO_OPERATOR },
        { op: 'remove', path },
      ];
      const contentType = 'application/json-patch+json';
      const { status } = await call(api(), 'PATCH', await pathOf(api(), child), { body, contentType });
      expect(status).toBe(200);
    }
  },
);

/** Texts that only our controllers write into ConfigMap, Deployment, Service and HTTPRoute. */
function marks(strategy: Strategy): unknown[] {
  const service = strategy === 'dynamic-apply' ? 'last-applied-configuration' : '"manager":"metacontroller"';
  return ['krakend.io/schema/v2.12', '"enableServiceLinks":false', service, '"request":"0s"'].map((mark) =>
    expect.stringContaining(mark),
  );
}

function object(apiVersion: string, kind: string, name: string, spec: object): Manifest {
  return { apiVersion, kind, metadata: { namespace: 'team', name }, spec };
}

function foreignService(name: string): Manifest {
  const spec = { selector: { app: 'else' }, ports: [{ port: 81, protocol: 'TCP' }] };
  return object('v1', 'Service', name, spec);
}

function controllerOf({ kind }: Manifest): string {
  return kind === 'HTTPRoute' ? 'kaos-routes' : 'agent-gateway';
}

/** The parts of a child that our controllers would change. */
function contentOf({ spec, ['data']: data, metadata }: Stored): unknown {
  return [metadata.annotations?.[ANNOTATION], spec, data];
}

function variablesOf({ spec }: Stored): string[] {
  const [container] = (spec as Pods).template.spec.containers;
  return (container?.env ?? []).map(({ name }) => name);
}

interface Pods {
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}

interface Container {
  readonly env: readonly { readonly name: string }[];
}
