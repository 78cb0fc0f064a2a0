import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { REGISTRY_NAME, readRuntime } from '../../controllers/kaos-runtime/mcp-server/registry.ts';
import type { ConfigMap } from '../../controllers/kubernetes/kinds/config-map.ts';
import { readSettings, type Variables } from '../../webhooks/settings/settings.ts';
import { all, one, type Values, withHelm } from '../support/helm.ts';

const registryOf = (values: Values) => one('ConfigMap', values, REGISTRY_NAME) as unknown as ConfigMap;

withHelm.describe('the KAOS runtime of the chart', () => {
  it('hands every value of the KAOS runtime on, and the namespace of its registry', () => {
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
          },
        },
      },
    });
  });

  it.each<[Values, readonly string[]]>([
    [{}, []],
    [{ 'kaosRuntime.enabled': 'true' }, ['kaos-runtime-agent', 'kaos-runtime-modelapi', 'kaos-runtime-mcpserver']],
  ])(
    'with %j runs KAOS resources by the controllers %j, and has a registry of runtimes for them alone',
    (values, names) => {
      expect(all('CompositeController', values).map(({ metadata }) => metadata.name)).toEqual(names);
      const configMaps = all('ConfigMap', values).map(({ metadata }) => metadata.name);
      expect(configMaps.includes(REGISTRY_NAME)).toBe(names.length > 0);
    },
  );

  it.each<[Values, string, readonly string[]]>([
    [{}, 'axsauze/kaos-mcp-python-string:v0.1.4-dev', ['kubernetes', 'python-string', 'slack']],
    [{ 'mcpRuntimes.python-string.image': 'mine' }, 'mine', ['kubernetes', 'python-string', 'slack']],
    [
      { 'mcpRuntimes.python-string.image': 'mine', 'mcpRuntimes.slack': 'null' },
      'mine',
      ['kubernetes', 'python-string'],
    ],
    [
      { 'mcpRuntimes.own.image': 'own', 'mcpRuntimes.own.args': '{--transport,http}' },
      'axsauze/kaos-mcp-python-string:v0.1.4-dev',
      ['kubernetes', 'own', 'python-string', 'slack'],
    ],
  ])(
    'with %j has a registry in which the image of python-string is %s, and the runtimes are %j',
    (values, image, names) => {
      const given = Object.entries(values).map(([name, value]) => [`kaosRuntime.${name}`, value]);
      const registry = registryOf({ 'kaosRuntime.enabled': 'true', ...Object.fromEntries(given) });
      // With a name twice, as KAOS's chart writes what is overridden (D11), it would not be found.
      const readings = names.map((name) => [name, readRuntime(name, registry)] as const);
      expect(readings.filter(([, reading]) => reading.outcome !== 'found' || reading.problems.length > 0)).toEqual([]);
      const written: Record<string, object> = parse(registry.data?.['runtimes.yaml'] ?? '').runtimes;
      expect(Object.keys(written)).toEqual(names);
      // Flags as a command, as KAOS's chart has them (D12), would be the program.
      expect(Object.values(written).filter((entry) => 'command' in entry)).toEqual([]);
      expect(readRuntime('python-string', registry)).toMatchObject({
        runtime: { image, paramsEnvVar: 'MCP_TOOLS_STRING' },
      });
    },
  );
});
