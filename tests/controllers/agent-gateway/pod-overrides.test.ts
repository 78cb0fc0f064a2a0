import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocks, readDocument } from '../../support/documents.ts';
import { gateway, observed, sync } from '../../support/gateways.ts';

const ANNOTATION = 'agent-gateway-hooks/pod-spec';
const FIELD = `metadata.annotations.${ANNOTATION}`;
const annotated = (podSpec: string | object, spec: object = {}) =>
  gateway(spec, {
    annotations: { [ANNOTATION]: typeof podSpec === 'string' ? podSpec : JSON.stringify(podSpec) },
  });
const byPlatform = (podSpec: object) => ({ AGENT_GATEWAY_POD_SPEC: JSON.stringify(podSpec) });

const NEEDS = {
  imagePullSecrets: [{ name: 'registry' }],
  nodeSelector: { pool: 'edge' },
  tolerations: [{ key: 'edge', operator: 'Exists' }],
};

describe('the pods of a gateway', () => {
  it.each([
    ['the annotation', { parent: annotated(NEEDS) }],
    ['the settings', { settings: byPlatform(NEEDS) }],
  ])('get pull secrets, node selector and tolerations from %s', (_source, scene) => {
    const { pod, conditions } = sync(scene);
    expect(pod.spec).toMatchObject({ ...NEEDS, securityContext: { runAsUser: 1000 } });
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it.each([
    ['the annotation', { parent: annotated('securityContext: {runAsUser: null}') }],
    ['the settings', { settings: byPlatform({ securityContext: { runAsUser: null } }) }],
  ])('have no fixed user by %s, as OpenShift needs it', (_source, scene) => {
    const { pod, conditions } = sync(scene);
    expect(pod.spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it('are those of the settings, changed by the annotation', () => {
    const settings = byPlatform({
      ...NEEDS,
      serviceAccountName: 'gateways',
      priorityClassName: 'high',
      containers: [
        { name: 'agent-gateway', imagePullPolicy: 'Always' },
        { name: 'proxy', image: 'example/proxy:1' },
      ],
    });
    const { pod, conditions } = sync({ parent: annotated({ nodeSelector: { pool: 'other' } }), settings });
    expect(pod.spec).toMatchObject({
      ...NEEDS,
      nodeSelector: { pool: 'other' },
      serviceAccountName: 'gateways',
      priorityClassName: 'high',
    });
    const names = pod.spec.containers.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['agent-gateway', 'proxy']);
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it('may have by the settings what the policy for pods forbids to owners', () => {
    const beyond = {
      hostNetwork: true,
      volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
      containers: [{ name: 'agent-gateway', securityContext: { capabilities: { add: ['NET_ADMIN'] } } }],
    };
    for (const parent of [gateway(), annotated({ nodeSelector: { pool: 'edge' } })]) {
      const { pod, conditions } = sync({ parent, settings: byPlatform(beyond) });
      expect(pod.spec).toMatchObject({ hostNetwork: true });
      expect(pod.spec.volumes.map(({ name }: { name: string }) => name)).toContain('logs');
      expect(pod.spec.containers[0].securityContext.capabilities).toEqual({ add: ['NET_ADMIN'], drop: ['ALL'] });
      expect(conditions['Accepted']).toMatchObject({ status: 'True' });
    }
  });

  it.each([
    ['a map', 'edge', 'is not used, because it is not a map; expected a partial PodSpec such as'],
    ['valid YAML', '{', 'is not used, because '],
    ['a list', '[]', 'is not used, because it is not a map'],
  ])('are as generated if the annotation is not %s', (_what, text, why) => {
    const { pod, conditions } = sync({ parent: annotated(text) });
    expect(pod.spec).toEqual(sync({}).pod.spec);
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      reason: 'InvalidPodSpec',
      message: expect.stringContaining(`${FIELD}: ${why}`),
    });
  });

  it.each(['containers', 'initContainers', 'ephemeralContainers', 'volumes', 'resourceClaims'])(
    'keep their %s from the platform: the annotation cannot change them',
    (field) => {
      const parent = annotated({ [field]: [{ name: 'mine', image: 'example/mine:1' }], nodeName: 'n1' });
      const { pod, conditions } = sync({ parent });
      expect(pod.spec).toEqual({ ...sync({}).pod.spec, nodeName: 'n1' });
      expect(conditions['Accepted']).toMatchObject({
        reason: 'InvalidPodSpec',
        message: `${FIELD}: podSpec.${field}: is not used, because only the setting AGENT_GATEWAY_POD_SPEC may change it`,
      });
    },
  );

  it.each([
    [{ hostNetwork: true }, 'PodSecurity', 'podSpec.hostNetwork: must be false'],
    [{ hostPID: true }, 'PodSecurity', 'podSpec.hostPID: must be false'],
    [
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'PodSecurity',
      'podSpec.securityContext.sysctls[kernel.msgmax]: name must be a sysctl',
    ],
    [
      { serviceAccountName: 'admin' },
      'RefNotPermitted',
      'podSpec.serviceAccountName: names the service account "admin"',
    ],
    [{ serviceAccount: 'admin' }, 'RefNotPermitted', 'podSpec.serviceAccountName: names the service account "admin"'],
    [{ securityContext: { runAsUser: 0 } }, 'PodSecurity', 'podSpec.securityContext.runAsUser: must not be 0'],
    [{ securityContext: { runAsNonRoot: false } }, 'PodSecurity', 'podSpec.securityContext.runAsNonRoot: must be true'],
    [
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'PodSecurity',
      'podSpec.securityContext.seccompProfile: type must be one of RuntimeDefault, Localhost',
    ],
    [{ priorityClassName: 'high' }, 'RefNotPermitted', 'podSpec.priorityClassName: names the priority class "high"'],
  ])('are within the policy for pods, whatever the annotation asks for: %j', (podSpec, reason, message) => {
    const { pod, conditions } = sync({ parent: annotated({ ...podSpec, nodeSelector: { pool: 'edge' } }) });
    expect(pod.spec).toEqual(sync({ parent: annotated({ nodeSelector: { pool: 'edge' } }) }).pod.spec);
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      reason,
      message: expect.stringContaining(`${FIELD}: ${message}`),
    });
  });

  it('stay restricted if the annotation removes what the standard requires', () => {
    const { pod } = sync({ parent: annotated('securityContext: {runAsNonRoot: null, seccompProfile: null}') });
    expect(pod.spec.securityContext).toEqual(sync({}).pod.spec.securityContext);
  });

  it('lose an account that nobody names any more, because the API server keeps it otherwise', () => {
    const settings = { KAOS_RUNTIME_SERVICE_ACCOUNTS: '*' };
    const parent = annotated({ serviceAccountName: 'mine' });
    const children = observed(sync({ parent, settings }).attachments);
    expect(sync({ children, settings }).pod.spec.serviceAccountName).toBe('default');
    expect(sync({ settings }).pod.spec).not.toHaveProperty('serviceAccountName');
  });

  it('keep the names of the settings if the annotation asks for others', () => {
    const settings = byPlatform({ serviceAccountName: 'gateways', priorityClassName: 'low' });
    const { pod } = sync({ parent: annotated({ serviceAccountName: 'admin', priorityClassName: 'high' }), settings });
    expect(pod.spec).toMatchObject({ serviceAccountName: 'gateways', priorityClassName: 'low' });
  });

  it('may use the names that the lists of the policy permit', () => {
    const settings = { KAOS_RUNTIME_SERVICE_ACCOUNTS: 'gw-*', KAOS_RUNTIME_PRIORITY_CLASSES: 'high' };
    const { pod, conditions } = sync({
      parent: annotated({ serviceAccountName: 'gw-1', priorityClassName: 'high' }),
      settings,
    });
    expect(pod.spec).toMatchObject({ serviceAccountName: 'gw-1', priorityClassName: 'high' });
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it('read only the Secrets of a list, if there is one, also by spec.env', () => {
    const env = ['agents-a', 'other'].map((name) => ({
      name: name.toUpperCase().replace('-', '_'),
      valueFrom: { secretKeyRef: { name, key: 'k' } },
    }));
    const { pod, conditions } = sync({ parent: gateway({ env }), settings: { KAOS_RUNTIME_SECRETS: 'agents-*' } });
    const names = pod.spec.containers[0].env.map(({ name }: { name: string }) => name);
    expect(names).toContain('AGENTS_A');
    expect(names).not.toContain('OTHER');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'RefNotPermitted',
      message: expect.stringContaining('pod.containers[agent-gateway].env[OTHER]: names the Secret "other"'),
    });
  });

  it('read no Secret of a list by spec.envFrom that the list does not name', () => {
    const parent = gateway({ envFrom: [{ secretRef: { name: 'other' } }] });
    const { pod, conditions } = sync({ parent, settings: { KAOS_RUNTIME_SECRETS: 'agents-*' } });
    expect(pod.spec.containers[0]).not.toHaveProperty('envFrom');
    expect(conditions['Accepted']).toMatchObject({ reason: 'RefNotPermitted' });
  });

  it.each([
    ['the annotation', { parent: annotated({ nodeSelectors: { pool: 'edge' }, tolerations: 'all' }) }, FIELD],
    [
      'the settings',
      { settings: byPlatform({ nodeSelectors: { pool: 'edge' }, tolerations: 'all' }) },
      'AGENT_GATEWAY_POD_SPEC',
    ],
  ])('are told if %s has what Kubernetes does not know or refuses', (_source, scene, field) => {
    const { conditions, deployment } = sync(scene);
    expect(deployment).toBeDefined();
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      reason: 'InvalidPodSpec',
      message: expect.stringMatching(
        new RegExp(`${field}: podSpec\\.nodeSelectors: .*${field}: podSpec\\.tolerations: `),
      ),
    });
  });

  it('get what the page on partial PodSpecs shows', () => {
    const [shown = ''] = blocks(readDocument('docs/pod-spec.md'), 'yaml');
    const { pod, conditions } = sync({ parent: gateway({}, parse(shown).metadata) });
    expect(pod.spec).toMatchObject(NEEDS);
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
  });

  it('roll if an override changes, and do not if there is none', () => {
    const specHash = (scene: Parameters<typeof sync>[0]) =>
      sync(scene).deployment.metadata.annotations['agent-gateway-hooks/spec-hash'];
    expect(specHash({ parent: annotated({}) })).toBe(specHash({}));
    expect(specHash({ parent: annotated(NEEDS) })).not.toBe(specHash({}));
  });
});
