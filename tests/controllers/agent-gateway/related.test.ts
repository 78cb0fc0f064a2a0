import { describe, expect, it } from 'vitest';
import { agentGateway } from '../../../controllers/agent-gateway/controller.ts';
import { asking } from '../../support/gateway-routes.ts';
import { gateway, type KubernetesObject } from '../../support/gateways.ts';
import { testSettings } from '../../support/service.ts';

const ON = { GATEWAY_API_ENABLED: 'true' };
const KEY = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };

/** The rules while the Gateway API is off, unless the variables turn it on. */
function rules(spec: object, variables = {}) {
  const { controllers } = testSettings({ GATEWAY_API_ENABLED: 'false', ...variables });
  const answer = agentGateway.customize?.(gateway(spec), controllers);
  return answer?.outcome === 'related' ? answer.rules : [];
}

describe('customize of an AgentGateway (D16)', () => {
  it('asks for all agents and classes, and for objects with the names of its children', () => {
    expect(rules({})).toEqual([
      { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', resource: 'agents' },
      { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', resource: 'agentgatewayclasses' },
      { apiVersion: 'v1', resource: 'configmaps', namespace: 'team', names: ['gw-krakend-config'] },
      { apiVersion: 'apps/v1', resource: 'deployments', namespace: 'team', names: ['gw'] },
      { apiVersion: 'v1', resource: 'services', namespace: 'team', names: ['gw'] },
      { apiVersion: 'policy/v1', resource: 'poddisruptionbudgets', namespace: 'team' },
    ]);
  });

  it('also asks for routes of the name and of other gateways, but only if the Gateway API is on', () => {
    const routes = { apiVersion: 'gateway.networking.k8s.io/v1', resource: 'httproutes' };
    const more = [
      { ...routes, namespace: 'team', names: ['gw'] },
      { ...routes, labelSelector: { matchLabels: { 'agent-gateway-hooks/component': 'agent-gateway' } } },
    ];
    expect(rules({}, ON)).toEqual([...rules({}), ...more]);
    expect(rules({}, { ...ON, GATEWAY_CLASS_NAME: 'nginx' })).toEqual([
      ...rules({}, ON),
      { apiVersion: 'gateway.networking.k8s.io/v1', resource: 'gatewayclasses', names: ['nginx'] },
    ]);
  });

  // Metacontroller keeps the answer until the spec changes, so it must not depend on the annotation.
  it('asks for the same with and without host names', () => {
    const { controllers } = testSettings(ON);
    const asked = (parent: KubernetesObject) => agentGateway.customize?.(parent, controllers);
    expect(asked(asking('a.example.com'))).toEqual(asked(gateway()));
  });

  const spec = {
    env: [
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'z', key: 'k' } } },
      { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'C', valueFrom: { configMapKeyRef: { key: 'k' } } },
    ],
    envFrom: [{ configMapRef: { name: 'a' } }, { configMapRef: { name: 'z' } }, { secretRef: { name: 't' } }],
  };
  const names = (variables: object, resource: string) =>
    rules(spec, variables)
      .filter((rule) => rule.resource === resource)
      .map((rule) => rule.names);

  it('asks once for each ConfigMap that the environment refers to', () => {
    expect(names({}, 'configmaps')).toEqual([['a', 'gw-krakend-config', 'z']]);
  });

  it('asks for Secrets only if there is a key to hash them with', () => {
    expect(names({}, 'secrets')).toEqual([]);
    expect(names(KEY, 'secrets')).toEqual([['s', 't']]);
    expect(rules({}, KEY).filter(({ resource }) => resource === 'secrets')).toEqual([]);
  });

  it('stays fast with thousands of references', () => {
    const env = Array.from({ length: 4000 }, (_, index) => ({
      name: `V${index}`,
      valueFrom: { configMapKeyRef: { name: `m${index % 500}`, key: `k${index}` } },
    }));
    const start = process.cpuUsage();
    expect(rules({ env })[2]?.names).toHaveLength(501);
    expect(millisecondsSince(start)).toBeLessThan(200);
  });

  it('asks for the same if the spec is the same, in well under a millisecond', () => {
    const { controllers } = testSettings(KEY);
    const parent = gateway(spec);
    const first = agentGateway.customize?.(parent, controllers);
    const start = process.cpuUsage();
    for (let call = 0; call < 1000; call += 1) {
      agentGateway.customize?.(parent, controllers);
    }
    expect(millisecondsSince(start)).toBeLessThan(500);
    expect(agentGateway.customize?.({ ...parent, status: { conditions: [] } }, controllers)).toEqual(first);
  });
});

/** Milliseconds of processor time, which other processes do not lengthen. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
