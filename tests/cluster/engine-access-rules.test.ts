import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest, Values } from '../support/helm.ts';
import { type Api, apply, read } from './support/api.ts';
import { envoyGateway, install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, makeNamespaces } from './support/objects.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
const AGENT: Manifest = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { namespace: 'team', name: 'a' },
  spec: { modelAPI: 'llm', model: 'openai/gpt-4o' },
};
const ROUTE: Manifest = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { namespace: 'team', name: 'agent-a' },
};
const POLICY: Manifest = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'BackendTrafficPolicy',
  metadata: { namespace: 'team', name: 'agent-a.limit' },
};
const SETTLE_SECONDS = 4;
const DIALECT = { 'gatewayAPI.accessDialect': 'envoy-gateway', 'gatewayAPI.settleSeconds': `${SETTLE_SECONDS}` };
/** A limit, and no rule, in the words of the chart and in those of the service. */
const LIMIT = {
  values: {
    'accessRules.rules[0].limit.requests': '60',
    'accessRules.rules[0].limit.per': 'minute',
    'accessRules.rules[0].limit.by': 'all',
  },
  rules: [{ limit: { requests: 60, per: 'minute', by: 'all' } }],
};
const NONE = { values: { 'accessRules.default': 'allow' }, rules: [] };

interface RouteSpec {
  readonly rules: readonly { readonly backendRefs?: unknown }[];
}

function backendsOf(route: Manifest | undefined): readonly unknown[] {
  const spec = route?.['spec'] as RouteSpec | undefined;
  return spec?.rules.map(({ backendRefs }) => backendRefs) ?? [];
}

/** What Envoy Gateway reports about the policy as it is now. */
async function accept(api: Api): Promise<void> {
  const stored = await read(api, POLICY);
  const { generation } = (stored ?? POLICY).metadata as { generation?: number };
  const { apiVersion, kind, metadata } = POLICY;
  const condition = {
    type: 'Accepted',
    status: 'True',
    reason: 'Accepted',
    message: 'Policy has been accepted.',
    observedGeneration: generation,
    lastTransitionTime: `${new Date().toISOString().slice(0, 19)}Z`,
  };
  const ancestor = {
    ancestorRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kaos-gateway' },
    controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
    conditions: [condition],
  };
  const report = { apiVersion, kind, metadata, status: { ancestors: [ancestor] } };
  expect(await apply(api, report, { subresource: 'status' })).toMatchObject({ outcome: 'accepted' });
}

withMetacontroller.describe('the policy of an access rule', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'access-rules-'));
  let engine: Engine;
  const api = () => engine.cluster.api;
  const isThere = async (object: Manifest) => (await read(api(), object)) !== undefined;

  /** Upgrades the chart. The list is not at its path in a pod, because no container runs here. */
  async function deploy({ rules, values }: typeof LIMIT | typeof NONE, others: Values) {
    const file = path.join(folder, 'access-rules.yaml');
    writeFileSync(file, JSON.stringify({ rules }));
    await engine.deploy({ ...others, ...values }, { ACCESS_RULES_FILE: file });
  }

  beforeAll(async () => {
    engine = await startEngine('server-side-apply');
    await install(api(), [...ours('kaos-crds'), ...envoyGateway()]);
    await makeNamespaces(api(), ['team']);
    await applyWithStatus(api(), [AGENT]);
    await deploy(LIMIT, DIALECT);
    await vi.waitFor(async () => expect(await isThere(POLICY)).toBe(true), PATIENCE);
  }, 300_000);
  afterAll(async () => {
    await engine?.stop();
    rmSync(folder, { recursive: true });
  });

  it('is there while its route has no backend, which follows some seconds after the gateway has accepted it', async () => {
    expect(await backendsOf(await read(api(), ROUTE))).toEqual([undefined, undefined]);
    const acceptedAt = Date.now();
    await accept(api());
    await vi.waitFor(async () => expect(await backendsOf(await read(api(), ROUTE))).not.toContain(undefined), PATIENCE);
    // Times of conditions are whole seconds.
    expect(Date.now() - acceptedAt).toBeGreaterThan((SETTLE_SECONDS - 1) * 1000);
  });

  it('goes if the list is emptied while the dialect is set, and the route stays', async () => {
    await deploy(NONE, DIALECT);
    await vi.waitFor(async () => expect(await isThere(POLICY)).toBe(false), PATIENCE);
    expect(await isThere(ROUTE)).toBe(true);
  });

  it('goes with the route if the Gateway API is turned off while the dialect is set', async () => {
    await deploy(LIMIT, DIALECT);
    await vi.waitFor(async () => expect(await isThere(POLICY)).toBe(true), PATIENCE);
    await deploy(LIMIT, { ...DIALECT, 'gatewayAPI.enabled': 'false' });
    await vi.waitFor(
      async () => expect([await isThere(ROUTE), await isThere(POLICY)]).toEqual([false, false]),
      PATIENCE,
    );
  });

  it('stays if the dialect is removed with the list, as docs/access.md says', async () => {
    await deploy(LIMIT, DIALECT);
    await vi.waitFor(async () => expect(await isThere(POLICY)).toBe(true), PATIENCE);
    await engine.deploy();
    await sleep(3000);
    expect([await isThere(ROUTE), await isThere(POLICY)]).toEqual([true, true]);
  });
});
