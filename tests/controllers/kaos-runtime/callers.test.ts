import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeUnitOrder } from '../../../controllers/data/order.ts';
import { selectsLabels } from '../../../controllers/kubernetes/objects/label-selector.ts';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import {
  agent,
  GATEWAY_ON,
  mcpServer,
  memoryStore,
  modelApi,
  observed,
  ready,
  registry,
  related,
  sync,
} from '../../support/kaos.ts';
import { assertReaching } from '../../support/reaching.ts';
import { dependencies, parent } from './arbitraries.ts';

const RULES = { ACCESS_RULES_FILE: 'tests/fixtures/access/from-and-deny.yaml' };
const internal = { labels: { tier: 'internal' } };
const closed = { labels: { tier: 'closed' } };
const NEEDED = [ready(modelApi()), registry()];
const KINDS = [
  [agent, 'agent-lead', { agent: 'lead', app: 'agent' }, 8000],
  [modelApi, 'modelapi-llm', { app: 'modelapi', modelapi: 'llm' }, 8000],
  [mcpServer, 'mcpserver-calc', { app: 'mcpserver', mcpserver: 'calc' }, 8000],
  [memoryStore, 'memorystore-notes', { app: 'memorystore', memorystore: 'notes' }, 8080],
] as const;

const run = (resource: KubernetesObject, scene: object = {}) =>
  sync({ parent: resource, related: NEEDED, settings: RULES, ...scene });
const policyOf = (resource: KubernetesObject, scene: object = {}) =>
  child(run(resource, scene).children, 'NetworkPolicy');
/** The spec of a NetworkPolicy, as far as these tests look into it. */
interface PolicySpec {
  readonly podSelector: object;
  readonly ingress: readonly [{ readonly ports: readonly { readonly port: number }[] }];
}
const specOf = (policy: KubernetesObject | undefined) => policy?.['spec'] as PolicySpec;
const portsOf = (policy: KubernetesObject | undefined) => specOf(policy).ingress[0].ports.map(({ port }) => port);

/** An object with the name of the policy, which nobody controls. */
const foreign = (name: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'team' },
});

describe.each(KINDS)('access rules with from, for %o', (resource, name, labels, port) => {
  it('let only pods of the named namespaces connect to its pods', () => {
    const { children, conditions } = run(resource({}, internal));
    expect(child(children, 'NetworkPolicy')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `access-${name}`, namespace: 'team', labels },
      spec: {
        podSelector: { matchLabels: labels },
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
            ports: [{ port, protocol: 'TCP' }],
          },
        ],
      },
    });
    expect(conditions['Accepted']).toMatchObject({
      status: 'True',
      message:
        'The resource is accepted; only pods of the namespaces frontend, web may connect, by rules[0] of the access rules; for calls through a Gateway, the namespace of its pods must be one of them',
    });
  });

  it('change nothing for a resource that they do not name', () => {
    expect(run(resource({}, { labels: { tier: 'other' } }))).toEqual(run(resource({}), { settings: {} }));
    expect(run(resource({}, internal), { settings: {} })).toEqual(run(resource({}), { settings: {} }));
  });

  it('hold while the resource is held, and no longer than they say so', () => {
    const running = observed(run(resource({}, internal)).children);
    const open = running.filter(({ kind }) => kind !== 'NetworkPolicy');
    const tooLarge = { junk: Array.from({ length: 16_000 }, () => [[]]) };
    const held = (metadata: object, children: readonly KubernetesObject[]) =>
      run(resource(tooLarge, metadata), { children });
    expect(held(internal, open).status.phase).toBe('Failed');
    expect(child(held(internal, open).children, 'NetworkPolicy')).toEqual(policyOf(resource({}, internal)));
    expect(held(internal, running).kinds).toContain('NetworkPolicy');
    expect(held({}, running).kinds).not.toContain('NetworkPolicy');
    expect(held(internal, []).kinds).toEqual([]);
  });

  it('do not overwrite a foreign NetworkPolicy', () => {
    const scene = { related: [...NEEDED, foreign(`access-${name}`)] };
    expect(run(resource({}, internal), scene)).toMatchObject({
      kinds: [],
      conditions: { Accepted: { status: 'False', reason: 'NameConflict' } },
    });
    expect(run(resource({}), scene).kinds).toContain('Deployment');
    const running = observed(run(resource({}, internal)).children);
    const beside = run(resource({}, internal), { related: [...NEEDED, foreign(`access-${name}`)], children: running });
    expect(beside.kinds).toContain('NetworkPolicy');
  });

  it('make customize ask for it, whatever the labels are, but not without from', () => {
    const asked = { apiVersion: 'networking.k8s.io/v1', resource: 'networkpolicies', names: [`access-${name}`] };
    expect(related(resource(), RULES)).toContainEqual({ ...asked, namespace: 'team' });
    expect(related(resource({}, internal)).filter(({ resource: kind }) => kind === 'networkpolicies')).toEqual([]);
  });

  it('say so in RouteAccepted if they deny or withhold the route, and leave the pods', () => {
    const settings = { ...RULES, ...GATEWAY_ON, GATEWAY_ADDRESS: 'http://gateway.example.com' };
    const denied = run(resource({}, closed), { settings });
    expect(denied.conditions['RouteAccepted']).toMatchObject({
      status: 'False',
      reason: 'AccessDenied',
      message: 'there is no route, because rules[1] of the access rules denies it',
    });
    expect(denied.status).not.toHaveProperty('gatewayAddress');
    const withheld = run(resource({}, internal), { settings });
    expect(withheld.conditions['RouteAccepted']).toMatchObject({ status: 'False', reason: 'AccessWithheld' });
    const ours = { settings: { ...settings, KAOS_RUNTIME_ENABLED: 'true' } };
    const first = run(resource({}, internal), ours);
    expect(first.conditions['RouteAccepted']).toMatchObject({ status: 'False', reason: 'AccessWithheld' });
    const enforced = run(resource({}, internal), { ...ours, children: observed(first.children) });
    expect(enforced.conditions['RouteAccepted']).toMatchObject({ status: 'Unknown', reason: 'Pending' });
    expect(run(resource({}), { settings }).status).toHaveProperty('gatewayAddress');
    expect(denied.children).toEqual(run(resource({}), { settings }).children);
  });
});

describe('the ports of the NetworkPolicy', () => {
  it('are those that the containers list for TCP, and the one to which the Service leads', () => {
    const ports = [
      { name: 'http', containerPort: 9000 },
      { name: 'metrics', containerPort: 9464 },
      { name: 'statsd', containerPort: 8125, protocol: 'UDP' },
    ];
    const podSpec = { containers: [{ name: 'agent', ports }] };
    expect(portsOf(policyOf(agent({ podSpec }, internal)))).toEqual([9000, 9464]);
  });

  it('are those of an Agent that is not exposed, too', () => {
    const made = run(agent({ agentNetwork: { expose: false } }, internal));
    expect(made.kinds).toEqual(['Deployment', 'NetworkPolicy']);
    expect(portsOf(child(made.children, 'NetworkPolicy'))).toEqual([8000]);
  });
});

describe('a resource that calls another one', () => {
  const llm = ready(modelApi({}, internal));
  const message =
    'calls to ModelAPI llm fail: rules[0] of the access rules does not let pods of the namespace team connect; expected it in from.namespaces';

  it.each([agent, memoryStore])('is told that its pods may not connect to it: %o', (resource) => {
    const { conditions, kinds, reply } = run(resource(), { related: [llm] });
    expect(conditions['ResolvedRefs']).toMatchObject({ status: 'False', reason: 'RefNotPermitted', message });
    expect(kinds).toContain('Deployment');
    expect(reply.problems).toContainEqual(expect.objectContaining({ reason: 'RuntimeProblem' }));
    expect(run(resource()).conditions['ResolvedRefs']).toMatchObject({ status: 'True' });
  });

  it('is told that there is no route, if its calls go through the Gateway', () => {
    const settings = {
      ...RULES,
      ...GATEWAY_ON,
      KAOS_RUNTIME_ENABLED: 'true',
      GATEWAY_API_INTERNAL_ROUTING: 'true',
      GATEWAY_ADDRESS: 'http://gateway.example.com',
    };
    const told = (labels: object) => {
      const related = [{ ...llm, metadata: { ...llm.metadata, labels } }];
      return run(agent(), { related, settings }).conditions['ResolvedRefs'];
    };
    expect(told(internal.labels)).toMatchObject({ status: 'True' });
    expect(told(closed.labels)).toMatchObject({
      status: 'False',
      reason: 'RefNotPermitted',
      message: 'calls to ModelAPI llm fail: there is no route, because rules[1] of the access rules denies it',
    });
  });
});

describe('pods in the network of their node', () => {
  const settings = { ...RULES, KAOS_RUNTIME_POD_SECURITY: 'privileged' };
  const resource = (metadata: object) => agent({ podSpec: { hostNetwork: true } }, metadata);

  it('are held, because a NetworkPolicy has no effect on them', () => {
    expect(run(resource(internal), { settings })).toMatchObject({
      kinds: [],
      conditions: { Accepted: { status: 'False', reason: 'FromNotEnforced' } },
    });
    expect(run(resource({}), { settings }).pod.hostNetwork).toBe(true);
  });

  it('have no NetworkPolicy if they run already, so their route is withheld', () => {
    const children = observed(run(resource({}), { settings }).children);
    const ours = { ...settings, ...GATEWAY_ON, KAOS_RUNTIME_ENABLED: 'true' };
    const held = run(resource(internal), { settings: ours, children });
    expect(held.kinds).toEqual(['Deployment', 'Service']);
    expect(held.conditions['RouteAccepted']).toMatchObject({ status: 'False', reason: 'AccessWithheld' });
  });
});

describe('for any resource', () => {
  it('a NetworkPolicy is there exactly if a rule has from, and selects exactly the pods of the resource', () => {
    assertReaching({ numRuns: 300, floor: 60 }, (tell) =>
      fc.property(parent, dependencies, fc.boolean(), (resource, found, isInternal) => {
        const labelled = { ...resource, metadata: { ...resource.metadata, ...(isInternal && internal) } };
        const { children, deployment } = sync({ parent: labelled, related: found, settings: RULES });
        const policies = children.filter(({ kind }) => kind === 'NetworkPolicy');
        expect(policies).toHaveLength(isInternal && deployment ? 1 : 0);
        for (const { podSelector } of policies.map(specOf)) {
          expect(selectsLabels(podSelector, deployment?.spec.template.metadata.labels)).toBe(true);
          expect(podSelector).toEqual(deployment?.spec.selector);
          tell(true);
        }
      }),
    );
  });

  it('the answer does not change once it is observed', () => {
    assertReaching({ numRuns: 200, floor: 50 }, (tell) =>
      fc.property(parent, dependencies, (resource, found) => {
        const labelled = { ...resource, metadata: { ...resource.metadata, ...internal } };
        const first = sync({ parent: labelled, related: found, settings: RULES });
        const children = observed(first.children);
        const second = sync({ parent: labelled, related: [...found, ...children], children, settings: RULES });
        const byKind = (all: readonly KubernetesObject[]) => all.toSorted((a, b) => codeUnitOrder(a.kind, b.kind));
        expect(byKind(second.children)).toEqual(byKind(first.children));
        tell(first.kinds.includes('NetworkPolicy'));
      }),
    );
  });
});
