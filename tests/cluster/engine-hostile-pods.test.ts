import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { attack, STOLEN } from '../support/attack.ts';
import type { Manifest, Values } from '../support/helm.ts';
import { nested } from '../support/nested.ts';
import { violations } from '../support/pod-security.ts';
import { HEAP_FLAG } from '../support/service-process.ts';
import { type Api, call, read } from './support/api.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change, create, makeNamespaces } from './support/objects.ts';
import { asUser } from './support/service-account.ts';

const PATIENCE = { timeout: 60_000, interval: 250 };
const KAOS: Values = { 'kaosRuntime.enabled': 'true' };
const USER = { name: 'evil', namespace: 'team' };
/** What the user may do: write KAOS resources of the namespace, and nothing else. */
const RIGHTS = [{ apiGroups: ['kaos.tools'], resources: ['*'], verbs: ['create', 'get', 'update', 'patch', 'delete'] }];

function kaos(kind: string, name: string, spec: object, namespace = 'team'): Manifest {
  return { apiVersion: 'kaos.tools/v1alpha1', kind, metadata: { namespace, name }, spec };
}

const server = (name: string, more: object, namespace?: string) =>
  kaos('MCPServer', name, { runtime: 'custom', container: { image: 'example/tools:1' }, ...more }, namespace);
const PROXY = { mode: 'Proxy', proxyConfig: { models: ['*'] } };
const HOSTILE = [
  ['mcpserver-tools', server('tools', { podSpec: attack('mcp-server') })],
  ['modelapi-llm', kaos('ModelAPI', 'llm', { ...PROXY, podSpec: attack('model-api') })],
  ['agent-lead', kaos('Agent', 'lead', { modelAPI: 'llm', model: 'any', podSpec: attack('agent') })],
] as const;

const TEAM: Manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };

interface Deployment {
  readonly spec: { readonly template: { readonly spec: object } };
  readonly status?: { readonly readyReplicas?: number };
}

withMetacontroller.describe('a user who may only write KAOS resources', { timeout: 300_000 }, () => {
  let engine: Engine;
  let user: Api;
  const api = () => engine.cluster.api;
  const deployment = async (name: string, namespace = 'team') =>
    (await read(api(), { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { namespace, name } })) as unknown as
      | Deployment
      | undefined;
  const pod = async (name: string) => (await deployment(name))?.spec.template.spec;
  const status = async (resource: Manifest) => JSON.stringify((await read(api(), resource))?.['status'] ?? {});
  const accepted = async (resource: Manifest) => {
    const { conditions = [] } = JSON.parse(await status(resource)) as { readonly conditions?: readonly Condition[] };
    return conditions.find(({ type }) => type === 'Accepted');
  };

  beforeAll(async () => {
    vi.stubEnv('NODE_OPTIONS', HEAP_FLAG);
    engine = await startEngine('server-side-apply', { values: KAOS });
    await install(api(), ours('kaos-crds'));
    // The admission of the API server holds the pods against the standard, too.
    await makeNamespaces(api(), ['team']);
    await change(api(), TEAM, { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
    await create(api(), { ...secret('payments'), data: { k: 'c2VjcmV0' } }, 'tests');
    await create(api(), { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inTeam('cluster-admin') }, 'tests');
    user = await asUser(api(), USER, RIGHTS);
  }, 300_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await engine?.stop();
  });

  it.each([
    '/apis/apps/v1/namespaces/team/deployments',
    '/api/v1/namespaces/team/pods',
    '/api/v1/namespaces/team/secrets',
  ])('gets 403 for %s', async (path) => {
    expect((await call(user, 'POST', path, { body: {} })).status).toBe(403);
    expect((await call(user, 'GET', path)).status).toBe(403);
  });

  it.each(HOSTILE)('gets the pod of %s without what is beyond the policy, and is told', async (name, resource) => {
    await create(user, resource, 'kubectl-create');
    await vi.waitFor(async () => expect((await deployment(name))?.status?.readyReplicas).toBe(1), PATIENCE);
    expect(violations(await pod(name), 'baseline')).toEqual([]);
    expect(JSON.stringify(await pod(name))).not.toMatch(STOLEN);
    expect(await accepted(resource)).toMatchObject({
      status: 'False',
      reason: name.startsWith('modelapi') ? 'InvalidMasterKey' : 'PodSecurity',
    });
    for (const field of ['hostPID', 'serviceAccountName', 'priorityClassName', 'envFrom[0]', 'volumes[root]']) {
      expect((await accepted(resource))?.message).toContain(field);
    }
  });

  it('gets no pod with an account that a list excludes, and is told', async () => {
    await engine.deploy({ ...KAOS, 'kaosRuntime.podPolicy.serviceAccounts': '{mcp-*}' });
    const resource = server('account', { serviceAccountName: 'cluster-admin' });
    await create(user, resource, 'kubectl-create');
    await vi.waitFor(async () => {
      expect(await accepted(resource)).toMatchObject({ status: 'False', reason: 'RefNotPermitted' });
    }, PATIENCE);
    expect(await status(resource)).toContain('"phase":"Failed"');
    expect(await deployment('mcpserver-account')).toBeUndefined();
  });

  it('gets all of it if an administrator says so, and loses it if not', async () => {
    const any = Object.fromEntries(
      ['serviceAccounts', 'secrets', 'priorityClasses'].map((list) => [`kaosRuntime.podPolicy.${list}`, '{*}']),
    );
    await engine.deploy({ ...KAOS, ...any, 'kaosRuntime.podPolicy.podSecurity': 'privileged' });
    await vi.waitFor(async () => expect(JSON.stringify(await pod('mcpserver-tools'))).toMatch(STOLEN), PATIENCE);
    expect(violations(await pod('mcpserver-tools'), 'baseline').length).toBeGreaterThan(5);
    await engine.deploy(KAOS);
    await vi.waitFor(async () => expect(JSON.stringify(await pod('mcpserver-tools'))).not.toMatch(STOLEN), PATIENCE);
    expect(violations(await pod('mcpserver-tools'), 'baseline')).toEqual([]);
  });

  it('does not stop the service with 100,000 values that are 500 levels deep', async () => {
    const volumes = [{ name: 'v', csi: { driver: 'd', a: nested(500, Array(100_000).fill(1)) } }];
    const resource = kaos('ModelAPI', 'deep', { ...PROXY, podSpec: { volumes } });
    await create(user, resource, 'kubectl-create');
    const start = Date.now();
    const other = server('other', {}, 'victim');
    await applyWithStatus(api(), [other]);
    await vi.waitFor(async () => {
      expect((await deployment('mcpserver-other', 'victim'))?.status?.readyReplicas).toBe(1);
    }, PATIENCE);
    expect(Date.now() - start).toBeLessThan(30_000);
    await vi.waitFor(async () => {
      expect(await accepted(resource)).toMatchObject({ status: 'False', reason: 'SpecTooLarge' });
    }, PATIENCE);
    // Nothing starts a process again here, so it is the same one that answers.
    const failures = Object.entries(await engine.hooks().calls()).filter(([call]) => !/ (200|429)$/.test(call));
    expect(failures).toEqual([]);
  });
});

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

const inTeam = (name: string) => ({ name, namespace: 'team' });
const secret = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'Secret', metadata: inTeam(name) });
