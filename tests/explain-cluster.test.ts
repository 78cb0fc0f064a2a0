import { describe, expect, it } from 'vitest';
import { explainFiles, explainText, unwrapped } from './support/explaining.ts';
import { fakeKubectl } from './support/fake-kubectl.ts';

describe('explain, of a cluster,', () => {
  const AGENT = {
    apiVersion: 'kaos.tools/v1alpha1',
    kind: 'Agent',
    metadata: { name: 'lead', namespace: 'team', uid: 'u1' },
    spec: { modelAPI: 'llm', model: 'x' },
  };
  const ROUTE = {
    metadata: {
      name: 'agent-lead',
      namespace: 'team',
      ownerReferences: [{ apiVersion: AGENT.apiVersion, kind: 'Agent', name: 'lead', uid: 'u1', controller: true }],
    },
    spec: { parentRefs: [], rules: [] },
    status: {
      parents: [
        {
          parentRef: { name: 'kaos-gateway', namespace: 'kaos-system' },
          conditions: [{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '' }],
        },
      ],
    },
  };
  const agents = 'agents.v1alpha1.kaos.tools';
  const routes = 'httproutes.v1.gateway.networking.k8s.io';
  const inCluster = (answers: Parameters<typeof fakeKubectl>[0], ...args: readonly string[]) =>
    explainText('', ['lead', '--cluster', ...args], { kubectl: fakeKubectl(answers) });

  it('says what became of a child', () => {
    const { stdout, stderr } = inCluster({ [agents]: [AGENT], [routes]: [ROUTE] });
    expect(unwrapped(stdout)).toContain('makes HTTPRoute agent-lead, by kaos-routes: Accepted');
    expect(stderr).toMatch(/^note: the cluster: has no release of the chart/);
  });

  it('names a child that has not been created, and the command that shows why', () => {
    const text = unwrapped(inCluster({ [agents]: [AGENT] }).stdout);
    expect(text).toContain('makes HTTPRoute agent-lead, by kaos-routes: not there');
    expect(text).toContain(
      'HTTPRoute agent-lead: has not been created; see why with kubectl get events -n team --field-selector involvedObject.kind=Agent,involvedObject.name=lead',
    );
  });

  it('says that a route waits for the gateway to accept its policies', () => {
    const rules = 'rules: [{jwt: {issuer: "https://i/", jwksUri: "https://i/j", audiences: [a]}}]';
    const flags = ['--access-dialect', 'envoy-gateway', '--access-await-policies', 'true', '--access-rules-file'];
    const { stdout } = explainFiles({ 'r.yaml': rules, 'a.yaml': JSON.stringify(AGENT) }, [
      ...['lead', 'a.yaml', ...flags, 'r.yaml'],
    ]);
    expect(stdout).toMatch(/^Agent team\/lead is not reachable yet\./);
    expect(unwrapped(stdout)).toContain('the gateway has not accepted the policies that check callers');
    expect(unwrapped(stdout)).toContain('(AccessPending)');
  });

  it('says which kinds were not read', () => {
    const settings = {
      metadata: {
        name: 'h',
        namespace: 'p',
        labels: { 'app.kubernetes.io/name': 'agent-gateway-hooks', 'app.kubernetes.io/instance': 'h' },
      },
      data: { SYSTEM_NAMESPACE: 'p', GATEWAY_API_ENABLED: 'false' },
    };
    expect(inCluster({ configmaps: [settings], [agents]: [AGENT] }).stderr).toContain(
      'not read from the cluster, because their controllers are off: ',
    );
  });
});
