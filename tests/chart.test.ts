import { beforeAll, describe, expect, it } from 'vitest';
import { controllers } from '../controllers/registry.ts';
import { readSettings, type Variables } from '../webhooks/settings.ts';
import { hasHelm, helm, type Manifest, template } from './support/helm.ts';

const NAME = 'kaos-agent-gateway-hooks';

interface Pod {
  readonly containers: readonly [{ readonly envFrom: unknown; readonly securityContext: unknown }];
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
}

function one(kind: string, values: Readonly<Record<string, string>> = {}): Manifest {
  const [manifest, ...others] = template(values).manifests.filter((candidate) => candidate.kind === kind);
  expect(others).toEqual([]);
  if (!manifest) {
    throw new Error(`the chart makes no ${kind}`);
  }
  return manifest;
}

function pod(values: Readonly<Record<string, string>> = {}): Pod {
  return (one('Deployment', values)['spec'] as { template: { spec: Pod } }).template.spec;
}

/** The settings that the service would read from the chart's ConfigMap. */
function settings(values: Readonly<Record<string, string>> = {}) {
  return readSettings(one('ConfigMap', values)['data'] as Variables);
}

describe.skipIf(!hasHelm)('the chart', () => {
  it('passes helm lint', () => {
    expect(helm('lint', '--strict', 'chart').stdout).toContain('0 chart(s) failed');
  });

  it('gives the service the defaults that it has itself, and the Gateway in the namespace of the release', () => {
    expect(settings()).toEqual(readSettings({}));
    expect(settings({ 'gatewayAPI.enabled': 'true' })).toEqual(
      readSettings({ GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' }),
    );
  });

  it('hands every value on', () => {
    const values = {
      'gatewayAPI.enabled': 'true',
      'gatewayAPI.gatewayName': 'my-gateway',
      'gatewayAPI.gatewayNamespace': 'gateway-ns',
      'gatewayAPI.sectionName': 'https',
      'gatewayAPI.hostnames': '{a.example.com,b.example.com}',
      'gateway.defaultTimeouts.agent': '1s',
      'gateway.defaultTimeouts.modelAPI': '2s',
      'gateway.defaultTimeouts.mcp': '3s',
      'agentGateway.image': 'example/krakend:1',
      'agentGateway.guardrails': 'refuse',
      'agentGateway.configLimitKiB': '800',
      'agentGateway.preStopSeconds': '9',
      'agentGateway.resources.requests.cpu': '1',
      'agentGateway.resources.requests.memory': '1Mi',
      'agentGateway.resources.limits.cpu': '2',
      'agentGateway.resources.limits.memory': '2Mi',
      logLevel: 'debug',
      bodyLimitMiB: '128',
      shutdownDelaySeconds: '7',
    };
    expect(settings(values)).toMatchObject({
      settings: {
        server: { logLevel: 'debug', bodyLimitMiB: 128, shutdownDelaySeconds: 7 },
        controllers: {
          gatewayApi: {
            gateway: { name: 'my-gateway', namespace: 'gateway-ns', sectionName: 'https' },
            hostnames: ['a.example.com', 'b.example.com'],
            defaultTimeouts: { agent: '1s', modelAPI: '2s', mcp: '3s' },
          },
          agentGateway: {
            image: 'example/krakend:1',
            guardrails: 'refuse',
            configLimitKiB: 800,
            preStopSeconds: 9,
            resources: { requestsCpu: '1', requestsMemory: '1Mi', limitsCpu: '2', limitsMemory: '2Mi' },
          },
        },
      },
    });
    expect(pod(values).terminationGracePeriodSeconds).toBe(32);
  });

  it('lets no pod start without its settings, nor keep old ones', () => {
    expect(pod().containers[0].envFrom).toEqual([{ configMapRef: { name: NAME, optional: false } }]);
    const checksum = (values: Readonly<Record<string, string>>) =>
      (one('Deployment', values)['spec'] as { template: { metadata: object } }).template.metadata;
    expect(checksum({ logLevel: 'debug' })).not.toEqual(checksum({}));
  });

  it('gives the pod no token and no rights', () => {
    expect(one('ServiceAccount')['automountServiceAccountToken']).toBe(false);
    expect(pod()).toMatchObject({
      automountServiceAccountToken: false,
      serviceAccountName: NAME,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(pod().containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(template().manifests.filter(({ kind }) => kind.includes('Role'))).toEqual([]);
  });

  it.each(controllers.map((controller) => [controller.name, controller] as const))(
    'tells Metacontroller of %s what the registry says',
    (name, { type, parents, children, customize }) => {
      const kind = type === 'decorator' ? 'DecoratorController' : 'CompositeController';
      const hook = (path: string, timeout: string) => ({
        version: 'v2',
        webhook: { url: `http://${NAME}.kaos-system.svc/${name}/${path}`, timeout },
      });
      const all = template({ 'agentGateway.enabled': 'true' }).manifests;
      expect(all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)).toEqual({
        apiVersion: 'metacontroller.k8s.io/v1alpha1',
        kind,
        metadata: { name, labels: expect.any(Object) },
        spec: {
          resources: parents.map(({ apiVersion, resource }) => ({
            apiVersion,
            resource,
            // The status of KAOS resources is another's; of ours we carry over what others write.
            ...(apiVersion.startsWith('kaos.tools/') && { ignoreStatusChanges: true }),
          })),
          attachments: children.map(({ apiVersion, resource }) => ({
            apiVersion,
            resource,
            updateStrategy: { method: 'InPlace' },
          })),
          hooks: { sync: hook('sync', '10s'), ...(customize && { customize: hook('customize', '2s') }) },
        },
      });
    },
  );

  it('has no agent gateways by default, and mounts the key of hashes where values name its Secret', () => {
    const decorators = template().manifests.filter(({ kind }) => kind === 'DecoratorController');
    expect(decorators.map(({ metadata }) => metadata.name)).toEqual(['kaos-routes']);
    const values = { 'agentGateway.referenceHashKeySecret': 'hash-key' };
    expect(one('ConfigMap', values)['data']).toMatchObject({
      REFERENCE_HASH_KEY_FILE: '/etc/agent-gateway-hooks/reference-hash/key',
    });
    expect(pod(values)).toMatchObject({
      volumes: [{ secret: { secretName: 'hash-key', items: [{ key: 'key', path: 'key' }] } }],
      containers: [{ volumeMounts: [{ mountPath: '/etc/agent-gateway-hooks/reference-hash' }] }],
    });
  });

  it('has its Service where the hooks are called', () => {
    expect(one('Service')).toMatchObject({
      metadata: { name: NAME, namespace: 'kaos-system' },
      spec: { ports: [{ port: 80, targetPort: 'http' }] },
    });
  });
});

describe.skipIf(!hasHelm)('the Gateway of the chart', () => {
  const create = { 'gatewayAPI.enabled': 'true', 'gatewayAPI.createGateway': 'true' };
  let gateway: Manifest;
  beforeAll(() => {
    gateway = one('Gateway', { ...create, 'gatewayAPI.gatewayClassName': 'envoy-gateway' });
  });

  it('is made with one HTTP listener for routes from all namespaces', () => {
    expect(gateway).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
      spec: {
        gatewayClassName: 'envoy-gateway',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
      },
    });
  });

  it('is made where routes look for it, on the port that values name', () => {
    const values = {
      ...create,
      'gatewayAPI.gatewayClassName': 'kong',
      'gatewayAPI.gatewayNamespace': 'edge',
      'gatewayAPI.listenerPort': '8000',
    };
    expect(one('Gateway', values)).toMatchObject({
      metadata: { namespace: 'edge' },
      spec: { listeners: [{ port: 8000 }] },
    });
    expect(settings(values)).toMatchObject({
      settings: { controllers: { gatewayApi: { gateway: { namespace: 'edge' } } } },
    });
  });

  it.each(['true', 'false'])('is refused without its class, with the Gateway API enabled: %s', (enabled) => {
    expect(template({ ...create, 'gatewayAPI.enabled': enabled }).stderr).toContain(
      'gatewayAPI.gatewayClassName is required while gatewayAPI.createGateway is true',
    );
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['by default', {}],
    ['with an existing one', { 'gatewayAPI.enabled': 'true', 'gatewayAPI.gatewayName': 'my-gateway' }],
    [
      'while the Gateway API is off',
      { 'gatewayAPI.createGateway': 'true', 'gatewayAPI.gatewayClassName': 'kong', 'gatewayAPI.enabled': 'false' },
    ],
  ])('is not made %s', (_when, values) => {
    expect(template(values).manifests.filter(({ kind }) => kind === 'Gateway')).toEqual([]);
  });
});
