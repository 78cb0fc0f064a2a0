import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Controller } from '../../controllers/contract.ts';
import { controllers } from '../../controllers/registry.ts';
import { agentGatewayClassReading } from '../../controllers/resources/agentic-layer/agent-gateway-class.ts';
import { readSettings, type Variables } from '../../webhooks/settings/settings.ts';
import { all, GATEWAY_API, helm, one, pod, template, type Values, withHelm } from '../support/helm.ts';
import { testSettings } from '../support/service.ts';
import { IDENTITY_ON, isOfAccess } from './rules.ts';

const NAME = 'kaos-agent-gateway-hooks';
const SELECTOR = { 'app.kubernetes.io/name': 'agent-gateway-hooks', 'app.kubernetes.io/instance': 'kaos' };
const DEFAULT_CLASS = 'agentgatewayclass.kubernetes.io/is-default-class';
const CONTROLLER_NAME = 'runtime.agentic-layer.ai/agent-gateway-krakend-controller';

/** The environment variables in the chart's ConfigMap. */
const variables = (values: Values = {}) => one('ConfigMap', values, NAME)['data'] as Variables;

/** The settings that the service reads from them. */
const settings = (values: Values = {}) => readSettings(variables(values));

/** Default images. The service itself has none, so that only the chart has to follow KAOS's versions. */
const IMAGES = ['DEFAULT_AGENT_IMAGE', 'DEFAULT_LITELLM_IMAGE', 'DEFAULT_OLLAMA_IMAGE', 'DEFAULT_MEMORY_SERVICE_IMAGE'];

const ALL = {
  'gatewayAPI.enabled': 'true',
  'gatewayAPI.gatewayClassName': 'nginx',
  'agentGateway.enabled': 'true',
  'agentRoutes.enabled': 'true',
  'kaosRuntime.enabled': 'true',
  ...IDENTITY_ON,
};

/** The parents and children of a controller without access rules, in the fields of its Metacontroller type. */
function rules({ type, parents, children }: Controller) {
  const rule = ({ apiVersion, resource }: { apiVersion: string; resource: string }) => ({ apiVersion, resource });
  const parentRules = parents.map((parent) => ({
    ...rule(parent),
    // Others write the status of KAOS resources, or it depends only on children and related objects. In the status of
    // AgentGateways we keep what others write, so it must count.
    ...(parent.apiVersion.startsWith('kaos.tools/') && { ignoreStatusChanges: true }),
  }));
  const withoutAccess = children.filter((child) => !isOfAccess(child));
  const childRules = withoutAccess.map((child) => ({ ...rule(child), updateStrategy: { method: 'InPlace' } }));
  return type === 'decorator'
    ? { resources: parentRules, attachments: childRules }
    : {
        generateSelector: true,
        parentResource: parentRules[0],
        ...(childRules.length > 0 && { childResources: childRules }),
      };
}

withHelm.describe('the chart', () => {
  it('passes helm lint', () => {
    expect(helm('lint', '--strict', 'chart').stdout).toContain('0 chart(s) failed');
  });

  it("sets the service's own defaults, and the Gateway in the release namespace", () => {
    const images = Object.fromEntries(IMAGES.map((name) => [name, variables()[name]]));
    expect(Object.values(images).filter(Boolean)).toHaveLength(IMAGES.length);
    expect(settings()).toEqual(readSettings(images));
    expect(settings({ 'gatewayAPI.enabled': 'true' })).toEqual(
      readSettings({ ...images, GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' }),
    );
  });

  it("D23: has the service's own default timeouts", () => {
    const on = variables({ 'gatewayAPI.enabled': 'true' });
    const { gatewayApi } = testSettings().controllers;
    expect(gatewayApi).toMatchObject({
      defaultTimeouts: {
        agent: on['GATEWAY_DEFAULT_AGENT_TIMEOUT'],
        modelAPI: on['GATEWAY_DEFAULT_MODELAPI_TIMEOUT'],
        mcp: on['GATEWAY_DEFAULT_MCP_TIMEOUT'],
        memoryStore: on['GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT'],
      },
    });
  });

  it.each<Values>([{}, ALL])('D37: has no duplicate keys, with %j', (values) => {
    const flags = Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
    const documents = parseAllDocuments(helm('template', 'kaos', 'chart', ...flags, ...GATEWAY_API).stdout);
    expect(documents.length).toBeGreaterThan(5);
    expect(documents.flatMap(({ errors }) => errors.map(({ message }) => message))).toEqual([]);
  });

  it('passes every value to the service', () => {
    const values = {
      'gatewayAPI.enabled': 'true',
      'gatewayAPI.gatewayName': 'my-gateway',
      'gatewayAPI.gatewayNamespace': 'gateway-ns',
      'gatewayAPI.sectionName': 'https',
      'gatewayAPI.hostnames': '{a.example.com,b.example.com}',
      'gatewayAPI.gatewayClassName': 'nginx',
      'gatewayAPI.accessDialect': 'agentgateway',
      'gatewayAPI.cors': 'always',
      'gatewayAPI.httpJwks': 'true',
      'gateway.timeouts': 'never',
      'gateway.defaultTimeouts.agent': '1s',
      'gateway.defaultTimeouts.modelAPI': '2s',
      'gateway.defaultTimeouts.mcp': '3s',
      'gateway.defaultTimeouts.memoryStore': '4s',
      'agentGateway.image': 'example/krakend:1',
      'agentGateway.guardrails': 'refuse',
      'agentGateway.logLevel': 'WARNING',
      'agentGateway.agentSelector.matchLabels.gateway': 'public',
      'agentGateway.agentSelector.matchExpressions[0].key': 'stage',
      'agentGateway.agentSelector.matchExpressions[0].operator': 'Exists',
      'agentGateway.configLimitKiB': '800',
      'agentGateway.settingsLimitKiB': '8192',
      'agentGateway.preStopSeconds': '9',
      'agentGateway.podSpec.securityContext.runAsUser': 'null',
      'agentGateway.podSpec.nodeSelector.pool': 'edge',
      'agentGateway.resources.requests.cpu': '1',
      'agentGateway.resources.requests.memory': '1Mi',
      'agentGateway.resources.limits.cpu': '2',
      'agentGateway.resources.limits.memory': '2Mi',
      'agentRoutes.enabled': 'true',
      'agentRoutes.hostnames': '{c.example.com}',
      'agentRoutes.timeout': '5m',
      'kaosRuntime.clusterDomain': 'example.internal',
      host: '0.0.0.0',
      logLevel: 'debug',
      bodyLimitMiB: '128',
      parsedBodyLimitMiB: '512',
      'limits.callsInFlight': '1',
      'limits.mibInFlight': '129',
      'limits.eventLoopDelayMs': '100',
      'limits.connections': '2',
      shutdownDelaySeconds: '7',
    };
    expect(settings(values)).toMatchObject({
      settings: {
        server: {
          host: '0.0.0.0',
          logLevel: 'debug',
          bodyLimitMiB: 128,
          parsedBodyLimitMiB: 512,
          maxCallsInFlight: 1,
          maxMiBInFlight: 129,
          maxEventLoopDelayMs: 100,
          maxConnections: 2,
          shutdownDelaySeconds: 7,
        },
        controllers: {
          gatewayApi: {
            gateway: { name: 'my-gateway', namespace: 'gateway-ns', sectionName: 'https' },
            hostnames: ['a.example.com', 'b.example.com'],
            timeouts: 'never',
            cors: 'always',
            gatewayClassName: 'nginx',
            defaultTimeouts: { agent: '1s', modelAPI: '2s', mcp: '3s', memoryStore: '4s' },
          },
          access: { rules: {}, dialect: 'agentgateway', httpJwks: true },
          agentGateway: {
            image: 'example/krakend:1',
            guardrails: 'refuse',
            logLevel: 'WARNING',
            agentSelector: {
              matchLabels: { gateway: 'public' },
              matchExpressions: [{ key: 'stage', operator: 'Exists' }],
            },
            configLimitKiB: 800,
            settingsLimitKiB: 8192,
            preStopSeconds: 9,
            resources: { requestsCpu: '1', requestsMemory: '1Mi', limitsCpu: '2', limitsMemory: '2Mi' },
            podSpec: { securityContext: { runAsUser: null }, nodeSelector: { pool: 'edge' } },
          },
          agentRoutes: {
            enabled: true,
            hostnames: ['c.example.com'],
            timeout: '5m',
            clusterDomain: 'example.internal',
          },
        },
      },
    });
    expect(pod(values).terminationGracePeriodSeconds).toBe(32);
  });

  it('D19: starts no pod without its settings or with old ones', () => {
    expect(pod().containers[0].envFrom).toEqual([{ configMapRef: { name: NAME, optional: false } }]);
    const checksum = (values: Values) =>
      (one('Deployment', values)['spec'] as { template: { metadata: object } }).template.metadata;
    expect(checksum({ logLevel: 'debug' })).not.toEqual(checksum({}));
  });

  it('gives the pod no token and no privileges', () => {
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
    expect(all('Role')).toEqual([]);
    expect(all('ClusterRoleBinding')).toEqual([]);
  });

  it.each(controllers.map((controller) => [controller.name, controller] as const))(
    'registers %s with Metacontroller as the registry describes it',
    (name, controller) => {
      const kind = controller.type === 'decorator' ? 'DecoratorController' : 'CompositeController';
      const [build] = pod(ALL).containers[0].env;
      const hook = (path: string, timeout: string) => ({
        version: 'v2',
        webhook: { url: `http://${NAME}.kaos-system.svc/${name}/${path}?build=${build?.value}`, timeout },
      });
      const customize = controller.customize && { customize: hook('customize', '2s') };
      expect(one(kind, ALL, name)).toEqual({
        apiVersion: 'metacontroller.k8s.io/v1alpha1',
        kind,
        metadata: { name, labels: expect.any(Object) },
        spec: { ...rules(controller), hooks: { sync: hook('sync', '10s'), ...customize } },
      });
    },
  );

  it.each<Values>([
    {},
    { 'gatewayAPI.enabled': 'true' },
    { 'gatewayAPI.gatewayClassName': 'nginx' },
    { 'gatewayAPI.enabled': 'true', 'gatewayAPI.gatewayClassName': 'nginx', 'gateway.timeouts': 'always' },
  ])('asks for no related objects of routes with %j', (values) => {
    expect(one('DecoratorController', values, 'kaos-routes')['spec']).toMatchObject({ hooks: { sync: {} } });
    expect(one('DecoratorController', values, 'kaos-routes')['spec']).not.toMatchObject({ hooks: { customize: {} } });
  });

  it.each<[Values, readonly string[]]>([
    [{}, ['kaos-routes']],
    [{ 'gatewayAPI.enabled': 'false' }, ['kaos-routes']],
    [{ 'kaosRoutes.enabled': 'false' }, []],
    [{ 'agentGateway.enabled': 'true' }, ['agent-gateway', 'kaos-routes']],
    [{ 'gatewayAPI.enabled': 'true', 'agentRoutes.enabled': 'true' }, ['agent-routes', 'kaos-routes']],
    [{ 'gatewayAPI.enabled': 'true', 'agentRoutes.enabled': 'true', 'kaosRoutes.enabled': 'false' }, ['agent-routes']],
  ])('with %j has the controllers %j', (values, names) => {
    expect(all('DecoratorController', values).map(({ metadata }) => metadata.name)).toEqual(names);
  });

  // Metacontroller cannot start a controller without the CRD of its children, and there is no route to remove.
  it.each<[Values, readonly string[]]>([
    [{}, []],
    [{ 'gatewayAPI.enabled': 'true' }, ['kaos-routes']],
    [{ 'agentGateway.enabled': 'true' }, ['agent-gateway']],
  ])('in a cluster without the Gateway API with %j has the controllers %j', (values, names) => {
    const made = template(values, []).manifests.filter(({ kind }) => kind === 'DecoratorController');
    expect(made.map(({ metadata }) => metadata.name)).toEqual(names);
  });

  // Metacontroller would not start the controller without the HTTPRoute CRD, and would wait for a right to read routes.
  it.each<[Values, boolean]>([
    [{}, false],
    [{ 'gatewayAPI.enabled': 'true' }, true],
    [{ 'gatewayAPI.enabled': 'true', 'kaosRoutes.enabled': 'false' }, true],
  ])('with %j lets gateways have routes: %s', (values, has) => {
    const { attachments } = one('DecoratorController', { 'agentGateway.enabled': 'true', ...values }, 'agent-gateway')[
      'spec'
    ] as { attachments: readonly { resource: string }[] };
    expect(attachments.map(({ resource }) => resource).includes('httproutes')).toBe(has);
  });

  it.each<[Values, object]>([
    [{}, { name: 'krakend', annotations: { [DEFAULT_CLASS]: 'true' } }],
    [{ 'agentGatewayClass.default': 'false', 'agentGatewayClass.name': 'gateways' }, { name: 'gateways' }],
  ])('with agentGateway.enabled and %j creates the class %j', (values, metadata) => {
    const made = one('AgentGatewayClass', { 'agentGateway.enabled': 'true', ...values });
    expect(made).toEqual({
      apiVersion: agentGatewayClassReading.apiVersion,
      kind: 'AgentGatewayClass',
      metadata: { ...metadata, labels: expect.any(Object) },
      spec: { controller: CONTROLLER_NAME },
    });
  });

  it.each<Values>([{}, { 'agentGateway.enabled': 'true', 'agentGatewayClass.create': 'false' }])(
    'with %j creates no class',
    (values) => {
      expect(all('AgentGatewayClass', values)).toEqual([]);
    },
  );

  it('has a Service at the address of the hooks, with a second port for everything that Metacontroller does not call', () => {
    expect(one('Service')).toMatchObject({
      metadata: { name: NAME, namespace: 'kaos-system' },
      spec: {
        ports: [
          { name: 'hooks', port: 80, targetPort: 'hooks' },
          { name: 'admin', port: 9090, targetPort: 'admin' },
        ],
      },
    });
    const { server } = testSettings({ PORT: '8080', ADMIN_PORT: '9090' });
    expect(pod().containers[0]).toMatchObject({
      ports: [
        { name: 'hooks', containerPort: server.port },
        { name: 'admin', containerPort: server.adminPort },
      ],
      livenessProbe: { httpGet: { path: '/healthz', port: 'admin' } },
      readinessProbe: { httpGet: { path: '/readyz', port: 'admin' } },
    });
  });

  it('lets node drains evict one pod at a time, and spreads pods over nodes', () => {
    expect(one('PodDisruptionBudget')['spec']).toEqual({ maxUnavailable: 1, selector: { matchLabels: SELECTOR } });
    expect(all('PodDisruptionBudget', { 'podDisruptionBudget.enabled': 'false' })).toEqual([]);
    expect(pod()).toMatchObject({
      topologySpreadConstraints: [
        { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: SELECTOR } },
        { topologyKey: 'topology.kubernetes.io/zone', labelSelector: { matchLabels: SELECTOR } },
      ],
    });
  });
});
