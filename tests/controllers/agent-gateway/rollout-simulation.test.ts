import { describe, expect, it } from 'vitest';
import { agent, gateway, type KubernetesObject, observed, PROGRESSING, sync } from '../../support/gateways.ts';
import { type Simulation, simulate as simulateAny, simulatedTime } from '../../support/rollouts.ts';
import { MANY_FILES } from '../../support/settings-form.ts';

const TWO = [agent('a/one'), agent('a/two')];

describe.each([
  ['one file', {}],
  // More than some 20 agents need settings files, so most simulations move between the forms.
  ['settings files', MANY_FILES],
])('with a simulated Deployment controller and %s', (_form, settings) => {
  /** No pod of a rollout may lose its files in any simulation. */
  function simulate(simulation: Simulation) {
    const simulated = simulateAny({ settings, ...simulation });
    expect(simulated.lost).toEqual([]);
    return simulated;
  }

  const id = (index: number) => `team-${index % 7}/agent-${index}`;
  const timed = (name: string, at: number, changes: object = {}) =>
    agent(name, {
      ...changes,
      metadata: { managedFields: [{ time: simulatedTime(at) }], creationTimestamp: simulatedTime(at) },
    });
  const crowd = (time: number) =>
    Array.from({ length: 200 }, (_, index) => (index + 1) * 0.2)
      .filter((at) => at <= time)
      .map((at, index) => timed(id(index), at));
  const PACE = { seconds: 120, rolloutSeconds: 15, statusLag: 1, childrenLag: 0 };
  const LAGGING = { ...PACE, childrenLag: 1 };

  it.each([
    ['the status of the Deployment lags', PACE],
    ['the observed state lags', LAGGING],
    ['the observed state lags and our clock is ahead', { ...LAGGING, skewSeconds: 2 }],
    ['the observed state lags and our clock is behind', { ...LAGGING, skewSeconds: -3 }],
  ])('200 agents in 40 s take at most 4 rollouts while %s', (_what, pace) => {
    const { rollouts, served } = simulate({ related: crowd, ...pace });
    expect(rollouts.length).toBeLessThanOrEqual(4);
    expect(served.size).toBe(200);
    expect(rollouts.filter((time) => time > 40).length).toBeLessThanOrEqual(1);
  });

  const SETTLED = Array.from({ length: 20 }, (_, index) => id(index));

  it.each<[string, (time: number) => KubernetesObject[]]>([
    ['two addresses change one after the other', (time) => moving(time, 2)],
    ['twenty addresses change one after the other', (time) => moving(time, 20)],
    [
      'agents lose their URLs one by one',
      (time) => SETTLED.map((name, index) => changing(name, time, { at: 40 + index * 0.2, url: '' })),
    ],
    [
      'old agents are exposed one by one',
      (time) => SETTLED.map((name, index) => changing(name, time, { at: 40 + index * 0.2, exposed: false })),
    ],
    [
      'agents with the names of others appear one by one',
      (time) => [
        ...SETTLED.map((name) => timed(name, 0)),
        ...SETTLED.flatMap((name, index) =>
          40 + index * 0.2 <= time ? [timed(`other/${name.split('/')[1]}`, 40 + index * 0.2)] : [],
        ),
      ],
    ],
    ['an agent is withdrawn while others appear', (time) => (time < 50 ? crowd(time) : crowd(time).slice(1))],
  ])('rollouts come to an end if %s, although the observed state lags', (_what, related) => {
    const { rollouts } = simulate({ related, ...LAGGING });
    expect(rollouts.length).toBeLessThanOrEqual(6);
    expect(rollouts.filter((time) => time > 90)).toEqual([]);
  });

  it('60 withdrawals, one a second, take few rollouts, none waits long, and a new agent is served with one of them', () => {
    const withdrawnAt = (index: number) => 20 + index;
    const related = (time: number) => [
      ...Array.from({ length: 60 }, (_, index) => index)
        .filter((index) => time < withdrawnAt(index))
        .map((index) => timed(`a/agent-${index}`, 0)),
      timed('b/stays', 0),
      ...(time >= 40 ? [timed('c/new', 40)] : []),
    ];
    const { rollouts, served, servedAt, servedUntil } = simulate({ related, ...LAGGING, seconds: 120 });
    expect(served).toEqual(new Set(['b/stays', 'c/new']));
    expect(rollouts.length).toBeLessThanOrEqual(9);
    expect(servedAt.get('c/new')).toBeLessThanOrEqual(60);
    const delays = Array.from({ length: 60 }, (_, i) => (servedUntil.get(`a/agent-${i}`) ?? 120) - withdrawnAt(i));
    expect(Math.max(...delays)).toBeLessThanOrEqual(13);
    expect(Math.min(...delays)).toBeLessThanOrEqual(1);
  });

  it.each([2, 5, 15])(
    'withdrawals every second are at most one rollout in ten seconds, if one takes %i s',
    (rolloutSeconds) => {
      const related = (time: number) => [
        ...Array.from({ length: 60 }, (_, index) => index)
          .filter((index) => time < 30 + index)
          .map((index) => timed(`a/agent-${index}`, 0)),
        timed('b/stays', 0),
      ];
      const { rollouts } = simulate({ related, ...LAGGING, rolloutSeconds, seconds: 110 });
      expect(rollouts.length).toBeLessThanOrEqual(9);
    },
  );

  it.each([
    ['honest times', 0],
    ['times of long ago', -10_000_000],
    ['times a little ahead', 55],
  ])(
    'a tenant that hides, shows and moves its agents all the time, with %s, does not keep others out',
    (_what, shift) => {
      const evil = (time: number) =>
        Array.from({ length: 6 }, (_, index) => {
          const at = shift < 0 ? shift : Math.floor(time) + shift;
          const changes = {
            url: `http://moved-${Math.floor(time)}:8000/`,
            exposed: (Math.floor(time / 2) + index) % 2 === 0,
          };
          return agent(`evil/agent-${index}`, {
            ...changes,
            metadata: { managedFields: [{ time: simulatedTime(at) }], creationTimestamp: simulatedTime(0) },
          });
        });
      const related = (time: number) => [...evil(time), timed('v/old', 0), ...(time >= 30 ? [timed('v/new', 30)] : [])];
      const { servedAt, rollouts } = simulate({ related, ...LAGGING, seconds: 90 });
      expect(servedAt.get('v/new')).toBeLessThanOrEqual(62);
      expect(rollouts.length).toBeLessThanOrEqual(10);
    },
  );

  it('a new agent is served while our clock is a day behind or ahead', () => {
    for (const skewSeconds of [-86_400, 86_400]) {
      const related = (time: number) => [timed('v/old', 0), ...(time >= 30 ? [timed('v/new', 30)] : [])];
      const { servedAt } = simulate({ related, ...PACE, skewSeconds, seconds: 60 });
      expect(servedAt.get('v/new')).toBeLessThanOrEqual(40);
    }
  });

  it('an agent that goes right after a rollout is withdrawn while our clock is behind or ahead', () => {
    for (const skewSeconds of [-86_400, -600, 86_400]) {
      const related = (time: number) => [
        timed('v/old', 0),
        ...(time >= 30 ? [timed('v/new', 30)] : []),
        ...(time < 40 ? [timed('v/gone', 0)] : []),
      ];
      const { servedUntil } = simulate({ related, ...PACE, rolloutSeconds: 3, skewSeconds, seconds: 60 });
      expect(servedUntil.get('v/gone'), `${skewSeconds} s`).toBeLessThanOrEqual(55);
    }
  });

  it('one withdrawal takes effect at once, even during a rollout that began some seconds ago', () => {
    const at = (seconds: number) => `2026-06-01T00:00:${String(seconds).padStart(2, '0')}Z`;
    const children = (written: number) =>
      observed(sync({ related: TWO }).attachments, { conditions: PROGRESSING }).map((child) => ({
        ...child,
        metadata: { ...child.metadata, managedFields: [{ manager: 'metacontroller', time: at(written) }] },
      }));
    const answer = (written: number) => sync({ related: [agent('a/one')], children: children(written), now: at(30) });
    expect(answer(20).krakendJson).toBe(sync({ related: [agent('a/one')] }).krakendJson);
    expect(answer(21).krakendJson).toBe(sync({ related: TWO }).krakendJson);
    expect(answer(21).resyncAfterSeconds).toBe(2);
  });

  it('rollouts come to an end if the spec changes while an agent appears, although the observed state lags', () => {
    const related = (time: number) => [timed('a/one', 0), ...(time >= 40.2 ? [timed('a/two', 40.2)] : [])];
    const parent = (time: number) =>
      gateway(time < 40 ? {} : { timeout: '9s' }, { creationTimestamp: simulatedTime(0) });
    const { rollouts, served } = simulate({ related, parent, ...LAGGING });
    expect({ rollouts: rollouts.length, served: served.size }).toEqual({ rollouts: 2, served: 2 });
  });

  it('there is no rollout without a change', () => {
    expect(simulate({ related: () => [timed('a/one', 0)], ...LAGGING, seconds: 300 }).rollouts).toEqual([]);
  });

  it('a paused Deployment gets every change', () => {
    const { rollouts, served } = simulate({ related: crowd, ...PACE, paused: true });
    expect({ hasRollouts: rollouts.length > 0, served: served.size }).toEqual({ hasRollouts: true, served: 200 });
  });

  it('a replica that stays pending does not keep later agents out forever', () => {
    const related = (time: number) => [
      ...(time >= 20 ? [timed('a/one', 20)] : []),
      ...(time >= 300 ? [timed('a/two', 300)] : []),
    ];
    const { served } = simulate({ related, ...PACE, seconds: 600, rolloutSeconds: Number.POSITIVE_INFINITY });
    expect(served).toEqual(new Set(['a/one', 'a/two']));
  });

  it('a corrected image takes effect at once', () => {
    const bad = { AGENT_GATEWAY_IMAGE: 'example/none:0' };
    const stuck = observed(sync({ related: [agent('a/one')], settings: bad }).attachments, { conditions: PROGRESSING });
    expect(sync({ related: TWO, children: stuck, settings: bad }).resyncAfterSeconds).toBe(10);
    const fixed = sync({ related: TWO, children: stuck });
    expect({ pod: fixed.pod, resyncAfterSeconds: fixed.resyncAfterSeconds }).toEqual({
      pod: sync({ related: TWO }).pod,
      resyncAfterSeconds: undefined,
    });
  });

  function moving(time: number, count: number): KubernetesObject[] {
    return SETTLED.map((name, index) =>
      index < count
        ? changing(name, time, { at: 40 + index * 0.2, url: `http://moved-${index}:8000/` })
        : timed(name, 0),
    );
  }

  /** An agent that has these changes from the time `at` on; `exposed` holds until that time. */
  function changing(name: string, time: number, { at, ...changes }: { at: number; url?: string; exposed?: boolean }) {
    const isOver = time >= at;
    const isChanged = 'exposed' in changes ? !isOver : isOver;
    return timed(name, isOver ? at : 0, isChanged ? changes : {});
  }
});
