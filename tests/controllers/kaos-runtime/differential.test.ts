import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import { observed, sync, UID } from '../../support/kaos.ts';
import { assertReaching } from '../../support/reaching.ts';
import { dependencies, parent, settings } from './arbitraries.ts';

/** The names of a victim's dependencies and children, which hostile objects of other namespaces have too. */
const NAMES = ['llm', 'calc', 'helper', 'lead', 'agent-lead', 'modelapi-llm', 'mcpserver-calc', 'kaos-mcp-runtimes'];
const KINDS = [
  'v1 ConfigMap',
  'v1 Service',
  'apps/v1 Deployment',
  'kaos.tools/v1alpha1 Agent',
  'kaos.tools/v1alpha1 ModelAPI',
  'kaos.tools/v1alpha1 MCPServer',
  'gateway.networking.k8s.io/v1 HTTPRoute',
];
const status = fc.oneof(fc.constant({ ready: true, endpoint: 'http://evil' }), fc.jsonValue());
const spec = fc.oneof(fc.constant({ mode: 'Proxy', proxyConfig: { models: ['evil'] } }), fc.jsonValue());
/** Whoever makes an object can name any owner in it, and give it any label. */
const owner = { ownerReferences: [{ uid: UID, controller: true }], labels: { agent: 'lead', app: 'agent' } };

/** An object of another tenant: in a namespace of theirs, or of a name of their own in the victim's. */
const hostileObject: fc.Arbitrary<KubernetesObject> = fc
  .record({
    type: fc.constantFrom(...KINDS),
    place: fc.oneof(
      fc.record({ namespace: fc.constantFrom('evil', 'team-b', 'tea'), name: fc.constantFrom(...NAMES) }),
      fc.record({
        namespace: fc.constant('team'),
        name: fc.constantFrom('evil', 'llm-2', 'agent-lead2', 'constructor'),
      }),
    ),
    owned: fc.constantFrom({}, owner),
    more: fc.record({ spec, status, data: fc.constant({ 'runtimes.yaml': 'runtimes: {slack: {image: evil}}' }) }),
  })
  .map(({ type, place, owned, more }) => {
    const [apiVersion = '', kind = ''] = type.split(' ');
    return { apiVersion, kind, metadata: { ...place, ...owned }, ...more };
  });
const hostileObjects = fc.array(hostileObject, { minLength: 1, maxLength: 8 });

const identityOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace}/${metadata.name}`;
const hasMade = (children: readonly KubernetesObject[]) => child(children, 'Deployment') !== undefined;

describe('hostile objects beside a KAOS resource', () => {
  it('change nothing for it, neither when it is new nor when it runs', () => {
    assertReaching({ numRuns: 400, floor: 230 }, (tell) =>
      fc.property(parent, dependencies, hostileObjects, settings, (resource, found, others, variables) => {
        const alone = { parent: resource, related: found, settings: variables };
        const beside = { ...alone, related: [...others, ...found] };
        const first = sync(alone);
        expect(sync(beside)).toMatchObject({ children: first.children, status: first.status });
        const running = { children: observed(first.children), now: '2026-06-01T00:10:00Z' };
        const second = sync({ ...alone, ...running });
        expect(sync({ ...beside, ...running })).toMatchObject({ children: second.children, status: second.status });
        tell(hasMade(first.children));
      }),
    );
  });
});

describe('a hostile KAOS resource', () => {
  it('has its children in its own namespace, and none with the name of a child of another resource', () => {
    assertReaching({ numRuns: 400, floor: 130 }, (tell) =>
      fc.property(parent, parent, dependencies, (own, other, found) => {
        const isSame = identityOf(own) === identityOf(other);
        const [first, second] = [own, other].map((resource) => sync({ parent: resource, related: found }).children);
        const names = (first ?? []).map(identityOf);
        expect(isSame ? [] : (second ?? []).map(identityOf).filter((each) => names.includes(each))).toEqual([]);
        expect(names.filter((each) => !each.includes(` ${own.metadata.namespace}/`))).toEqual([]);
        tell(!isSame && [first, second].every((children) => hasMade(children ?? [])));
      }),
    );
  });
});
