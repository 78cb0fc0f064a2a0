import { expect, it } from 'vitest';
import { gateway, sync } from '../support/gateways.ts';
import { all, one, type Values, withHelm } from '../support/helm.ts';

interface Peer {
  readonly namespaceSelector?: unknown;
  readonly podSelector: unknown;
}

interface Policy {
  readonly policyTypes: unknown;
  readonly egress?: unknown;
  readonly ingress: readonly { readonly from: readonly Peer[]; readonly ports: readonly { readonly port: string }[] }[];
}

const policy = (values: Values = {}) => one('NetworkPolicy', values)['spec'] as Policy;
const inNamespaces = (...values: string[]) => ({
  matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }],
});

/** The callers that may reach a port. */
function callers(port: string, values: Values = {}): unknown[] {
  return policy(values)
    .ingress.filter(({ ports }) => ports.some((open) => open.port === port))
    .flatMap(({ from }) => from);
}

const metacontroller = {
  namespaceSelector: inNamespaces('metacontroller'),
  podSelector: {
    matchExpressions: [
      // The plain manifests use the first name, the chart's pods the second.
      { key: 'app.kubernetes.io/name', operator: 'In', values: ['metacontroller', 'metacontroller-helm'] },
    ],
  },
};

const test = {
  podSelector: {
    matchLabels: { 'app.kubernetes.io/name': 'agent-gateway-hooks-test', 'app.kubernetes.io/instance': 'kaos' },
  },
};

withHelm.describe('the NetworkPolicy', () => {
  it('denies all egress, and all ingress that it does not list', () => {
    expect(policy().policyTypes).toEqual(['Ingress', 'Egress']);
    expect(policy().egress).toBeUndefined();
    expect(policy()).toMatchObject({
      podSelector: { matchLabels: (one('Service')['spec'] as { selector: unknown }).selector },
    });
  });

  it('allows Metacontroller and the test to call the hooks, and only the test to call the admin port', () => {
    expect(callers('hooks')).toEqual([metacontroller, test]);
    expect(callers('admin')).toEqual([test]);
    expect(one('Pod').metadata).toMatchObject({ labels: test.podSelector.matchLabels });
  });

  it('allows Prometheus to read metrics if the ServiceMonitor is on', () => {
    const values = { 'monitoring.serviceMonitor.enabled': 'true', 'networkPolicy.prometheus.namespaces': '{prom}' };
    expect(callers('admin', values)).toContainEqual({ namespaceSelector: inNamespaces('prom'), podSelector: {} });
    expect(callers('hooks', values)).toEqual(callers('hooks'));
  });

  it('uses the namespaces and pods in the values', () => {
    const values = {
      'metacontroller.namespaces': '{one,two}',
      'metacontroller.podSelector.matchLabels.app': 'engine',
    };
    expect(callers('hooks', values)[0]).toEqual({
      namespaceSelector: inNamespaces('one', 'two'),
      podSelector: { matchLabels: { app: 'engine' } },
    });
  });

  it('can be turned off', () => {
    expect(all('NetworkPolicy', { 'networkPolicy.enabled': 'false' })).toEqual([]);
  });
});

const GATEWAYS = {
  'agentGateway.enabled': 'true',
  'agentGateway.networkPolicy.namespaces': '{platform,team-a}',
  'agentGateway.networkPolicy.agentNamespaces': '{team-a,team-b}',
};

interface Egress {
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly policyTypes: unknown;
  readonly egress: readonly unknown[];
}

function gatewayPolicies(values: Values) {
  return all('NetworkPolicy', { ...GATEWAYS, ...values })
    .filter(({ metadata }) => metadata.name === 'kaos-agent-gateway-hooks-gateways')
    .map(({ metadata, spec }) => ({ namespace: metadata.namespace, spec: spec as Egress }));
}

withHelm.describe("the NetworkPolicy of the gateways' pods", () => {
  const agents = { to: [{ namespaceSelector: inNamespaces('team-a', 'team-b'), podSelector: {} }] };
  const dns = {
    to: [{ namespaceSelector: inNamespaces('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };

  it('is there only for namespaces in the values, and only with agentGateway.enabled', () => {
    expect(gatewayPolicies({}).map(({ namespace }) => namespace)).toEqual(['platform', 'team-a']);
    expect(gatewayPolicies({ 'agentGateway.enabled': 'false' })).toEqual([]);
    expect(all('NetworkPolicy', { 'agentGateway.enabled': 'true' })).toHaveLength(1);
  });

  it('selects the pods that the controller makes, whatever labels their owner asks for', () => {
    const wish = { labels: { 'agent-gateway-hooks/component': 'x', app: 'x', team: 'a' } };
    const { pod } = sync({ parent: gateway({ commonMetadata: wish, podMetadata: wish }) });
    for (const { spec } of gatewayPolicies({})) {
      expect(pod.metadata.labels).toMatchObject(spec.podSelector.matchLabels);
      expect(Object.keys(spec.podSelector.matchLabels)).toHaveLength(1);
    }
  });

  it('allows the agents and DNS, and with values the collector and more; all other egress is denied', () => {
    expect(gatewayPolicies({}).map(({ spec: { policyTypes, egress } }) => ({ policyTypes, egress }))).toEqual([
      { policyTypes: ['Egress'], egress: [agents, dns] },
      { policyTypes: ['Egress'], egress: [agents, dns] },
    ]);
    const more = {
      'agentGateway.networkPolicy.collector.namespaces': '{monitoring}',
      'agentGateway.networkPolicy.collector.podSelector.matchLabels.app': 'collector',
      'agentGateway.networkPolicy.dns.port': '5353',
      'agentGateway.networkPolicy.egress[0].to[0].ipBlock.cidr': '203.0.113.7/32',
    };
    const ports = dns.ports.map((port) => ({ ...port, port: 5353 }));
    const podSelector = { matchLabels: { app: 'collector' } };
    expect(gatewayPolicies(more)[0]?.spec.egress).toEqual([
      agents,
      { ...dns, ports },
      { to: [{ namespaceSelector: inNamespaces('monitoring'), podSelector }] },
      { to: [{ ipBlock: { cidr: '203.0.113.7/32' } }] },
    ]);
    expect(gatewayPolicies({ 'agentGateway.networkPolicy.dns.namespaces': 'null' })[0]?.spec.egress).toEqual([agents]);
  });
});
