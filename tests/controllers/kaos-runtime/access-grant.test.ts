import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { sync } from '../../support/kaos.ts';
import { table } from '../../support/rendering.ts';

const GRANT: KubernetesObject = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'AccessGrant',
  metadata: { name: 'analysts', namespace: 'team', uid: 'uid', generation: 3 },
  spec: { subjects: [{ kind: 'Group', name: 'analysts' }], resources: [{ kind: 'Agent', name: 'lead' }] },
};

const MESSAGE =
  'agent-gateway-hooks enforces no AccessGrant, so this one permits no call and denies none; run the KAOS operator with its policy decision point instead of kaosRuntime, or write a policy for your Gateway, such as a SecurityPolicy of Envoy Gateway';

function enforced(lastTransitionTime: string, status = 'False') {
  return { type: 'Enforced', status, reason: 'x', message: 'x', lastTransitionTime };
}

describe('KAOS 0.8, row 18: an AccessGrant', () => {
  it("gets KAOS's condition, which says that nothing is enforced and what to run instead", () => {
    const { status, reply } = sync({ parent: GRANT });
    expect(status).toEqual({
      conditions: [
        {
          type: 'Enforced',
          status: 'False',
          reason: 'AuthorizationDisabled',
          message: MESSAGE,
          lastTransitionTime: '2026-06-01T00:00:00Z',
          observedGeneration: 3,
        },
      ],
    });
    expect(reply).toMatchObject({
      outcome: 'release',
      problems: [{ reason: 'RuntimeProblem', about: 'AccessGrant team/analysts', message: MESSAGE }],
    });
  });

  it('keeps the time of its condition, so that nothing is written again', () => {
    const before = '2026-01-01T00:00:00Z';
    const at = (conditions: readonly object[]) =>
      sync({ parent: { ...GRANT, status: { conditions } } }).conditions['Enforced']?.lastTransitionTime;
    expect(at([enforced(before)])).toBe(before);
    expect(at([enforced(before, 'True')])).toBe('2026-06-01T00:00:00Z');
  });

  it.each<[string, unknown]>([
    ['no spec', undefined],
    ['a spec of a newer KAOS', { subjects: 'all', x: 1 }],
    ['no map as its spec', 'x'],
    ['a huge spec', { subjects: Array.from({ length: 50_000 }, () => ({ kind: 'User', name: 'ada' })) }],
  ])('gets it also with %s', (_case, spec) => {
    expect(sync({ parent: { ...GRANT, spec } }).conditions['Enforced']).toMatchObject({ status: 'False' });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a text', 'Enforced'],
    ['one of another type', { type: 'Other', status: 'True' }],
    ['one without a time', { type: 'Enforced', status: 'False' }],
    ['one with a number as its time', { type: 'Enforced', status: 'False', lastTransitionTime: 1 }],
  ])('gets it with a time of its own beside a condition that is %s', (_case, condition) => {
    const { status } = sync({ parent: { ...GRANT, status: { conditions: [condition] } } });
    expect(status.conditions).toMatchObject([{ type: 'Enforced', lastTransitionTime: '2026-06-01T00:00:00Z' }]);
  });

  it('is told of an annotation of ours, which has no effect on it', () => {
    const metadata = { ...GRANT.metadata, annotations: { 'agent-gateway-hooks/pod-metadata': '{}' } };
    const { reply } = sync({ parent: { ...GRANT, metadata } });
    expect(reply.problems.map(({ reason }) => reason)).toEqual(['UnknownAnnotation', 'RuntimeProblem']);
  });

  it('is a problem in `render`, and a note without the runtime', () => {
    const document = { ...GRANT, metadata: { name: 'analysts', namespace: 'team' } };
    const { code, stdout, stderr } = table([document], '--kaos-runtime', '--strict');
    expect(code).toBe(1);
    expect(stdout).toContain('AccessGrant team/analysts  False');
    expect(stderr).toBe(`problem: AccessGrant team/analysts: RuntimeProblem: ${MESSAGE}\n`);
    expect(table([document]).stderr).toMatch(
      /^note: .*ignored, because the controller that reads "AccessGrant.kaos.tools\/v1alpha1" is off; --kaos-runtime turns it on\n$/,
    );
  });
});
