import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, mcpServer, modelApi, observed, ready, registry, type Scene, sync } from '../../support/kaos.ts';

const FIELD = 'metadata.annotations.agent-gateway-hooks/pod-metadata';
const EXPECTED =
  'expected labels and annotations such as {labels: {team: a}, annotations: {linkerd.io/inject: enabled}}';
const annotated = (text: string, more: object = {}) => ({
  annotations: { 'agent-gateway-hooks/pod-metadata': text, ...more },
});

/** The metadata of the pods, and what is told. */
function pods(parent: KubernetesObject, scene: Omit<Scene, 'parent'> = {}) {
  const { deployment, service, conditions } = sync({ parent, ...scene });
  const { reason, message } = conditions['Accepted'] ?? {};
  return { ...deployment.spec.template.metadata, deployment, service, reason, message };
}

const WANTED = `
labels: {team: a, azure.workload.identity/use: true, sidecar.istio.io/inject: "true"}
annotations: {linkerd.io/inject: enabled, prometheus.io/port: 8000}
`;

describe.each<[string, (metadata: object) => KubernetesObject, Omit<Scene, 'parent'>]>([
  ['a ModelAPI', (metadata) => modelApi({}, metadata), {}],
  ['an Agent', (metadata) => agent({}, metadata), { related: [ready(modelApi())] }],
  ['an MCPServer', (metadata) => mcpServer({}, metadata), { related: [registry()] }],
])('the pods of %s', (_kind, make, scene) => {
  it('get the labels and annotations of the annotation, and keep those that selectors use', () => {
    const before = pods(make({}), scene);
    const { labels, annotations, deployment, service, reason } = pods(make(annotated(WANTED)), scene);
    expect(labels).toEqual({
      ...before.labels,
      team: 'a',
      'azure.workload.identity/use': 'true',
      'sidecar.istio.io/inject': 'true',
    });
    expect(annotations).toMatchObject({
      ...before.annotations,
      'linkerd.io/inject': 'enabled',
      'prometheus.io/port': '8000',
    });
    expect([deployment.metadata, deployment.spec.selector, service]).toEqual([
      before.deployment.metadata,
      before.deployment.spec.selector,
      before.service,
    ]);
    expect(reason).toBe('Accepted');
  });

  it('get nothing of the labels and annotations of the resource itself', () => {
    const own = { labels: { team: 'a' }, annotations: { 'argocd.argoproj.io/tracking-id': 'x' } };
    expect(pods(make(own), scene).deployment).toEqual(pods(make({}), scene).deployment);
  });
});

describe('the annotation for pods', () => {
  it.each([
    ['labels: [', /^metadata\.annotations\.\S+: is not used, because Flow sequence/],
    ['a, b', `${FIELD}: is not used, because it is not a map; ${EXPECTED}`],
    ['label: {team: a}', `${FIELD}.label: is not used; ${EXPECTED}`],
    ['labels: team', `${FIELD}.labels: is not used; ${EXPECTED}`],
    ['labels: {team: {a: b}}', `${FIELD}.labels: team is not used; expected text`],
    ['labels: {team: "a b"}', `${FIELD}.labels: "team" has an invalid label value`],
    ['labels: {"a b": c}', `${FIELD}.labels: "a b" is not a valid key`],
    [
      'annotations: {container.apparmor.security.beta.kubernetes.io/model-api: unconfined}',
      `${FIELD}.annotations: "container.apparmor.security.beta.kubernetes.io/model-api" is not permitted, because it sets the AppArmor profile of a container`,
    ],
    ['labels: {app: other}', `${FIELD}.labels: "app" is reserved`],
    ['labels: {modelapi: other}', `${FIELD}.labels: "modelapi" is reserved`],
    ['annotations: {kaos.tools/pod-spec-hash: x}', `${FIELD}.annotations: "kaos.tools/pod-spec-hash" is reserved`],
    [
      'annotations: {agent-gateway-hooks/config-hash: x}',
      `${FIELD}.annotations: "agent-gateway-hooks/config-hash" is reserved`,
    ],
    ['annotations: {metacontroller.k8s.io/x: y}', `${FIELD}.annotations: "metacontroller.k8s.io/x" is reserved`],
  ])('is told if a part is not used: %j', (text, message) => {
    const made = pods(modelApi({}, annotated(text)));
    expect(made.deployment).toEqual(pods(modelApi()).deployment);
    expect(made.reason).toBe('InvalidMetadata');
    expect(made.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('is used in part: an entry without a value is empty', () => {
    const { labels, reason } = pods(modelApi({}, annotated('{"labels": {"team": "a", "b": null, "app": "x"}}')));
    expect(labels).toEqual({ team: 'a', b: '', app: 'modelapi', modelapi: 'llm' });
    expect(reason).toBe('InvalidMetadata');
  });

  it.each(['{}', 'labels:', 'labels: {}\nannotations:'])('may be empty: %j', (text) => {
    const made = pods(modelApi({}, annotated(text)));
    expect([made.deployment, made.reason]).toEqual([pods(modelApi()).deployment, 'Accepted']);
  });

  it('is programmed only when the pods have it', () => {
    const children = observed(sync({ parent: modelApi() }).children);
    const changed = sync({ parent: modelApi({}, annotated(WANTED)), children });
    expect(changed.conditions['Programmed']?.reason).toBe('Pending');
    const now = sync({ parent: modelApi({}, annotated(WANTED)), children: observed(changed.children) });
    expect(now.conditions['Programmed']?.reason).toBe('Programmed');
  });
});
