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

/** Who may reach a port. */
function callers(port: string, values: Values = {}): unknown[] {
  return policy(values)
    .ingress.filter(({ ports }) => ports.some((open) => open.port === port))
    .flatMap(({ from }) => from);
}

const metacontroller = {
  namespaceSelector: inNamespaces('metacontroller'),
  podSelector: {
    matchExpressions: [
      // The plain manifests have the first, the chart's pods the second.
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
  it('lets nothing out, and nothing in that it does not list', () => {
    expect(policy().policyTypes).toEqual(['Ingress', 'Egress']);
    expect(policy().egress).toBeUndefined();
    expect(policy()).toMatchObject({
      podSelector: { matchLabels: (one('Service')['spec'] as { selector: unknown }).selector },
    });
  });

  it('lets Metacontroller and the test in to the hooks, and the test alone to the rest', () => {
    expect(callers('hooks')).toEqual([metacontroller, test]);
    expect(callers('admin')).toEqual([test]);
    expect(one('Pod').metadata).toMatchObject({ labels: test.podSelector.matchLabels });
  });

  it('lets Prometheus in to the metrics where it is to read them', () => {
    const values = { 'monitoring.serviceMonitor.enabled': 'true', 'networkPolicy.prometheus.namespaces': '{prom}' };
    expect(callers('admin', values)).toContainEqual({ namespaceSelector: inNamespaces('prom'), podSelector: {} });
    expect(callers('hooks', values)).toEqual(callers('hooks'));
  });

  it('goes by the namespaces and pods that values name', () => {
    const values = {
      'metacontroller.namespaces': '{one,two}',
      'metacontroller.podSelector.matchLabels.app': 'engine',
    };
    expect(callers('hooks', values)[0]).toEqual({
      namespaceSelector: inNamespaces('one', 'two'),
      podSelector: { matchLabels: { app: 'engine' } },
    });
  });

  it('is left out where values say so', () => {
    expect(all('NetworkPolicy', { 'networkPolicy.enabled': 'false' })).toEqual([]);
  });
});
