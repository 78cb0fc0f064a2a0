import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { agent, gatewayClass, OURS } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { read, type Stored } from './support/api.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, changeStatus, create, makeNamespaces } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { activity, settle } from './support/settled.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
/** Less than the 20 minutes for which Metacontroller keeps an answer of customize. */
const SOON = { timeout: 20_000, interval: 250 };

const HOSTNAMES = 'agent-gateway-hooks/hostnames';
const gateway = (namespace: string, name: string): Manifest => ({
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'AgentGateway',
  metadata: { namespace, name },
  spec: {},
});
const FRONT = gateway('team', 'front');
const LATER = gateway('other', 'later');
const TAKEN = gateway('team', 'taken');
const routeOf = ({ metadata: { namespace = '', name } }: Manifest): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace, name },
});
/** The route of a user who knows nothing of gateways. */
const FOREIGN: Manifest = {
  ...routeOf(TAKEN),
  spec: { hostnames: ['shop.example.com'], rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }] },
};

withMetacontroller.describe.for(STRATEGIES)(
  'a gateway behind the Gateway, with %s',
  { timeout: 300_000 },
  (strategy) => {
    let engine: Engine;
    let foreign: Stored;
    const api = () => engine.cluster.api;
    const stored = async (of: Manifest) => (await read(api(), of)) as Stored;
    const ask = (of: Manifest, hostnames: string | null) =>
      change(api(), of, { metadata: { annotations: { [HOSTNAMES]: hostnames } } });
    const conditionsOf = async (of: Manifest) =>
      Object.fromEntries(
        ((await stored(of))['status'] as Status).conditions.map((condition) => [condition.type, condition]),
      );
    const becomes = (of: Manifest, expected: object) =>
      vi.waitFor(async () => expect((await conditionsOf(of))['RouteAccepted']).toMatchObject(expected), SOON);

    beforeAll(async () => {
      engine = await startEngine(strategy);
      await makeNamespaces(api(), ['team', 'other']);
      foreign = await create(api(), FOREIGN, 'kubectl-create');
      await applyWithStatus(api(), [gatewayClass('krakend', OURS, true) as Manifest, agent('team/news') as Manifest]);
      await applyWithStatus(api(), [FRONT, LATER, TAKEN]);
      for (const of of [FRONT, LATER, TAKEN]) {
        await vi.waitFor(async () => expect((await conditionsOf(of))['Programmed']?.status).toBe('True'), PATIENCE);
      }
    }, 300_000);
    afterAll(() => engine?.stop());

    it('has no route without the annotation', async () => {
      expect(await read(api(), routeOf(FRONT))).toBeUndefined();
      expect(Object.keys(await conditionsOf(FRONT))).toEqual(['Accepted', 'ResolvedRefs', 'Programmed']);
    });

    it('gets it soon after the annotation, and says what the Gateway reports', async () => {
      await ask(FRONT, 'agents.example.com,shared.example.com');
      await vi.waitFor(async () => expect(await read(api(), routeOf(FRONT))).toBeDefined(), SOON);
      await becomes(FRONT, { status: 'Unknown', reason: 'Pending' });
      await changeStatus(api(), routeOf(FRONT), { parents: [ACCEPTED] });
      await becomes(FRONT, {
        status: 'True',
        message: expect.stringContaining('agents.example.com, shared.example.com'),
      });
      expect((await conditionsOf(FRONT))['Programmed']).toMatchObject({ status: 'True' });
    });

    it('leaves the route of others with its name alone, although the annotation came later', async () => {
      await ask(TAKEN, 'agents.example.com');
      const message = expect.stringContaining('HTTPRoute team/taken already exists');
      await becomes(TAKEN, { status: 'False', reason: 'NameConflict', message });
      expect(await read(api(), FOREIGN)).toEqual(foreign);
    });

    it('is told of another one with the same host name, and so is that one', async () => {
      await sleep(1000);
      await ask(LATER, 'shared.example.com');
      const lost = expect.stringContaining('calls to shared.example.com go to AgentGateway team/front');
      await becomes(LATER, { status: 'False', reason: 'HostnameConflict', message: lost });
      await becomes(FRONT, { status: 'True', message: expect.stringContaining('other/later (shared.example.com)') });
      await ask(LATER, null);
      await becomes(FRONT, { message: expect.not.stringContaining('other/later') });
    });

    it('keeps the route when its host names change', async () => {
      const { metadata } = await stored(routeOf(FRONT));
      await ask(FRONT, 'agents.example.com');
      await vi.waitFor(async () => {
        const route = await stored(routeOf(FRONT));
        expect(route['spec']).toMatchObject({ hostnames: ['agents.example.com'] });
        expect(route.metadata.uid).toBe(metadata.uid);
      }, SOON);
    });

    it('makes no calls and no writes if nothing changes', async () => {
      const before = await settle(engine);
      await sleep(QUIET_SECONDS * 1000);
      expect(await activity(engine)).toEqual(before);
    });

    it('keeps the route, and says so, while the Gateway API is off, and takes it up again', async () => {
      const { uid } = (await stored(routeOf(FRONT))).metadata;
      await engine.deploy({ 'gatewayAPI.enabled': 'false' });
      await becomes(FRONT, { status: 'False', reason: 'GatewayDisabled' });
      expect((await stored(routeOf(FRONT))).metadata.uid).toBe(uid);
      await engine.deploy();
      await becomes(FRONT, { reason: expect.not.stringMatching('GatewayDisabled') });
      expect((await stored(routeOf(FRONT))).metadata.uid).toBe(uid);
    });

    it('loses it with the annotation', async () => {
      await ask(FRONT, null);
      await vi.waitFor(async () => expect(await read(api(), routeOf(FRONT))).toBeUndefined(), SOON);
      await vi.waitFor(async () => expect(Object.keys(await conditionsOf(FRONT))).not.toContain('RouteAccepted'), SOON);
      expect(await read(api(), FOREIGN)).toEqual(foreign);
    });
  },
);

interface Status {
  readonly conditions: readonly { readonly type: string; readonly status: string }[];
}

/** What an implementation reports of a route. */
const ACCEPTED = {
  parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kaos-gateway', namespace: 'kaos-system' },
  controllerName: 'example.com/gateways',
  conditions: [
    {
      type: 'Accepted',
      status: 'True',
      reason: 'Accepted',
      message: 'Route is accepted',
      observedGeneration: 1,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    },
  ],
};
