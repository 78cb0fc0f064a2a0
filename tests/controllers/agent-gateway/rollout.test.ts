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
import { idsIn } from '../../support/settings-form.ts';

const one = sync({ related: [agent('a/one')] });
const underWay = () => observed(one.attachments, { conditions: PROGRESSING });
const at = (reason: string) =>
  observed(one.attachments, { conditions: [AVAILABLE[0], { type: 'Progressing', status: 'True', reason }] });
const TWO = [agent('a/one'), agent('a/two')];

describe('while a rollout is in progress', () => {
  it.each([
    ['an additional agent', TWO],
    ['an agent that has lost its URL for a moment', [agent('a/one', { url: '' }), agent('a/two')]],
    ['an agent with another URL', [agent('a/one', { url: 'http://other:8000/' })]],
  ])('%s waits, and the configuration and the pod template stay as observed', (_what, related) => {
    const { krakendJson, pod, resyncAfterSeconds, conditions } = sync({ related, children: underWay() });
    expect({ krakendJson, pod }).toEqual({ krakendJson: one.krakendJson, pod: one.pod });
    expect(resyncAfterSeconds).toBe(10);
    expect(conditions['Programmed']).toMatchObject({ status: 'False', reason: 'Pending' });
  });

  it('a new agent waits even if the status belongs to an older generation of the Deployment', () => {
    const children = observed(one.attachments, { conditions: AVAILABLE, observedGeneration: 0 });
    expect(sync({ related: TWO, children }).krakendJson).toBe(one.krakendJson);
  });

  it.each<[string, Parameters<typeof sync>[0]]>([
    [
      'the withdrawal of an agent that is no longer exposed',
      { related: [agent('a/one', { exposed: false }), agent('a/two')] },
    ],
    ['the removal of an agent', { related: [agent('a/two')] }],
    ['a change of the spec', { related: TWO, parent: gateway({ timeout: '10s' }) }],
    ['a change of the environment', { related: TWO, parent: gateway({ env: [{ name: 'A', value: '1' }] }) }],
    ['a change of the settings', { related: TWO, settings: { AGENT_GATEWAY_IMAGE: 'example/krakend:2' } }],
  ])('%s takes effect at once', (_what, scene) => {
    const { krakendJson, resyncAfterSeconds } = sync({ ...scene, children: underWay() });
    expect(krakendJson).toBe(sync(scene).krakendJson);
    expect(resyncAfterSeconds).toBeUndefined();
  });

  it('a change of a referenced object takes effect at once', () => {
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

  it('a new agent takes effect at once if the observed configuration does not match its hash', () => {
    const edited = underWay().map((child) =>
      child.kind === 'ConfigMap' ? { ...child, data: { 'krakend.json': '{}' } } : child,
    );
    expect(sync({ related: TWO, children: edited }).krakendJson).toBe(sync({ related: TWO }).krakendJson);
    const lost = underWay().filter(({ kind }) => kind !== 'ConfigMap');
    expect(sync({ related: TWO, children: lost }).krakendJson).toBe(sync({ related: TWO }).krakendJson);
  });

  it('the pod template stays without the fields that the API server has added', () => {
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

describe('while no rollout is in progress', () => {
  it.each(['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'])(
    'a change takes effect (%s)',
    (reason) => {
      expect(sync({ related: TWO, children: at(reason) }).krakendJson).toBe(sync({ related: TWO }).krakendJson);
    },
  );

  describe('changes are collected for two seconds, and three more in case clocks differ,', () => {
    const NOW = '2026-06-01T00:01:00Z';
    const ago = (seconds: number) => `${new Date(Date.parse(NOW) - seconds * 1000).toISOString().slice(0, 19)}Z`;
    const young = (seconds: number, changes: { url?: string } = {}) =>
      agent(`a/young${seconds}`, { ...changes, metadata: { creationTimestamp: ago(seconds) } });
    const atRest = (seconds: number) =>
      observed(one.attachments, { conditions: [AVAILABLE[0], { ...AVAILABLE[1], lastUpdateTime: ago(seconds) }] });
    const answer = (rest: number, ...agents: KubernetesObject[]) =>
      sync({ related: [agent('a/one'), ...agents], children: atRest(rest), now: NOW });
    const full = (...agents: KubernetesObject[]) => sync({ related: [agent('a/one'), ...agents] }).krakendJson;

    it('from the first change on', () => {
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

    it('where the last time in managedFields is the time of a change', () => {
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

    describe('where a time in the future, which everyone who may update an Agent can write,', () => {
      const forged = (time: string) =>
        agent('a/forged', { metadata: { managedFields: [{ time }], creationTimestamp: '2026-01-01T00:00:00Z' } });

      it.each(['2099-01-01T00:00:00Z', '2026-06-02T00:01:00Z', '2026-06-01T00:02:01Z'])(
        'does not count (%s): the agent takes effect without a resync',
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

      it('counts if it is at most a minute ahead, because our clock may be behind', () => {
        expect(answer(100, forged(ago(-59))).resyncAfterSeconds).toBe(2);
      });
    });

    it('where an agent removes the short path of its name only once it is served itself', () => {
      const namesake = agent('b/one', { metadata: { creationTimestamp: ago(5) } });
      expect(answer(100, namesake).krakendJson).toBe(one.krakendJson);
    });

    it('for a new gateway too, which has only a Service until then', () => {
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

  describe('a call may have children from before the last answer, because the engine reads them from caches:', () => {
    const moment = (second: number) => `2026-06-01T00:00:${String(second).padStart(2, '0')}Z`;
    const young = agent('a/young', { metadata: { creationTimestamp: moment(10) } });
    const changed = { parent: gateway({ timeout: '10s' }), related: [agent('a/one'), young] };
    const first = sync({ ...changed, children: at('NewReplicaSetAvailable'), now: moment(20) });
    const begun = { ...PROGRESSING[1], lastUpdateTime: moment(20) };
    const fresh = observed(first.attachments, { conditions: [PROGRESSING[0], begun] });
    const stale = at('NewReplicaSetAvailable');
    const ofKind = (children: readonly KubernetesObject[], isWanted: (kind: string) => boolean) =>
      children.filter(({ kind }) => isWanted(kind));
    const isConfigMap = (kind: string) => kind === 'ConfigMap';

    it.each<[string, KubernetesObject[]]>([
      ['all', stale],
      ['its ConfigMap', [...ofKind(stale, isConfigMap), ...ofKind(fresh, (kind) => !isConfigMap(kind))]],
      ['its Deployment', [...ofKind(fresh, isConfigMap), ...ofKind(stale, (kind) => !isConfigMap(kind))]],
      ['no ConfigMap yet, and the new Deployment', ofKind(fresh, (kind) => !isConfigMap(kind))],
    ])('an agent that is in the last answer stays in the next one with %s from before', (_what, children) => {
      expect(idsIn(first.attachments)).toEqual(['a/one', 'a/young']);
      expect(sync({ ...changed, children, now: moment(21) }).krakendJson).toBe(first.krakendJson);
    });
  });

  it('an agent of a new gateway stays in it although it changes before the first children are seen', () => {
    const moment = (second: number) => `2026-06-01T00:00:0${second}Z`;
    const parent = gateway({}, { creationTimestamp: moment(0) });
    const changedAt = (second: number, url: string) =>
      agent('a/one', { url, metadata: { creationTimestamp: moment(0), managedFields: [{ time: moment(second) }] } });
    const answered = (second: number, url: string) =>
      sync({ parent, related: [changedAt(second, url), agent('a/two')], now: moment(7) });
    expect(idsIn(answered(1, 'http://one:8000').attachments)).toEqual(['a/one', 'a/two']);
    expect(idsIn(answered(6, 'http://moved:8000').attachments)).toEqual(['a/one', 'a/two']);
  });

  it('nothing changes if the agents stay the same', () => {
    const { attachments } = sync({ related: [agent('a/one')], children: at('NewReplicaSetAvailable') });
    expect(attachments).toEqual(one.attachments);
  });
});

describe('the removal of all agents at once', () => {
  const none = (now: string, children = observed(one.attachments)) => sync({ related: [], children, now });

  it('waits for one resync and then takes effect', () => {
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

  it('is forgotten if the agents come back', () => {
    const first = none('2026-06-01T00:00:00Z');
    const back = sync({
      related: [agent('a/one')],
      children: observed(first.attachments),
      now: '2026-06-01T00:10:00Z',
    });
    expect(back.attachments).toEqual(one.attachments);
  });
});
