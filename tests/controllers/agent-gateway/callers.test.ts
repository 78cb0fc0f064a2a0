import { describe, expect, it } from 'vitest';
import { agentGateway } from '../../../controllers/agent-gateway/controller.ts';
import { selectsLabels } from '../../../controllers/kubernetes/objects/label-selector.ts';
import { agent, child, gateway, observed, sync } from '../../support/gateways.ts';
import { testSettings } from '../../support/service.ts';

const RULES = { ACCESS_RULES_FILE: 'tests/fixtures/access/from-and-deny.yaml' };
const INTERNAL = gateway({}, { labels: { tier: 'internal' } });
const run = (scene: object) => sync({ related: [agent('team/a')], settings: RULES, ...scene });

const FOREIGN = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'gw', namespace: 'team' },
};

describe('access rules with from, for an AgentGateway', () => {
  it('let only pods of the named namespaces connect to its pods', () => {
    const { attachments, conditions, pod } = run({ parent: INTERNAL });
    const policy = child(attachments, 'NetworkPolicy');
    expect(policy).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'gw', namespace: 'team', labels: { app: 'gw' } },
      spec: {
        podSelector: { matchLabels: { app: 'gw' } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchExpressions: [
                    { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['frontend', 'web'] },
                  ],
                },
              },
            ],
            ports: [{ port: 8080, protocol: 'TCP' }],
          },
        ],
      },
    });
    expect(selectsLabels(policy.spec.podSelector, pod.metadata.labels)).toBe(true);
    expect(policy.spec.podSelector.matchLabels).toEqual(child(attachments, 'Service').spec.selector);
    expect(conditions['Accepted']).toMatchObject({
      status: 'True',
      message: expect.stringContaining('only pods of the namespaces frontend, web may connect, by rules[0]'),
    });
  });

  it('change nothing for a gateway that they do not name', () => {
    expect(run({})).toEqual(run({ settings: {} }));
    const children = observed(run({ parent: INTERNAL }).attachments);
    expect(child(run({ children }).attachments, 'NetworkPolicy')).toBeUndefined();
  });

  it('do not overwrite a foreign NetworkPolicy with its name, nor mind it without from', () => {
    const related = [agent('team/a'), FOREIGN];
    const conflict = run({ parent: INTERNAL, related });
    expect(conflict.conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NameConflict' });
    expect(conflict.attachments).toEqual([]);
    expect(run({ related })).toEqual(run({}));
  });

  it('make customize ask for it, whatever the labels are, but not without from', () => {
    const asked = (variables: object) => {
      const answer = agentGateway.customize?.(gateway(), testSettings({ ...variables }).controllers);
      return answer?.outcome === 'related' ? answer.rules.filter(({ resource }) => resource === 'networkpolicies') : [];
    };
    expect(asked(RULES)).toEqual([
      { apiVersion: 'networking.k8s.io/v1', resource: 'networkpolicies', namespace: 'team', names: ['gw'] },
    ]);
    expect(asked({})).toEqual([]);
  });
});
