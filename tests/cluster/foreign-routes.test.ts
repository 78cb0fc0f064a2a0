import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { apply, mustApply, read, remove } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { envoyGateway, gatewayApiExperimental, install } from './support/crds.ts';
import { change, create } from './support/objects.ts';
import { release } from './support/release.ts';

const KINDS = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'];
const MADE_BY = 'metacontroller.k8s.io/decorator-controller';
const REFUSED =
  'HTTPRoute team/taken already exists, but this resource does not control it; rename the resource, or remove the object';

function route(name: string, metadata: object, path: string): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: 'team', ...metadata },
    spec: { rules: [{ matches: [{ path: { type: 'PathPrefix', value: path } }] }] },
  };
}

function ownedBy(uid: string, isController = true): object {
  const owner = { apiVersion: 'kaos.tools/v1alpha1', kind: 'Agent', name: 'x', uid, controller: isController };
  return { ownerReferences: [owner] };
}

describe.each(['kaos-routes', 'agent-routes', 'agent-gateway'])('the policy for the routes of %s', (controller) => {
  const MARK = { annotations: { [MADE_BY]: controller } };
  /** What Metacontroller applies for a resource with the UID `own`. */
  const ours = (name: string) => route(name, { ...MARK, ...ownedBy('own') }, '/ours');

  let cluster: ControlPlane;
  const api = () => cluster.api;
  const text = async (object: Manifest) => JSON.stringify(await read(api(), object));

  beforeAll(async () => {
    cluster = await startControlPlane();
    await install(api(), gatewayApiExperimental());
    await mustApply(api(), [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }]);
    const { objects } = await release(cluster, 'http://127.0.0.1:1', { 'agentRoutes.enabled': 'true' });
    await mustApply(
      api(),
      objects.filter(({ kind }) => KINDS.includes(kind)),
    );
    await create(api(), route('probe', {}, '/probe'), 'kubectl-create');
    // The server reads policies some time after they are made.
    await vi.waitFor(
      async () => expect(await apply(api(), ours('probe'), { dryRun: true })).toMatchObject({ outcome: 'refused' }),
      { timeout: 60_000, interval: 250 },
    );
  }, 180_000);
  afterAll(() => cluster?.stop());

  it.each<[string, object]>([
    ['nobody controls', {}],
    ['another object owns', ownedBy('another', false)],
    ['has the resource as an owner that does not control it', ownedBy('own', false)],
    ['has annotations of others', { annotations: { [MADE_BY]: 'other-routes', note: controller } }],
    ['has the labels of KAOS', { labels: { app: 'agent', agent: 'taken' } }],
  ])('keeps a route that %s, and says why', async (_case, metadata) => {
    const foreign = await create(api(), route('taken', metadata, '/theirs'), 'kubectl-create');
    expect(await apply(api(), ours('taken'))).toEqual({
      outcome: 'refused',
      message: expect.stringContaining(REFUSED),
    });
    expect(await read(api(), foreign)).toEqual(foreign);
    await remove(api(), foreign);
  });

  it('keeps a route that another object controls, as the API server does anyway', async () => {
    const foreign = await create(api(), route('taken', ownedBy('another'), '/theirs'), 'kubectl-create');
    expect(await apply(api(), ours('taken'))).toMatchObject({ outcome: 'refused' });
    expect(await read(api(), foreign)).toEqual(foreign);
    await remove(api(), foreign);
  });

  it.each<[string, object | undefined]>([
    ['that does not exist', undefined],
    ['of its own', { ...MARK, ...ownedBy('own') }],
    ['that the KAOS operator made for the resource', ownedBy('own')],
    ['that it made and that lost its owner', MARK],
  ])('lets Metacontroller write a route %s', async (_case, metadata) => {
    if (metadata !== undefined) {
      await create(api(), route('free', metadata, '/before'), 'manager');
    }
    expect(await apply(api(), ours('free'))).toMatchObject({ outcome: 'accepted' });
    expect(await text(ours('free'))).toContain('/ours');
    await remove(api(), ours('free'));
  });

  it('lets others change their routes, and the routes of KAOS resources', async () => {
    const foreign = await create(api(), route('taken', {}, '/theirs'), 'kubectl-create');
    await mustApply(api(), [ours('free')]);
    const labels = { metadata: { labels: { changed: 'yes' } } };
    for (const object of [foreign, ours('free')]) {
      await change(api(), object, labels);
      expect(await text(object)).toContain('"changed":"yes"');
    }
    const { apiVersion, kind, metadata } = ours('free');
    const status = { parents: [] };
    expect(await apply(api(), { apiVersion, kind, metadata, status }, { subresource: 'status' })).toMatchObject({
      outcome: 'accepted',
    });
    await Promise.all([foreign, ours('free')].map((object) => remove(api(), object)));
  });
});

const POLICY_TARGET = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'agent-x' };

/** The kinds that controllers write with access rules, each with a spec that says whose it is. */
const OTHER_KINDS: readonly (readonly [
  kind: string,
  apiVersion: string,
  controller: string,
  spec: (whose: string) => object,
])[] = [
  [
    'SecurityPolicy',
    'gateway.envoyproxy.io/v1alpha1',
    'kaos-routes',
    (whose) => ({ targetRefs: [POLICY_TARGET], cors: { allowOrigins: [`https://${whose}.example.com`] } }),
  ],
  [
    'BackendTrafficPolicy',
    'gateway.envoyproxy.io/v1alpha1',
    'agent-routes',
    (whose) => ({ targetRefs: [POLICY_TARGET], retry: { numRetries: whose.length } }),
  ],
  [
    'NetworkPolicy',
    'networking.k8s.io/v1',
    'agent-gateway',
    (whose) => ({ podSelector: { matchLabels: { app: whose } }, policyTypes: ['Ingress'] }),
  ],
];

describe('with access rules', () => {
  let cluster: ControlPlane;
  const api = () => cluster.api;

  beforeAll(async () => {
    cluster = await startControlPlane();
    await install(api(), [...gatewayApiExperimental(), ...envoyGateway()]);
    await mustApply(api(), [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } }]);
    const { objects } = await release(cluster, 'http://127.0.0.1:1', {
      'agentRoutes.enabled': 'true',
      'gatewayAPI.accessDialect': 'envoy-gateway',
      'accessRules.default': 'deny',
    });
    await mustApply(
      api(),
      objects.filter(({ kind }) => KINDS.includes(kind)),
    );
  }, 180_000);
  afterAll(() => cluster?.stop());

  it.each(OTHER_KINDS)('the API server keeps a foreign %s', async (kind, apiVersion, controller, spec) => {
    const object = (metadata: object, whose: string): Manifest => ({
      apiVersion,
      kind,
      metadata: { name: 'taken', namespace: 'team', ...metadata },
      spec: spec(whose),
    });
    const ours = object({ annotations: { [MADE_BY]: controller }, ...ownedBy('own') }, 'ours');
    const foreign = await create(api(), object({}, 'others'), 'kubectl-create');
    // The server reads policies some time after they are made.
    await vi.waitFor(
      async () =>
        expect(await apply(api(), ours, { dryRun: true })).toEqual({
          outcome: 'refused',
          message: expect.stringContaining(REFUSED.replace('HTTPRoute', kind)),
        }),
      { timeout: 60_000, interval: 250 },
    );
    expect(await read(api(), foreign)).toEqual(foreign);
    await remove(api(), foreign);
    expect(await apply(api(), ours)).toMatchObject({ outcome: 'accepted' });
    expect(await apply(api(), object(ours.metadata, 'changed'))).toMatchObject({ outcome: 'accepted' });
  });
});
