import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFixtures } from '../../../webhooks/fixtures/fixture-files.ts';
import { attack, STOLEN } from '../../support/attack.ts';
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

describe('the policy for pods', () => {
  it.each(KINDS)('leaves an attack out of the pod of %s, and reports all of it', (kind, container) => {
    const index = KINDS.findIndex(([name]) => name === kind);
    // Otherwise the status of a ModelAPI also says that its envFrom can hold LiteLLM's key.
    const env = [{ name: 'LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY', value: 'false' }];
    const { pod, conditions, reply } = sync(sceneOf(index, { podSpec: attack(container), container: { env } }));
    expect(violations(pod, 'baseline')).toEqual([]);
    expect(JSON.stringify(pod)).not.toMatch(STOLEN);
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

  it('leaves out a mount that only a privileged container may have, because the API server would refuse the pod', () => {
    const volumeMounts = [{ name: 'x', mountPath: '/x', mountPropagation: 'Bidirectional' }];
    const podSpec = {
      containers: [
        { name: 'mcp-server', securityContext: { privileged: true, allowPrivilegeEscalation: true }, volumeMounts },
      ],
      volumes: [{ name: 'x', emptyDir: {} }],
    };
    const { pod, conditions } = server({ podSpec });
    expect(JSON.stringify(pod)).not.toContain('Bidirectional');
    expect(conditions['Accepted']?.message).toContain('must not be Bidirectional');
    const privileged = server({ podSpec }, { KAOS_RUNTIME_POD_SECURITY: 'privileged' });
    expect(JSON.stringify(privileged.pod)).toContain('Bidirectional');
  });
});
