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
import { simulate } from '../../support/rollouts.ts';

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

  describe('new agents are collected for two seconds', () => {
    const NOW = '2026-06-01T00:01:00Z';
    const ago = (seconds: number) => `${new Date(Date.parse(NOW) - seconds * 1000).toISOString().slice(0, 19)}Z`;
    const young = (seconds: number) => agent(`a/young${seconds}`, { metadata: { creationTimestamp: ago(seconds) } });
    const atRest = (seconds: number) =>
      observed(one.attachments, { conditions: [AVAILABLE[0], { ...AVAILABLE[1], lastUpdateTime: ago(seconds) }] });
    const answer = (rest: number, ...agents: KubernetesObject[]) =>
      sync({ related: [agent('a/one'), ...agents], children: atRest(rest), now: NOW });
    const full = (...agents: KubernetesObject[]) => sync({ related: [agent('a/one'), ...agents] }).krakendJson;

    it('from the first one on', () => {
      const first = answer(100, young(2), young(1));
      expect([first.krakendJson, first.resyncAfterSeconds]).toEqual([one.krakendJson, 2]);
      expect(first.conditions['Programmed']).toMatchObject({ status: 'False', reason: 'Pending' });
      expect(answer(100, young(3), young(1)).krakendJson).toBe(full(young(3), young(1)));
      expect(answer(100, young(9), young(1)).krakendJson).toBe(full(young(9)));
    });

    it('or from the end of the last rollout on', () => {
      expect(answer(2, young(50)).krakendJson).toBe(one.krakendJson);
      expect(answer(3, young(50), young(1)).krakendJson).toBe(full(young(50), young(1)));
      expect(answer(9, young(50), young(1)).krakendJson).toBe(full(young(50)));
    });

    it('by the time at which they became ready', () => {
      const ready = {
        ...young(50),
        status: { url: 'http://x:8000/', conditions: [{ type: 'Ready', lastTransitionTime: ago(1) }] },
      };
      expect(answer(100, ready).krakendJson).toBe(one.krakendJson);
    });

    it('and not at all where a clock is ahead of ours', () => {
      expect(answer(100, young(-100)).krakendJson).toBe(full(young(-100)));
      expect(answer(-100, young(50)).krakendJson).toBe(full(young(50)));
    });

    it('also those of a gateway that was just made; until then it has a Service alone', () => {
      const made = (seconds: number, ...agents: KubernetesObject[]) =>
        sync({ parent: gateway({}, { creationTimestamp: ago(seconds) }), related: agents, now: NOW });
      expect(made(2).attachments.map(({ kind }) => kind)).toEqual(['Service']);
      expect(made(2).resyncAfterSeconds).toBe(2);
      expect(made(3, young(1), young(0)).krakendJson).toBe(sync({ related: [young(1)] }).krakendJson);
      expect(made(61, young(1), young(0)).krakendJson).toBe(sync({ related: [young(1), young(0)] }).krakendJson);
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
  const crowd = Array.from({ length: 200 }, (_, index) => ({
    at: (index + 1) * 0.2,
    agent: `team-${index % 7}/agent-${index}`,
  }));

  it.each([
    ['the Deployment’s status', { statusLag: 1, childrenLag: 0 }],
    ['all that is observed', { statusLag: 1, childrenLag: 1 }],
  ])('200 agents in 40 s, while %s lags, take at most 4 rollouts', (_what, lags) => {
    const { rollouts, servedAt } = simulate({ arrivals: crowd, seconds: 120, rolloutSeconds: 15, ...lags });
    expect(rollouts.length).toBeLessThanOrEqual(4);
    expect(servedAt.size).toBe(200);
    const afterLast = rollouts.filter((time) => time > 40);
    expect(afterLast.length).toBeLessThanOrEqual(1);
  });

  it('without a change there is none', () => {
    const { rollouts } = simulate({
      arrivals: [{ at: 0, agent: 'a/one' }],
      seconds: 600,
      rolloutSeconds: 15,
      statusLag: 1,
      childrenLag: 1,
    });
    expect(rollouts).toEqual([]);
  });

  it('a paused Deployment takes every change, and rolls out none', () => {
    const { rollouts, served } = simulate({
      arrivals: crowd,
      seconds: 60,
      rolloutSeconds: 15,
      statusLag: 1,
      childrenLag: 0,
      paused: true,
    });
    expect([rollouts.length > 0, served.size]).toEqual([true, 200]);
  });

  it('a replica that stays pending does not keep later agents out for ever', () => {
    const arrivals = [
      { at: 5, agent: 'a/one' },
      { at: 300, agent: 'a/two' },
    ];
    const { served } = simulate({
      arrivals,
      seconds: 600,
      rolloutSeconds: Number.POSITIVE_INFINITY,
      statusLag: 1,
      childrenLag: 0,
    });
    expect(served).toEqual(new Set(['a/one', 'a/two']));
  });

  it('the fix of a bad image goes out at once', () => {
    const bad = { AGENT_GATEWAY_IMAGE: 'example/none:0' };
    const stuck = observed(sync({ related: [agent('a/one')], settings: bad }).attachments, { conditions: PROGRESSING });
    expect(sync({ related: TWO, children: stuck, settings: bad }).resyncAfterSeconds).toBe(10);
    const fixed = sync({ related: TWO, children: stuck });
    expect([fixed.pod, fixed.resyncAfterSeconds]).toEqual([sync({ related: TWO }).pod, undefined]);
  });
});
