import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { read, remove, type Stored } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { kaosResource } from './support/kaos-resource.ts';
import { STRATEGIES, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change } from './support/objects.ts';
import { QUIET_SECONDS } from './support/quiet.ts';
import { activity, settle } from './support/settled.ts';

const PATIENCE = { timeout: 120_000, interval: 250 };
const ON = { 'kaosRuntime.enabled': 'true', 'kaosRuntime.agentAuth.identity.provider': 'serviceaccount' };
const OFF = { 'kaosRuntime.enabled': 'true' };

const MODEL = kaosResource('ModelAPI', 'llm', { mode: 'Proxy', proxyConfig: { models: ['*'] } });
const AGENT = kaosResource('Agent', 'lead', { modelAPI: 'llm', model: 'm' });
const GRANT = kaosResource('AccessGrant', 'analysts', {
  subjects: [{ kind: 'Group', name: 'analysts' }],
  resources: [{ kind: 'Agent', name: 'lead' }],
});
const child = (apiVersion: string, kind: string, name: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { namespace: 'team', name },
});
const ACCOUNT = child('v1', 'ServiceAccount', 'kaos-agent-lead');
const DEPLOYMENT = child('apps/v1', 'Deployment', 'agent-lead');

withMetacontroller.describe.for(STRATEGIES)('the identity of an Agent, with %s', { timeout: 300_000 }, (strategy) => {
  let engine: Engine;
  const api = () => engine.cluster.api;
  const stored = async (object: Manifest) => (await read(api(), object)) as Stored;
  const becomes = (object: Manifest, status: object) =>
    vi.waitFor(async () => expect((await stored(object))['status']).toMatchObject(status), PATIENCE);
  const accountOfPods = async () => {
    const { template } = (await stored(DEPLOYMENT))['spec'] as { template: { spec: { serviceAccountName?: string } } };
    return template.spec.serviceAccountName;
  };

  beforeAll(async () => {
    engine = await startEngine(strategy);
    await install(api(), ours('kaos-crds'));
    await engine.deploy(ON);
  }, 300_000);
  afterAll(() => engine?.stop());

  it('is a ServiceAccount, with which its pods start', async () => {
    await applyWithStatus(api(), [AGENT, MODEL, GRANT]);
    await becomes(AGENT, { phase: 'Ready' });
    expect(await stored(ACCOUNT)).toMatchObject({
      automountServiceAccountToken: false,
      metadata: { labels: { 'kaos.tools/agent': 'lead' }, ownerReferences: [{ kind: 'Agent', name: 'lead' }] },
    });
    expect(await accountOfPods()).toBe('kaos-agent-lead');
  });

  it('comes beside the condition of an AccessGrant, which nothing enforces', async () => {
    const condition = { type: 'Enforced', status: 'False', reason: 'AuthorizationDisabled' };
    await becomes(GRANT, { conditions: [expect.objectContaining(condition)] });
  });

  it('causes no calls and no writes if nothing changes', async () => {
    const before = await settle(engine);
    await sleep(QUIET_SECONDS * 1000);
    expect(await activity(engine)).toEqual(before);
  });

  it('stays while the Agent waits, and comes back if somebody deletes it', async () => {
    const before = await stored(ACCOUNT);
    await change(api(), AGENT, { spec: { mcpServers: ['missing'] } });
    await becomes(AGENT, { phase: 'Waiting' });
    await settle(engine);
    expect((await stored(ACCOUNT)).metadata.uid).toBe(before.metadata.uid);
    await change(api(), AGENT, { spec: { mcpServers: null } });
    await becomes(AGENT, { phase: 'Ready' });
    await remove(api(), ACCOUNT);
    await vi.waitFor(async () => expect((await stored(ACCOUNT)).metadata.uid).not.toBe(before.metadata.uid), PATIENCE);
  });

  it('leaves the pods when it is turned off, and the account goes with the Agent', async () => {
    await engine.deploy(OFF);
    await vi.waitFor(async () => expect(await accountOfPods()).toBe('default'), PATIENCE);
    await becomes(AGENT, { phase: 'Ready' });
    expect(await stored(ACCOUNT)).toBeDefined();
    await Promise.all([AGENT, MODEL, GRANT].map((parent) => remove(api(), parent)));
    await vi.waitFor(async () => expect(await stored(ACCOUNT)).toBeUndefined(), PATIENCE);
  });

  it('needs only the rights that the chart gives', () => {
    expect(engine.log()).not.toMatch(/forbidden.*(serviceaccounts|accessgrants)/i);
  });
});
