import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFixtures } from '../../../webhooks/fixtures/fixture-files.ts';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import { agent, mcpServer, modelApi, ready, registry, type Scene, sync } from '../../support/kaos.ts';
import { violations } from '../../support/pod-security.ts';
import { assertReaching } from '../../support/reaching.ts';
import { itemsOf, renderFiles } from '../../support/rendering.ts';
import { ROOT } from '../../support/run.ts';
import { hostilePodSpec } from './hostile-pod-specs.ts';

type Standard = 'baseline' | 'restricted';

const KINDS = [
  ['an Agent', 'agent'],
  ['a ModelAPI', 'model-api'],
  ['a hosted ModelAPI', 'model-api'],
  ['an MCPServer', 'mcp-server'],
] as const;
/** A resource of each of them. */
const sceneOf = (index: number, spec: object): Scene => {
  const scenes: Scene[] = [
    { parent: agent(spec), related: [ready(modelApi())] },
    { parent: modelApi(spec) },
    { parent: modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, ...spec }) },
  ];
  return scenes[index] ?? { parent: mcpServer(spec), related: [registry()] };
};
const server = (spec: object, settings = {}) => sync({ parent: mcpServer(spec), related: [registry()], settings });

/** What a user without rights on Deployments and Secrets tried. */
const attack = (name: string) => ({
  hostPID: true,
  hostNetwork: true,
  serviceAccountName: 'cluster-admin',
  priorityClassName: 'system-node-critical',
  securityContext: { seccompProfile: { type: 'Unconfined' } },
  containers: [
    {
      name,
      envFrom: [{ secretRef: { name: 'payments' } }],
      env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'payments', key: 'k' } } }],
      securityContext: {
        allowPrivilegeEscalation: true,
        privileged: true,
        capabilities: { add: ['SYS_ADMIN'] },
        seccompProfile: { type: 'Unconfined' },
      },
      volumeMounts: [
        { name: 'root', mountPath: '/host' },
        { name: 'stolen', mountPath: '/stolen' },
      ],
    },
  ],
  volumes: [
    { name: 'root', hostPath: { path: '/' } },
    { name: 'stolen', projected: { sources: [{ secret: { name: 'payments' } }] } },
  ],
});

describe('the policy for pods', () => {
  it.each(KINDS)('leaves an attack out of the pod of %s, and reports all of it', (kind, container) => {
    const index = KINDS.findIndex(([name]) => name === kind);
    const { pod, conditions, reply } = sync(sceneOf(index, { podSpec: attack(container) }));
    expect(violations(pod, 'baseline')).toEqual([]);
    expect(JSON.stringify(pod)).not.toMatch(/payments|cluster-admin|system-node-critical|hostPath|"automount\w+":true/);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'PodSecurity' });
    const at = `spec.podSpec.containers[${container}]`;
    const fields = (conditions['Accepted']?.message ?? '').match(/spec\.podSpec\S*(?=: )/g) ?? [];
    expect(new Set(fields)).toEqual(
      new Set([
        'spec.podSpec.hostPID',
        'spec.podSpec.hostNetwork',
        'spec.podSpec.serviceAccountName',
        'spec.podSpec.priorityClassName',
        'spec.podSpec.securityContext.seccompProfile',
        'spec.podSpec.volumes[root]',
        'spec.podSpec.volumes[stolen]',
        `${at}.envFrom[0]`,
        `${at}.env[X]`,
        `${at}.securityContext.privileged`,
        `${at}.securityContext.capabilities.add[0]`,
        `${at}.securityContext.seccompProfile`,
        `${at}.volumeMounts[root]`,
        `${at}.volumeMounts[stolen]`,
      ]),
    );
    expect(reply.problems.length).toBeGreaterThanOrEqual(14);
  });

  it('permits all of it if an administrator says so', () => {
    const settings = {
      KAOS_RUNTIME_POD_SECURITY: 'privileged',
      KAOS_RUNTIME_SERVICE_ACCOUNTS: '*',
      KAOS_RUNTIME_SECRETS: '*',
      KAOS_RUNTIME_PRIORITY_CLASSES: '*',
    };
    const { pod, conditions } = server({ podSpec: attack('mcp-server') }, settings);
    expect(conditions['Accepted']?.status).toBe('True');
    expect(pod).toMatchObject({
      hostPID: true,
      serviceAccountName: 'cluster-admin',
      priorityClassName: 'system-node-critical',
    });
    expect(violations(pod, 'baseline')).toHaveLength(6);
  });

  it.each<Standard>(['baseline', 'restricted'])('keeps each pod within %s, whatever its podSpec is', (standard) => {
    assertReaching({ numRuns: 200, floor: 100 }, (tell) =>
      fc.property(fc.nat({ max: 3 }), hostilePodSpec, (index, podSpec) => {
        const made = (KAOS_RUNTIME_POD_SECURITY: string) =>
          sync({ ...sceneOf(index, { podSpec }), settings: { KAOS_RUNTIME_POD_SECURITY } });
        const { pod, conditions } = made(standard);
        expect(violations(pod, standard)).toEqual([]);
        const beyond = violations(made('privileged').pod, standard);
        const isReported = conditions['Accepted']?.message.includes('Pod Security Standard') ?? false;
        // What restricted requires is written without a report.
        expect(isReported || beyond.length === 0 || standard === 'restricted').toBe(true);
        tell(beyond.length > 0);
      }),
    );
  });

  it('keeps names that are not permitted out of each pod, whatever its podSpec is', () => {
    assertReaching({ numRuns: 200, floor: 100 }, (tell) =>
      fc.property(fc.nat({ max: 3 }), hostilePodSpec, (index, podSpec) => {
        const { pod } = sync(sceneOf(index, { podSpec }));
        expect(pod.serviceAccountName ?? 'default').toBe('default');
        expect(pod).not.toHaveProperty('serviceAccount');
        expect(pod).not.toHaveProperty('priorityClassName');
        expect(JSON.stringify({ ...pod, imagePullSecrets: [] })).not.toMatch(
          /secretKeyRef|SecretRef|secretName|"secret"/i,
        );
        tell(/secret|serviceAccount|priorityClass/i.test(JSON.stringify(podSpec)));
      }),
    );
  });

  const fixtures = findFixtures(path.join(ROOT, 'tests/fixtures')).fixtures.filter(
    ({ hook, controller }) => hook === 'sync' && controller.startsWith('kaos-runtime-'),
  );
  const fixturePods = fixtures.flatMap(({ name, responseFile }) => {
    const { children }: { children: KubernetesObject[] } = JSON.parse(readFileSync(responseFile, 'utf8'));
    const pod = child(children, 'Deployment')?.spec.template.spec;
    return pod === undefined ? [] : [[name, pod] as const];
  });

  it.each(fixturePods)('permits the pod of the fixture %s', (name, pod) => {
    expect(violations(pod, 'baseline')).toEqual([]);
    // While an Agent waits, the pods that the KAOS operator made stay as they are.
    const isOurs = name.startsWith('kaos-runtime-agent/') && pod.containers[0].securityContext !== undefined;
    expect(isOurs ? violations(pod, 'restricted') : []).toEqual([]);
  });

  it.each(readdirSync(path.join(ROOT, 'examples/kaos-runtime')))('permits the pods of the example %s', (file) => {
    const { stdout } = renderFiles('-o', 'json', '--kaos-runtime', path.join(ROOT, 'examples/kaos-runtime', file));
    const pods = itemsOf(stdout, 'Deployment').map(({ spec }) => spec.template.spec);
    expect(pods.length).toBeGreaterThan(0);
    expect(pods.flatMap((pod) => violations(pod, 'baseline'))).toEqual([]);
  });
});

describe('names that pods may use', () => {
  const secretKeyRef = { name: 'mine', key: 'k' };
  const container = { env: [{ name: 'TOKEN', valueFrom: { secretKeyRef } }] };
  const inServer = (fields: object) => ({ containers: [{ name: 'mcp-server', ...fields }] });
  const OTHER = { name: 'other' };

  it("are those of KAOS's own fields, in a podSpec too", () => {
    const podSpec = {
      ...inServer({ envFrom: [{ secretRef: { name: 'mine' } }] }),
      serviceAccountName: 'reader',
      volumes: [{ name: 'v', secret: { secretName: 'mine' } }],
      imagePullSecrets: [{ name: 'registry' }],
    };
    const { pod, conditions } = server({ container, podSpec, serviceAccountName: 'reader' });
    expect(conditions['Accepted']?.status).toBe('True');
    expect(pod).toMatchObject({ automountServiceAccountToken: true, ...podSpec });
  });

  it('do not include an account that only a podSpec names: the pod gets no token, or that of its own account', () => {
    const message =
      'spec.podSpec.serviceAccountName: names the service account "writer", which pods here may not use; ' +
      'an administrator can permit it';
    for (const podSpec of [{ serviceAccountName: 'writer' }, { serviceAccount: 'writer' }]) {
      const alone = server({ podSpec });
      expect(alone.pod.automountServiceAccountToken).toBe(false);
      expect(alone.conditions['Accepted']).toMatchObject({ reason: 'RefNotPermitted', message });
      expect(server({ podSpec, serviceAccountName: 'reader' }).pod).toMatchObject({
        automountServiceAccountToken: true,
        serviceAccountName: 'reader',
      });
    }
  });

  it.each<[string, object]>([
    ['a variable', inServer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { ...OTHER, key: 'k' } } }] })],
    ['variables', inServer({ envFrom: [{ prefix: 'A_', secretRef: OTHER }] })],
    ['an init container', { initContainers: [{ name: 'x', image: 'x', envFrom: [{ secretRef: OTHER }] }] }],
    ['a volume', { volumes: [{ name: 'v', secret: { secretName: 'other' } }] }],
    ['a projected volume', { volumes: [{ name: 'v', projected: { sources: [{ secret: OTHER }] } }] }],
    ['a driver', { volumes: [{ name: 'v', csi: { driver: 'd', nodePublishSecretRef: OTHER } }] }],
    ['a volume of Azure', { volumes: [{ name: 'v', azureFile: { secretName: 'other', shareName: 's' } }] }],
    ...['cephfs', 'cinder', 'flexVolume', 'iscsi', 'rbd', 'scaleIO', 'storageos'].map((source): [string, object] => [
      `a volume of ${source}`,
      { volumes: [{ name: 'v', [source]: { secretRef: OTHER } }] },
    ]),
  ])('do not include the Secret of %s unless a list has it', (_place, podSpec) => {
    const { pod, conditions } = server({ podSpec });
    expect(JSON.stringify(pod)).not.toContain('"other"');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'RefNotPermitted',
      message: expect.stringContaining('names the Secret "other"'),
    });
    for (const KAOS_RUNTIME_SECRETS of ['other', '*', 'a,oth*', '*er', 'o*h*r']) {
      const permitted = server({ podSpec }, { KAOS_RUNTIME_SECRETS });
      expect(permitted.conditions['Accepted']?.status).toBe('True');
      expect(JSON.stringify(permitted.pod)).toContain('"other"');
    }
    for (const KAOS_RUNTIME_SECRETS of ['othe', 'ther', 'o.her', 'x*']) {
      expect(JSON.stringify(server({ podSpec }, { KAOS_RUNTIME_SECRETS }).pod)).not.toContain('"other"');
    }
  });

  it("are bounded by a list for KAOS's own fields, too", () => {
    const settings = { KAOS_RUNTIME_SECRETS: 'agents-*', KAOS_RUNTIME_SERVICE_ACCOUNTS: 'agents-*' };
    const { names, conditions } = server({ container }, settings);
    expect(names).not.toContain('TOKEN');
    expect(conditions['Accepted']).toMatchObject({
      reason: 'RefNotPermitted',
      message:
        'pod.containers[mcp-server].env[TOKEN]: names the Secret "mine", which pods here may not use; ' +
        'an administrator can permit it',
    });
    const pull = { podSpec: { imagePullSecrets: [{ name: 'registry' }] } };
    expect(server(pull, settings).pod).not.toHaveProperty('imagePullSecrets');
    expect(server({ serviceAccountName: 'agents-reader' }, settings).pod.serviceAccountName).toBe('agents-reader');
  });

  it('fail a resource that would be useless without its account or its configuration', () => {
    const settings = { KAOS_RUNTIME_SECRETS: 'agents-*', KAOS_RUNTIME_SERVICE_ACCOUNTS: 'agents-*' };
    const proxyConfig = { models: ['*'], configYaml: { fromSecretKeyRef: { name: 'mine', key: 'k' } } };
    for (const parent of [mcpServer({ serviceAccountName: 'reader' }), modelApi({ proxyConfig })]) {
      const { kinds, status, conditions } = sync({ parent, related: [registry()], settings });
      expect({ kinds, phase: status.phase }).toEqual({ kinds: [], phase: 'Failed' });
      expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'RefNotPermitted' });
      expect(sync({ parent, related: [registry()] }).status.phase).toBe('Pending');
    }
  });

  it("leave out a provider's key whose Secret is not on the list", () => {
    const apiKey = { valueFrom: { secretKeyRef: { name: 'provider', key: 'k' } } };
    const parent = modelApi({ proxyConfig: { models: ['*'], apiKey } });
    expect(sync({ parent }).names).toContain('PROXY_API_KEY');
    const { names, conditions } = sync({ parent, settings: { KAOS_RUNTIME_SECRETS: 'x' } });
    expect(names).not.toContain('PROXY_API_KEY');
    expect(conditions['Accepted']?.reason).toBe('RefNotPermitted');
  });

  it('include priority classes of the list alone', () => {
    const podSpec = { priorityClassName: 'batch-low' };
    expect(server({ podSpec }).pod).not.toHaveProperty('priorityClassName');
    expect(server({ podSpec }, { KAOS_RUNTIME_PRIORITY_CLASSES: 'batch-*' }).pod).toMatchObject(podSpec);
  });
});
