import { describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../support/helm.ts';
import { type Judge, newJudge } from './judge.ts';
import { emptyWorld, type KaosResource, type World } from './plan/world.ts';

const LEAD: KaosResource = { kind: 'Agent', namespace: 'red', name: 'lead', timeout: '20s', exposed: true };
const FACT = 'HTTPRoute red/agent-lead';

function worldOf(resource?: KaosResource): World {
  const world = emptyWorld();
  if (resource) {
    world.kaos.set('Agent red/lead', resource);
  }
  return world;
}

function route(timeout = '20s', backend = 'agent-lead', owner: object = { ownerReferences: [{ uid: '1' }] }): Manifest {
  const rule = {
    matches: [{ path: { type: 'PathPrefix', value: '/red/agent/lead' } }],
    backendRefs: [{ name: backend, port: 8000 }],
    timeouts: { request: timeout },
  };
  const metadata = { namespace: 'red', name: 'agent-lead', ...owner };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata, spec: { rules: [rule] } };
}

/** A judge after the route of an agent has appeared. */
function settled(): Judge {
  const judge = newJudge();
  judge.expect(worldOf(LEAD));
  judge.see({ type: 'there', object: route() });
  return judge;
}

describe('the judge of the soak', () => {
  it('finds nothing while all is as it must be', () => {
    const judge = settled();
    expect(judge.differences()).toEqual([]);
    judge.condemn();
    expect(judge.findings()).toEqual({ lost: [], wrong: [] });
  });

  it('calls a child lost that vanishes, even if it comes back at once', () => {
    const judge = settled();
    judge.see({ type: 'gone', object: route() });
    judge.see({ type: 'there', object: route() });
    expect(judge.findings().lost).toEqual([{ seconds: 0, fact: FACT, why: 'vanished while it was wanted' }]);
  });

  it('lets a child go whose owner has gone, also if a new owner of that name wants one', () => {
    const judge = settled();
    judge.see({ type: 'gone', object: route(), isOrphan: true });
    expect(judge.findings().lost).toEqual([]);
    judge.condemn();
    expect(judge.findings().lost).toMatchObject([{ fact: FACT }]);
  });

  it('lets a child go that nobody wants any longer', () => {
    const judge = settled();
    judge.expect(worldOf({ ...LEAD, exposed: false }));
    judge.see({ type: 'gone', object: route() });
    judge.condemn();
    expect(judge.findings()).toEqual({ lost: [], wrong: [] });
  });

  it('lets an answer about an earlier state take a child away for a minute', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const judge = settled();
    judge.expect(worldOf());
    judge.expect(worldOf(LEAD));
    clock.mockReturnValue(59_000);
    judge.see({ type: 'gone', object: route() });
    expect(judge.findings().lost).toEqual([]);
    judge.condemn();
    expect(judge.findings().lost).toHaveLength(1);
    clock.mockRestore();
  });

  it.each([
    ['another backend', route('20s', 'agent-other')],
    ['a timeout that it never had', route('21s')],
    ['no owner, so that it belongs to somebody else', route('20s', 'agent-lead', {})],
  ])('calls a child wrong with %s', (_what, object) => {
    const judge = settled();
    judge.see({ type: 'there', object });
    expect(judge.findings().wrong).toHaveLength(1);
  });

  it('accepts the value before the last change until all is at rest', () => {
    const judge = settled();
    judge.expect(worldOf({ ...LEAD, timeout: '30s' }));
    judge.see({ type: 'there', object: route() });
    expect(judge.findings().wrong).toEqual([]);
    judge.condemn();
    expect(judge.findings().wrong).toHaveLength(1);
  });

  it('wants no route whose name somebody else has, and knows it when it comes', () => {
    const judge = newJudge();
    const world = worldOf(LEAD);
    world.foreign.set('red/agent-lead', { namespace: 'red', name: 'agent-lead', mark: 'theirs' });
    judge.expect(world);
    judge.expect(worldOf({ ...LEAD, timeout: '30s' }));
    judge.see({ type: 'there', object: route('20s') });
    expect(judge.findings().wrong).toEqual([]);
    expect(judge.differences()).toHaveLength(1);
  });

  it('calls an agent lost that is missing in the next configuration of a gateway', () => {
    const judge = newJudge();
    const world = worldOf();
    const url = { text: 'http://news.red.svc:8000/card', broken: false };
    world.gateways.set('red/gw', { namespace: 'red', name: 'gw', replicas: 1, timeoutSeconds: 60 });
    world.agents.set('red/news', { namespace: 'red', name: 'news', exposed: true, url });
    judge.expect(world);
    const agent = `{"endpoint": "/red/news"},{"endpoint": "/news"},{"model_id": "red/news", "url": "${url.text}"}`;
    judge.see({ type: 'there', object: configuration(agent) });
    judge.see({ type: 'there', object: configuration('') });
    const facts = judge.findings().lost.map(({ fact }) => fact.replace(' of red/gw-krakend-config', ''));
    expect(facts.sort()).toEqual(['endpoint /news', 'endpoint /red/news', 'model red/news']);
    expect(judge.findings().wrong).toEqual([]);
  });
});

function configuration(agents: string): Manifest {
  const metadata = { namespace: 'red', name: 'gw-krakend-config', ownerReferences: [{ uid: '1' }] };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata as Manifest['metadata'],
    data: { 'krakend.json': `{"timeout": "60s", ${agents}}` },
  };
}
