import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agent, gateway, sync } from '../../support/gateways.ts';
import { mostly } from '../../support/mostly.ts';
import { violations } from '../../support/pod-security.ts';
import { assertReaching } from '../../support/reaching.ts';
import { hostilePodSpec } from '../kaos-runtime/hostile-pod-specs.ts';

const text = fc.constantFrom('x', 'payments', 'KRAKEND_PORT', '/', '0', '1Gi', 'true');
const item = fc.oneof(
  fc.record({ name: text, value: text }),
  fc.record({ name: text, valueFrom: fc.constant({ secretKeyRef: { name: 'payments', key: 'k' } }) }),
  fc.record({ secretRef: fc.record({ name: text }), configMapRef: fc.record({ name: text }) }, { requiredKeys: [] }),
);
const labels = fc.dictionary(fc.constantFrom('a', 'app', 'team', 'pod-security.kubernetes.io/enforce'), text);
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/agent-gateway';
const hostileAnnotations = fc.dictionary(
  fc.constantFrom(APPARMOR, 'note'),
  fc.constantFrom('unconfined', 'runtime/default', 'localhost/x'),
);
const map = fc.record({ labels, annotations: hostileAnnotations }, { requiredKeys: [] });
const annotations = fc.dictionary(
  fc.constantFrom(
    ...['requests-cpu', 'requests-memory', 'limits-cpu', 'limits-memory'].map((key) => `agent-gateway-hooks/${key}`),
  ),
  text,
);
/** Everything that an owner may write, and pod fields in places where some API might have them. */
const owned = fc
  .record({
    replicas: fc.nat({ max: 5 }),
    timeout: text,
    env: fc.array(item),
    envFrom: fc.array(item),
    commonMetadata: map,
    podMetadata: map,
  })
  .chain((spec) =>
    mostly(
      fc.constant(spec),
      hostilePodSpec.map((podSpec) => ({ ...podSpec, ...spec, podSpec })),
      2,
    ),
  );

describe('the pod of a gateway', () => {
  it('is within the restricted standard, whatever its owner writes', () => {
    assertReaching({ numRuns: 500, floor: 250 }, (tell) =>
      fc.property(owned, annotations, (spec, metadata) => {
        const { pod } = sync({ parent: gateway(spec, { annotations: metadata }), related: [agent('team/a')] });
        expect(violations(pod.spec, 'restricted')).toEqual([]);
        expect(pod.spec.serviceAccountName ?? 'default').toBe('default');
        expect(pod.spec).toMatchObject({ automountServiceAccountToken: false });
        expect(pod.spec).not.toHaveProperty('priorityClassName');
        expect(Object.keys(pod.metadata.annotations).filter((key) => /apparmor/.test(key))).toEqual([]);
        tell(/apparmor|hostP|privileged|payments/.test(JSON.stringify(spec)));
      }),
    );
  });

  it.each(['commonMetadata', 'podMetadata'])('keeps its AppArmor profile, and says so: %s', (field) => {
    const { conditions } = sync({ parent: gateway({ [field]: { annotations: { [APPARMOR]: 'unconfined' } } }) });
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      reason: 'InvalidMetadata',
      message: expect.stringContaining(
        `spec.${field}.annotations: "${APPARMOR}" is not permitted, because it sets the AppArmor profile of a container`,
      ),
    });
  });
});
