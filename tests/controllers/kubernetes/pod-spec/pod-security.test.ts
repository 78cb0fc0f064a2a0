import { describe, expect, it } from 'vitest';
import { withinRules } from '../../../../controllers/kubernetes/pod-spec/pod-rules.ts';
import { podSecurityRules } from '../../../../controllers/kubernetes/pod-spec/pod-security.ts';
import { agent, modelApi, ready, sync } from '../../../support/kaos.ts';
import { violations } from '../../../support/pod-security.ts';
import { forbiddenCases, permittedCases } from './pod-security-cases.ts';

const related = [ready(modelApi())];
const made = (podSpec: object, KAOS_RUNTIME_POD_SECURITY: string) =>
  sync({ parent: agent({ podSpec }), related, settings: { KAOS_RUNTIME_POD_SECURITY, KAOS_RUNTIME_SECRETS: '*' } });
/** The fields that messages about the standard begin with. */
const fieldsOf = (message = '') =>
  message.split('; ').flatMap((each) => (each.includes('Pod Security Standard') ? [each.split(': ')[0]] : []));

describe('a Pod Security Standard', () => {
  it.each(forbiddenCases)('$standard leaves out $name, and reports it', ({ standard, podSpec, fields, isInvalid }) => {
    // What the API server would refuse anyway is not in the pod.
    expect(violations(made(podSpec, 'privileged').pod, standard).length > 0).toBe(!isInvalid);
    const { pod, conditions, kinds } = made(podSpec, standard);
    expect(violations(pod, standard)).toEqual([]);
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'PodSecurity' });
    expect(fieldsOf(conditions['Accepted']?.message)).toEqual(fields.map((field) => `spec.${field}`));
  });

  it.each(forbiddenCases.filter(({ standard }) => standard === 'restricted'))('baseline keeps $name', ({ podSpec }) => {
    expect(fieldsOf(made(podSpec, 'baseline').conditions['Accepted']?.message)).toEqual([]);
    expect(made(podSpec, 'baseline').pod).toEqual(made(podSpec, 'privileged').pod);
  });

  it.each(permittedCases)('$standard keeps $name', ({ standard, podSpec }) => {
    const { pod, conditions } = made(podSpec, standard);
    expect(fieldsOf(conditions['Accepted']?.message)).toEqual([]);
    expect(pod).toEqual(made(podSpec, 'privileged').pod);
    expect(violations(pod, standard)).toEqual([]);
  });

  it('has rules for ephemeral containers too, although a Deployment cannot have any', () => {
    const securityContext = { privileged: true, capabilities: { add: ['SYS_ADMIN'] } };
    const podSpec = { ephemeralContainers: [{ name: 'debug', securityContext }] };
    const { value, problems } = withinRules({ podSpec, generated: {}, path: 'podSpec' }, podSecurityRules.restricted);
    expect(violations(value, 'restricted')).toEqual([]);
    expect(problems.map(({ field }) => field)).toEqual([
      'podSpec.ephemeralContainers[debug].securityContext.privileged',
      'podSpec.ephemeralContainers[debug].securityContext.capabilities.add[0]',
    ]);
  });

  it('leaves out one item of a list, and keeps the others', () => {
    const capabilities = { add: ['CHOWN', 'SYS_ADMIN', 'KILL'], drop: ['ALL'] };
    const podSpec = { containers: [{ name: 'agent', securityContext: { capabilities } }] };
    const { container, conditions } = made(podSpec, 'baseline');
    expect(container.securityContext.capabilities).toEqual({ add: ['CHOWN', 'KILL'], drop: ['ALL'] });
    expect(conditions['Accepted']?.message).toBe(
      'spec.podSpec.containers[agent].securityContext.capabilities.add[1]: must be one of AUDIT_WRITE, CHOWN, ' +
        'DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT: ' +
        'pods here follow the Pod Security Standard baseline',
    );
  });

  it('keeps the generated value in place of what it leaves out', () => {
    const volumes = [{ name: 'ollama-data', hostPath: { path: '/var/lib/ollama' } }];
    const parent = modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, podSpec: { containers: [], volumes } });
    const { pod, conditions } = sync({ parent });
    expect(pod.volumes).toEqual([{ name: 'ollama-data', emptyDir: {} }]);
    expect(pod.containers[0].volumeMounts).toHaveLength(1);
    expect(conditions['Accepted']?.message).toMatch(/^spec\.podSpec\.volumes\[ollama-data\]: must not have hostPath: /);
  });

  it('restricted writes what it requires, even if the user removes it', () => {
    const containers = [
      { name: 'own', image: 'x' },
      { name: 'agent', securityContext: null },
    ];
    const { pod, conditions } = made({ securityContext: null, containers }, 'restricted');
    expect(violations(pod, 'restricted')).toEqual([]);
    expect(conditions['Accepted']?.status).toBe('True');
    const proxy = sync({ parent: modelApi(), settings: { KAOS_RUNTIME_POD_SECURITY: 'restricted' } });
    expect(proxy.pod.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(proxy.conditions['Accepted']?.status).toBe('True');
  });
});
