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
    expect({ krakendJson, pod }).toEqual({ krakendJson: one.krakendJson, pod: one.pod });
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
      expect({ krakendJson: first.krakendJson, resyncAfterSeconds: first.resyncAfterSeconds }).toEqual({
        krakendJson: one.krakendJson,
        resyncAfterSeconds: 2,
      });
      expect(first.conditions['Programmed']?.status).toBe('True');
      expect(answer(100, young(6), young(4)).krakendJson).toBe(full(young(6), young(4)));
      const some = answer(100, young(9), young(1));
      expect({ krakendJson: some.krakendJson, resyncAfterSeconds: some.resyncAfterSeconds }).toEqual({
        krakendJson: full(young(9)),
        resyncAfterSeconds: 2,
      });
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

    describe('a time that has not come yet, which whoever may update an Agent can write,', () => {
      const forged = (time: string) =>
        agent('a/forged', { metadata: { managedFields: [{ time }], creationTimestamp: '2026-01-01T00:00:00Z' } });

      it.each(['2099-01-01T00:00:00Z', '2026-06-02T00:01:00Z', '2026-06-01T00:02:01Z'])(
        '%s, does not count: the agent goes out and nothing is asked again',
        (time) => {
          const taken = answer(100, forged(time));
          expect(taken.krakendJson).toBe(full(forged(time)));
          expect(taken.resyncAfterSeconds).toBeUndefined();
        },
      );

      it('does not stop changes of other agents from being collected', () => {
        const first = answer(100, forged('2099-01-01T00:00:00Z'), young(1));
        expect(first.krakendJson).toBe(full(forged('2099-01-01T00:00:00Z')));
        expect(first.resyncAfterSeconds).toBe(2);
      });

      it('counts up to a minute ahead, by which our clock may be behind', () => {
        expect(answer(100, forged(ago(-59))).resyncAfterSeconds).toBe(2);
      });
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
      expect({ krakendJson: first.krakendJson, resyncAfterSeconds: first.resyncAfterSeconds }).toEqual({
        krakendJson: sync({ related: [young(4)] }).krakendJson,
        resyncAfterSeconds: 2,
      });
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
    expect({ krakendJson: first.krakendJson, pod: first.pod, resyncAfterSeconds: first.resyncAfterSeconds }).toEqual({
      krakendJson: one.krakendJson,
      pod: one.pod,
      resyncAfterSeconds: 30,
    });
    const again = none('2026-06-01T00:00:29Z', observed(first.attachments));
    expect({ attachments: again.attachments, resyncAfterSeconds: again.resyncAfterSeconds }).toEqual({
      attachments: first.attachments,
      resyncAfterSeconds: 30,
    });
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
