import { describe, expect, it } from 'vitest';
import { agent, modelApi, ready, sync } from '../../../support/kaos.ts';
import { conflictingOverrides } from './conflicting-overrides.ts';

const related = [ready(modelApi())];
const settings = { KAOS_RUNTIME_POD_SECURITY: 'privileged' };
const made = (podSpec: object) => sync({ parent: agent({ podSpec }), related, settings });

describe('parts of a pod that do not fit each other', () => {
  it.each(conflictingOverrides)('are left out and reported: $name', ({ override, field, why }) => {
    const { conditions, pod } = made(override);
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      reason: 'InvalidPodSpec',
      message: `spec.${field}: ${why}`,
    });
    expect(pod).toBeDefined();
  });

  it('stay if they fit', () => {
    const podSpec = {
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['10.0.0.1'] },
      terminationGracePeriodSeconds: 90,
      containers: [{ name: 'agent', lifecycle: { preStop: { sleep: { seconds: 60 } } } }],
      initContainers: [
        { name: 'proxy', image: 'x', restartPolicy: 'Always', readinessProbe: { tcpSocket: { port: 1 } } },
      ],
      resources: { requests: { cpu: '2' } },
    };
    const { conditions, pod } = made(podSpec);
    expect(conditions['Accepted']).toMatchObject({ status: 'True' });
    expect(pod).toMatchObject({ ...podSpec, containers: [expect.objectContaining(podSpec.containers[0] ?? {})] });
  });
});
