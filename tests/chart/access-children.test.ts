import { describe, expect, it } from 'vitest';
import { controllers } from '../../controllers/registry.ts';
import { one, type Values, webhook, withHelm } from '../support/helm.ts';
import { GATEWAY_ON, isOfAccess, OFF, rules } from './rules.ts';

const NAME = 'kaos-agent-gateway-hooks';
const DENY = { 'accessRules.default': 'deny' };
const EVERYTHING = {
  ...GATEWAY_ON,
  'agentGateway.enabled': 'true',
  'agentRoutes.enabled': 'true',
  'kaosRuntime.enabled': 'true',
};
const DIALECTS: readonly (readonly [dialect: string, group: string, resources: readonly string[]])[] = [
  ['envoy-gateway', 'gateway.envoyproxy.io', ['backendtrafficpolicies', 'securitypolicies']],
  ['agentgateway', 'agentgateway.dev', ['agentgatewaybackends', 'agentgatewaypolicies']],
];
const dialect = (name: string): Values => ({ ...EVERYTHING, 'gatewayAPI.accessDialect': name });
const NETWORK_POLICIES = { apiVersion: 'networking.k8s.io/v1', resource: 'networkpolicies' };

interface ControllerSpec {
  readonly attachments?: readonly { readonly apiVersion: string; readonly resource: string }[];
  readonly childResources?: readonly { readonly apiVersion: string; readonly resource: string }[];
}

/** The children of a controller that it has only because of access rules. */
function childrenOf(controller: string, values: Values) {
  const [kind = ''] = controller.startsWith('kaos-runtime-') ? ['CompositeController'] : ['DecoratorController'];
  const { attachments, childResources = attachments } = one(kind, values, controller)['spec'] as ControllerSpec;
  return (childResources ?? []).filter(isOfAccess);
}

withHelm.describe('policies for the Gateway', () => {
  it.each(DIALECTS)('with %s are children of the controllers that make routes', (name, group, resources) => {
    const children = resources.map((resource) => ({
      apiVersion: `${group}/v1alpha1`,
      resource,
      updateStrategy: { method: 'InPlace' },
    }));
    for (const controller of ['kaos-routes', 'agent-routes']) {
      expect(childrenOf(controller, dialect(name))).toEqual(children);
    }
    expect(childrenOf('agent-gateway', dialect(name))).toEqual([]);
  });

  it('stay children without rules and without the Gateway, so that those of earlier rules are removed', () => {
    const values = { 'gatewayAPI.accessDialect': 'envoy-gateway', 'gatewayAPI.enabled': 'false' };
    expect(childrenOf('kaos-routes', values)).toHaveLength(2);
  });

  it('are no children without a dialect, for which a cluster may lack the kinds', () => {
    for (const controller of ['kaos-routes', 'agent-routes']) {
      expect(childrenOf(controller, { ...EVERYTHING, ...DENY })).toEqual([]);
    }
    expect(rules({ ...EVERYTHING, ...DENY }).flatMap(({ apiGroups }) => apiGroups)).not.toContain('agentgateway.dev');
  });

  it.each(DIALECTS)('with %s are in the role of Metacontroller', (name, group, resources) => {
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    const ofGroup = (values: Values) => rules(values).filter(({ apiGroups: [own] }) => own === group);
    expect(ofGroup(dialect(name))).toEqual([{ apiGroups: [group], resources, verbs }]);
    expect(ofGroup({ ...OFF, 'agentGateway.enabled': 'true', 'gatewayAPI.accessDialect': name })).toEqual([]);
  });

  it.each(DIALECTS)('with %s are kept from seizing the policies of others', (name, group, resources) => {
    for (const controller of ['kaos-routes', 'agent-routes']) {
      expect(guarded(controller, dialect(name))).toEqual({
        [group]: resources,
        'gateway.networking.k8s.io': ['httproutes'],
      });
    }
  });
});

withHelm.describe('NetworkPolicies', () => {
  const withPods = [
    'agent-gateway',
    ...['agent', 'modelapi', 'mcpserver', 'memorystore'].map((kind) => `kaos-runtime-${kind}`),
  ];

  it.each(withPods)('are children of %s while there are rules, so that those of earlier rules are removed', (name) => {
    expect(childrenOf(name, EVERYTHING)).toEqual([]);
    const child = { ...NETWORK_POLICIES, updateStrategy: { method: 'InPlace' } };
    expect(childrenOf(name, { ...EVERYTHING, ...DENY })).toEqual([child]);
    expect(childrenOf(name, { ...EVERYTHING, 'accessRules.rules[0].from.namespaces': '{frontend}' })).toEqual([child]);
  });

  it('are in the role of Metacontroller while there are rules and pods for them', () => {
    const has = (values: Values) => rules(values).some(({ resources }) => resources.includes('networkpolicies'));
    expect(has({ ...EVERYTHING, ...DENY })).toBe(true);
    expect(has({ 'agentGateway.enabled': 'true', ...DENY })).toBe(true);
    expect(has(EVERYTHING)).toBe(false);
    expect(has(DENY)).toBe(false);
  });

  it('of others are kept from agent-gateway, also without routes', () => {
    const values = { 'agentGateway.enabled': 'true' };
    expect(guarded('agent-gateway', { ...values, ...DENY })).toEqual({ 'networking.k8s.io': ['networkpolicies'] });
    expect(guarded('agent-gateway', { ...EVERYTHING, ...DENY })).toEqual({
      'gateway.networking.k8s.io': ['httproutes'],
      'networking.k8s.io': ['networkpolicies'],
    });
  });
});

withHelm.describe('the hook that asks what routes depend on', () => {
  const CLASS = { ...GATEWAY_ON, 'gatewayAPI.gatewayClassName': 'nginx', 'gateway.timeouts': 'never' };
  const CORS = { 'accessRules.cors.origins': '{https://chat.example.com}' };

  it.each<[boolean, Values]>([
    [true, { ...GATEWAY_ON, ...DENY, 'gatewayAPI.accessDialect': 'envoy-gateway' }],
    [true, { ...GATEWAY_ON, ...DENY, 'kaosRuntime.enabled': 'true' }],
    [false, { ...GATEWAY_ON, 'kaosRuntime.enabled': 'true', 'gateway.timeouts': 'never' }],
    [true, { ...CLASS, ...CORS }],
    [false, { ...CLASS, ...CORS, 'gatewayAPI.cors': 'always' }],
    [false, { ...CLASS, ...DENY }],
    [false, { ...GATEWAY_ON, ...CORS }],
    [false, { ...GATEWAY_ON, 'gatewayAPI.accessDialect': 'envoy-gateway' }],
    [false, { ...DENY, 'gatewayAPI.accessDialect': 'envoy-gateway' }],
  ])('is there: %s, with %j', (isThere, values) => {
    expect(webhook('kaos-routes', 'customize', values) !== undefined).toBe(isThere);
  });
});

describe('the registry', () => {
  const KNOWN = [
    ...DIALECTS.flatMap(([, group, resources]) => resources.map((resource) => `${group}/v1alpha1 ${resource}`)),
    `${NETWORK_POLICIES.apiVersion} ${NETWORK_POLICIES.resource}`,
  ];

  it('has no kind of policy that the chart lacks', () => {
    const kinds = controllers.flatMap(({ children, related }) => [...children, ...related]).filter(isOfAccess);
    const names = kinds.map(({ apiVersion, resource }) => `${apiVersion} ${resource}`);
    expect(names.filter((name) => !KNOWN.includes(name))).toEqual([]);
  });
});

/** The kinds of which the API server refuses foreign objects to a controller, by group. */
function guarded(controller: string, values: Values): Readonly<Record<string, readonly string[]>> {
  const { matchConstraints } = one('ValidatingAdmissionPolicy', values, `${NAME}-${controller}`)['spec'] as {
    matchConstraints: { resourceRules: readonly { apiGroups: [string]; resources: string[]; operations: string[] }[] };
  };
  expect(matchConstraints.resourceRules.every(({ operations }) => `${operations}` === 'UPDATE')).toBe(true);
  return Object.fromEntries(
    matchConstraints.resourceRules.map(({ apiGroups: [group], resources }) => [group, resources]),
  );
}
