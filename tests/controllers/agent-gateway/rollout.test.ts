import { describe, expect, it } from 'vitest';
import {
  AVAILABLE,
  agent,
  gateway,
  type KubernetesObject,
  observed,
  PROGRESSING,
  sync,
} from '../../support/gateways.ts';
import { simulate, simulatedTime } from '../../support/rollouts.ts';

const one = sync({ related: [agent('a/one')] });
const underWay = () => observed(one.attachments, { conditions: PROGRESSING });
const at = (reason: string) =>
  observed(one.attachments, { conditions: [AVAILABLE[0], { type: 'Progressing', status: 'True', reason }] });
const TWO = [agent('a/one'), agent('a/two')];

describe('while a rollout is under way', () => {
  it.each([
    ['an agent more', TWO],
    ['an agent that lost its URL for a moment', [agent('a/one', { url: '' }), agent('a/two')]],
    ['an agent with another URL', [agent('a/one', { url: 'http://other:8000/' })]],
  ])('%s waits: configuration and template are answered as observed', (_what, related) => {
    const { krakendJson, pod, resyncAfterSeconds, conditions } = sync({ related, children: underWay() });
    expect([krakendJson, pod]).toEqual([one.krakendJson, one.pod]);
    expect(resyncAfterSeconds).toBe(10);
    expect(conditions['Programmed']).toMatchObject({ status: 'False', reason: 'Pending' });
  });

  it('also where its status is of an older Deployment', () => {
    const children = observed(one.attachments, { conditions: AVAILABLE, observedGeneration: 0 });
    expect(sync({ related: TWO, children }).krakendJson).toBe(one.krakendJson);
  });

  it.each<[string, Parameters<typeof sync>[0]]>([
    ['an agent that is no longer exposed', { related: [agent('a/one', { exposed: false }), agent('a/two')] }],
    ['an agent that is gone', { related: [agent('a/two')] }],
    ['a change of the spec', { related: TWO, parent: gateway({ timeout: '10s' }) }],
    ['a change of the environment', { related: TWO, parent: gateway({ env: [{ name: 'A', value: '1' }] }) }],
    ['a change of the settings', { related: TWO, settings: { AGENT_GATEWAY_IMAGE: 'example/krakend:2' } }],
  ])('%s goes out at once', (_what, scene) => {
    const { krakendJson, resyncAfterSeconds } = sync({ ...scene, children: underWay() });
    expect(krakendJson).toBe(sync(scene).krakendJson);
    expect(resyncAfterSeconds).toBeUndefined();
  });

  it('a change of a referenced object goes out at once', () => {
    const parent = gateway({ envFrom: [{ configMapRef: { name: 'x' } }] });
    const configMap = (value: string): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', namespace: 'team' },
      data: { value },
    });
    const before = sync({ parent, related: [agent('a/one'), configMap('1')] });
    const children = observed(before.attachments, { conditions: PROGRESSING });
    const scene = { parent, related: [...TWO, configMap('2')] };
    expect(sync({ ...scene, children }).pod).toEqual(sync(scene).pod);
  });

  it('nothing is held that does not match its hash: both go out', () => {
    const edited = underWay().map((child) =>
      child.kind === 'ConfigMap' ? { ...child, data: { 'krakend.json': '{}' } } : child,
    );
    expect(sync({ related: TWO, children: edited }).krakendJson).toBe(sync({ related: TWO }).krakendJson);
    const lost = underWay().filter(({ kind }) => kind !== 'ConfigMap');
    expect(sync({ related: TWO, children: lost }).krakendJson).toBe(sync({ related: TWO }).krakendJson);
  });

  it('a template is held without what the server adds to it', () => {
    const children = underWay().map((child) => {
      const text = JSON.stringify(child).replace(
        '"template":{"metadata":{',
        '"template":{"metadata":{"creationTimestamp":null,',
      );
      return JSON.parse(text) as KubernetesObject;
    });
    expect(JSON.stringify(children)).toContain('"creationTimestamp":null');
    expect(sync({ related: TWO, children }).pod).toEqual(one.pod);
  });
});

describe('where no rollout is under way', () => {
  it.each(['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'])(
    '(%s) a change goes out',
    (reason) => {
      expect(sync({ related: TWO, children: at(reason) }).krakendJson).toBe(sync({ related: TWO }).krakendJson);
    },
  );

  describe('changes are collected for two seconds, and three more for a clock that is not ours', () => {
    const NOW = '2026-06-01T00:01:00Z';
    const ago = (seconds: number) => `${new Date(Date.parse(NOW) - seconds * 1000).toISOString().slice(0, 19)}Z`;
    const young = (seconds: number, changes: { url?: string } = {}) =>
      agent(`a/young${seconds}`, { ...changes, metadata: { creationTimestamp: ago(seconds) } });
    const atRest = (seconds: number) =>
      observed(one.attachments, { conditions: [AVAILABLE[0], { ...AVAILABLE[1], lastUpdateTime: ago(seconds) }] });
    const answer = (rest: number, ...agents: KubernetesObject[]) =>
      sync({ related: [agent('a/one'), ...agents], children: atRest(rest), now: NOW });
    const full = (...agents: KubernetesObject[]) => sync({ related: [agent('a/one'), ...agents] }).krakendJson;

    it('from the first one on', () => {
      const first = answer(100, young(5), young(1));
      expect([first.krakendJson, first.resyncAfterSeconds]).toEqual([one.krakendJson, 2]);
      expect(first.conditions['Programmed']?.status).toBe('True');
      expect(answer(100, young(6), young(4)).krakendJson).toBe(full(young(6), young(4)));
      const some = answer(100, young(9), young(1));
      expect([some.krakendJson, some.resyncAfterSeconds]).toEqual([full(young(9)), 2]);
    });

    it('or from the end of the last rollout on', () => {
      expect(answer(5, young(50)).krakendJson).toBe(one.krakendJson);
      expect(answer(6, young(50), young(4)).krakendJson).toBe(full(young(50), young(4)));
      expect(answer(9, young(50), young(1)).krakendJson).toBe(full(young(50)));
    });

    it('by the time at which anything of them last changed', () => {
      const changed = (url: string, seconds: number) =>
        agent('a/one', {
          url,
          metadata: { managedFields: [{ time: '2026-01-01T00:00:00Z' }, { time: ago(seconds) }] },
        });
      const moved = (seconds: number) =>
        sync({ related: [changed('http://moved:8000/', seconds)], children: atRest(100), now: NOW }).krakendJson;
      expect(moved(5)).toBe(one.krakendJson);
      expect(moved(6)).toBe(sync({ related: [agent('a/one', { url: 'http://moved:8000/' })] }).krakendJson);
      const lost = sync({ related: [changed('', 5), agent('b/two')], children: atRest(100), now: NOW });
      expect(lost.krakendJson).toContain('"/a/one"');
    });

    it('a namesake takes a short path only when it comes itself', () => {
      const namesake = agent('b/one', { metadata: { creationTimestamp: ago(5) } });
      expect(answer(100, namesake).krakendJson).toBe(one.krakendJson);
    });

    it('also those of a gateway that was just made; until then it has a Service alone', () => {
      const made = (seconds: number, ...agents: KubernetesObject[]) =>
        sync({ parent: gateway({}, { creationTimestamp: ago(seconds) }), related: agents, now: NOW });
      expect(made(5).attachments.map(({ kind }) => kind)).toEqual(['Service']);
      expect(made(5).resyncAfterSeconds).toBe(2);
      const first = made(6, young(4), young(1));
      expect([first.krakendJson, first.resyncAfterSeconds]).toEqual([sync({ related: [young(4)] }).krakendJson, 2]);
      expect(made(61, young(4), young(1)).krakendJson).toBe(sync({ related: [young(4), young(1)] }).krakendJson);
    });
  });

  it('nothing is written without a change', () => {
    const { attachments } = sync({ related: [agent('a/one')], children: at('NewReplicaSetAvailable') });
    expect(attachments).toEqual(one.attachments);
  });
});

describe('from some agents to none at once', () => {
  const none = (now: string, children = observed(one.attachments)) => sync({ related: [], children, now });

  it('is held for one resync, and then goes out', () => {
    const first = none('2026-06-01T00:00:00Z');
    expect([first.krakendJson, first.pod, first.resyncAfterSeconds]).toEqual([one.krakendJson, one.pod, 30]);
    const again = none('2026-06-01T00:00:29Z', observed(first.attachments));
    expect([again.attachments, again.resyncAfterSeconds]).toEqual([first.attachments, 30]);
    const then = none('2026-06-01T00:00:30Z', observed(again.attachments));
    expect(then.krakendJson).toBe(sync({}).krakendJson);
    expect(then.attachments.map(({ metadata }) => metadata['annotations'])).not.toContainEqual(
      expect.objectContaining({ 'agent-gateway-hooks/empty-since': expect.anything() }),
    );
  });

  it('is forgotten when they come back', () => {
    const first = none('2026-06-01T00:00:00Z');
    const back = sync({
      related: [agent('a/one')],
      children: observed(first.attachments),
      now: '2026-06-01T00:10:00Z',
    });
    expect(back.attachments).toEqual(one.attachments);
  });
});

describe('with a simulated Deployment controller', () => {
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
    ['the Deployment’s status', PACE],
    ['all that is observed', LAGGING],
    ['all, by a clock of ours that is ahead', { ...LAGGING, skewSeconds: 2 }],
    ['all, by a clock of ours that is behind', { ...LAGGING, skewSeconds: -3 }],
  ])('200 agents in 40 s, while %s lags, take at most 4 rollouts', (_what, pace) => {
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
      'namesakes appear one by one',
      (time) => [
        ...SETTLED.map((name) => timed(name, 0)),
        ...SETTLED.flatMap((name, index) =>
          40 + index * 0.2 <= time ? [timed(`other/${name.split('/')[1]}`, 40 + index * 0.2)] : [],
        ),
      ],
    ],
    ['an agent is withdrawn while others appear', (time) => (time < 50 ? crowd(time) : crowd(time).slice(1))],
  ])('it comes to rest when %s, though all that is observed lags', (_what, related) => {
    const { rollouts } = simulate({ related, ...LAGGING });
    expect(rollouts.length).toBeLessThanOrEqual(6);
    expect(rollouts.filter((time) => time > 90)).toEqual([]);
  });

  it('it comes to rest when the spec changes as an agent appears, though all that is observed lags', () => {
    const related = (time: number) => [timed('a/one', 0), ...(time >= 40.2 ? [timed('a/two', 40.2)] : [])];
    const parent = (time: number) =>
      gateway(time < 40 ? {} : { timeout: '9s' }, { creationTimestamp: simulatedTime(0) });
    const { rollouts, served } = simulate({ related, parent, ...LAGGING });
    expect([rollouts.length, served.size]).toEqual([2, 2]);
  });

  it('without a change there is none', () => {
    expect(simulate({ related: () => [timed('a/one', 0)], ...LAGGING, seconds: 300 }).rollouts).toEqual([]);
  });

  it('a paused Deployment takes every change', () => {
    const { rollouts, served } = simulate({ related: crowd, ...PACE, paused: true });
    expect([rollouts.length > 0, served.size]).toEqual([true, 200]);
  });

  it('a replica that stays pending does not keep later agents out for ever', () => {
    const related = (time: number) => [
      ...(time >= 20 ? [timed('a/one', 20)] : []),
      ...(time >= 300 ? [timed('a/two', 300)] : []),
    ];
    const { served } = simulate({ related, ...PACE, seconds: 600, rolloutSeconds: Number.POSITIVE_INFINITY });
    expect(served).toEqual(new Set(['a/one', 'a/two']));
  });

  it('the fix of a bad image goes out at once', () => {
    const bad = { AGENT_GATEWAY_IMAGE: 'example/none:0' };
    const stuck = observed(sync({ related: [agent('a/one')], settings: bad }).attachments, { conditions: PROGRESSING });
    expect(sync({ related: TWO, children: stuck, settings: bad }).resyncAfterSeconds).toBe(10);
    const fixed = sync({ related: TWO, children: stuck });
    expect([fixed.pod, fixed.resyncAfterSeconds]).toEqual([sync({ related: TWO }).pod, undefined]);
  });

  function moving(time: number, count: number): KubernetesObject[] {
    return SETTLED.map((name, index) =>
      index < count
        ? changing(name, time, { at: 40 + index * 0.2, url: `http://moved-${index}:8000/` })
        : timed(name, 0),
    );
  }

  /** An agent that has these changes from a time on; for `exposed`, until that time. */
  function changing(name: string, time: number, { at, ...changes }: { at: number; url?: string; exposed?: boolean }) {
    const isOver = time >= at;
    const isChanged = 'exposed' in changes ? !isOver : isOver;
    return timed(name, isOver ? at : 0, isChanged ? changes : {});
  }
});
