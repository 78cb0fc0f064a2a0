import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { REGISTRY_NAME, readRuntime } from '../../controllers/kaos-runtime/mcp-server/registry.ts';
import type { ConfigMap } from '../../controllers/kubernetes/kinds/config-map.ts';
import { readSettings, type Variables } from '../../webhooks/settings/settings.ts';
import { all, GATEWAY_API, KAOS_0_8, one, template, type Values, withHelm } from '../support/helm.ts';
import { IDENTITY_ON } from './rules.ts';

const registryOf = (values: Values) => one('ConfigMap', values, REGISTRY_NAME) as unknown as ConfigMap;

/** The runtimes of KAOS 0.8 apart from slack. */
const OF_KAOS = ['fastmcp-codemode', 'kubernetes', 'pctx-codemode', 'python-string'];

withHelm.describe('the KAOS runtime in the chart', () => {
  it('passes every value of the KAOS runtime to the service, and the namespace of its registry', () => {
    const values = {
      'gatewayAPI.enabled': 'true',
      'gatewayAPI.internalRouting': 'true',
      'gatewayAPI.address': 'https://gateway.example.com:8443',
      'kaosRuntime.enabled': 'true',
      'kaosRuntime.defaultImages.agent': 'example/agent:1',
      'kaosRuntime.defaultImages.litellm': 'example/litellm:1',
      'kaosRuntime.defaultImages.ollama': '',
      'kaosRuntime.telemetry.enabled': 'true',
      'kaosRuntime.telemetry.endpoint': 'http://collector:4317',
      'kaosRuntime.logLevel': 'DEBUG',
      'kaosRuntime.clusterDomain': 'example.internal',
      'kaosRuntime.resources.requests.cpu': '1',
      'kaosRuntime.resources.requests.memory': '1Mi',
      'kaosRuntime.resources.limits.cpu': '2000m',
      'kaosRuntime.resources.limits.memory': '1024Ki',
      'kaosRuntime.agentAuth.identity.provider': 'serviceaccount',
      'kaosRuntime.agentAuth.identity.serviceAccount.audience': 'gw',
      'kaosRuntime.agentAuth.identity.serviceAccount.expirationSeconds': '7200',
      'kaosRuntime.podPolicy.podSecurity': 'restricted',
      'kaosRuntime.podPolicy.serviceAccounts': '{*}',
      'kaosRuntime.podPolicy.secrets': '{agents-*,a.b}',
      'kaosRuntime.podPolicy.priorityClasses': '{batch-low}',
    };
    const variables = one('ConfigMap', values, 'kaos-agent-gateway-hooks')['data'] as Variables;
    expect(readSettings(variables)).toMatchObject({
      settings: {
        controllers: {
          kaosRuntime: {
            images: { agent: 'example/agent:1', litellm: 'example/litellm:1', ollama: undefined },
            telemetry: { enabled: true, endpoint: 'http://collector:4317' },
            logLevel: 'DEBUG',
            systemNamespace: one('ConfigMap', values, 'kaos-mcp-runtimes').metadata.namespace,
            clusterDomain: 'example.internal',
            internalRouting: true,
            gatewayAddress: 'https://gateway.example.com:8443',
            resources: { requests: { cpu: '1', memory: '1Mi' }, limits: { cpu: '2000m', memory: '1024Ki' } },
            agentIdentity: { provider: 'serviceaccount', audience: 'gw', expirationSeconds: 7200 },
            podPolicy: {
              podSecurity: 'restricted',
              serviceAccounts: ['*'],
              secrets: ['agents-*', 'a.b'],
              priorityClasses: ['batch-low'],
            },
          },
        },
      },
    });
  });

  it('runs the kinds that the cluster has', () => {
    const names = (flags: readonly string[]) =>
      template({ 'kaosRuntime.enabled': 'true' }, flags)
        .manifests.filter(({ kind }) => kind === 'CompositeController')
        .map(({ metadata }) => metadata.name.replace('kaos-runtime-', ''));
    expect(names(GATEWAY_API)).toEqual(['agent', 'modelapi', 'mcpserver']);
    expect(names(KAOS_0_8)).toEqual(['agent', 'modelapi', 'mcpserver', 'memorystore', 'accessgrant']);
  });

  it.each<[Values, readonly string[]]>([
    [{}, ['deployments', 'services']],
    [IDENTITY_ON, ['deployments', 'services', 'serviceaccounts']],
  ])('with %j declares %j as children of Agents', (values, resources) => {
    const { spec } = one('CompositeController', { 'kaosRuntime.enabled': 'true', ...values }, 'kaos-runtime-agent');
    const { childResources } = spec as { childResources: readonly { resource: string }[] };
    expect(childResources.map(({ resource }) => resource)).toEqual(resources);
  });

  it.each<[Values, readonly string[]]>([
    [{}, []],
    [
      { 'kaosRuntime.enabled': 'true' },
      [
        'kaos-runtime-agent',
        'kaos-runtime-modelapi',
        'kaos-runtime-mcpserver',
        'kaos-runtime-memorystore',
        'kaos-runtime-accessgrant',
      ],
    ],
  ])('with %j has the controllers %j, and a registry of runtimes only if there are any', (values, names) => {
    expect(all('CompositeController', values).map(({ metadata }) => metadata.name)).toEqual(names);
    const configMaps = all('ConfigMap', values).map(({ metadata }) => metadata.name);
    expect(configMaps.includes(REGISTRY_NAME)).toBe(names.length > 0);
  });

  it.each([
    [GATEWAY_API, false],
    [KAOS_0_8, true],
  ])('tells the service in a cluster with %j whether Agents may ask for MemoryStores: %s', (cluster, expected) => {
    const { manifests } = template({ 'kaosRuntime.enabled': 'true' }, cluster);
    const settings = manifests.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'kaos-agent-gateway-hooks',
    );
    expect(readSettings(settings?.['data'] as Variables)).toMatchObject({
      settings: { controllers: { kaosRuntime: { hasMemoryStores: expected } } },
    });
  });

  it.each([true, false])('tells the service whether it makes the pods of KAOS resources: %s', (enabled) => {
    const { manifests } = template({ 'kaosRuntime.enabled': `${enabled}` }, KAOS_0_8);
    const settings = manifests.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'kaos-agent-gateway-hooks',
    );
    expect(readSettings(settings?.['data'] as Variables)).toMatchObject({
      settings: { controllers: { kaosRuntime: { enabled } } },
    });
  });

  it.each<[Values, string, readonly string[]]>([
    [{}, 'axsauze/kaos-mcp-python-string:0.7.8-dev', [...OF_KAOS, 'slack']],
    [{ 'mcpRuntimes.python-string.image': 'mine' }, 'mine', [...OF_KAOS, 'slack']],
    [{ 'mcpRuntimes.python-string.image': 'mine', 'mcpRuntimes.slack': 'null' }, 'mine', OF_KAOS],
    [
      { 'mcpRuntimes.own.image': 'own', 'mcpRuntimes.own.args': '{--transport,http}' },
      'axsauze/kaos-mcp-python-string:0.7.8-dev',
      [...OF_KAOS, 'own', 'slack'].sort(),
    ],
  ])('with %j has a registry with the image %s for python-string and the runtimes %j', (values, image, names) => {
    const given = Object.entries(values).map(([name, value]) => [`kaosRuntime.${name}`, value]);
    const registry = registryOf({ 'kaosRuntime.enabled': 'true', ...Object.fromEntries(given) });
    // KAOS's chart writes the name of an overridden runtime twice (D11). Then it is not found.
    const readings = names.map((name) => [name, readRuntime(name, registry, 'kaos-system')] as const);
    expect(readings.filter(([, reading]) => reading.outcome !== 'found' || reading.problems.length > 0)).toEqual([]);
    const written: Record<string, object> = parse(registry.data?.['runtimes.yaml'] ?? '').runtimes;
    expect(Object.keys(written)).toEqual(names);
    // KAOS's chart puts flags into the command (D12). Then they would be the program.
    expect(Object.values(written).filter((entry) => 'command' in entry)).toEqual([]);
    expect(readRuntime('python-string', registry, 'kaos-system')).toMatchObject({
      runtime: { image, paramsEnvVar: 'MCP_TOOLS_STRING' },
    });
  });

  it('KAOS 0.8, row 8: has its runtimes, with the variables of their params, and a release of the Kubernetes server', () => {
    const registry = registryOf({ 'kaosRuntime.enabled': 'true' });
    const read = (name: string) => readRuntime(name, registry, 'kaos-system');
    expect(read('pctx-codemode')).toMatchObject({ runtime: { paramsEnvVar: 'PCTX_CONFIG' } });
    expect(read('fastmcp-codemode')).toMatchObject({ runtime: { paramsEnvVar: 'MCP_SERVERS_CONFIG' } });
    expect(read('kubernetes')).toMatchObject({
      runtime: { image: expect.stringMatching(/:v\d+\.\d+\.\d+$/), args: ['--port', '8000'] },
    });
  });
});
