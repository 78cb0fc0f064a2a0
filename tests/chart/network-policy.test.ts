import { expect, it } from 'vitest';
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
