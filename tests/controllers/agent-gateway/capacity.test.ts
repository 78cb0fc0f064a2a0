import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServedAgent } from '../../../controllers/agent-gateway/agents/exposed-agents.ts';
import { isListed } from '../../../controllers/agent-gateway/krakend/guard.ts';
import { agentBytes, krakendConfig } from '../../../controllers/agent-gateway/krakend/krakend-config.ts';
import { configuredAgents, krakendJson } from '../../../controllers/agent-gateway/krakend/krakend-json.ts';
import { shareRoom } from '../../../controllers/agent-gateway/rollout/capacity.ts';
import { agent, type KubernetesObject, observed, sync } from '../../support/gateways.ts';
import { anyGuardedAgents, GUARDS } from '../../support/guarded-agents.ts';
import { assertReaching } from '../../support/reaching.ts';

const settings = { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '32', AGENT_GATEWAY_SETTINGS_LIMIT_KIB: '0' };
const team = (namespace: string, count: number, path = '') =>
  Array.from({ length: count }, (_, index) => {
    const name = `${namespace}-${String(index).padStart(3, '0')}`;
    return agent(`${namespace}/${name}`, { url: `http://${name}.${namespace}:8000/${path}` });
  });
const served = (krakendJson: string, namespace = '') =>
  (configuredAgents(krakendJson) ?? []).map(({ id }) => id).filter((id) => id.startsWith(namespace));
const again = (last: { readonly attachments: readonly KubernetesObject[] }, related: readonly KubernetesObject[]) =>
  sync({ related, settings, children: observed(last.attachments), now: '2026-06-01T01:00:00Z' });

/** 165 agents with paths of 900 characters, in one namespace. */
const GREEDY = team('greedy', 165, 'x'.repeat(900));

describe('more agents than a configuration has room for', () => {
  const crowded = sync({ related: [...GREEDY, agent('b/one'), agent('c/two')], settings });

  it('cost the namespace that has them: all others are served', () => {
    expect(served(crowded.krakendJson)).toEqual(expect.arrayContaining(['b/one', 'c/two']));
    expect(served(crowded.krakendJson, 'greedy').length).toBeGreaterThan(1);
    expect(new TextEncoder().encode(crowded.krakendJson).length).toBeLessThanOrEqual(32 * 1024);
  });

  it('are named with the limit, in the status and as problems', () => {
    const left = 165 - served(crowded.krakendJson, 'greedy').length;
    expect(crowded.conditions['ResolvedRefs']).toMatchObject({ status: 'False', reason: 'AgentsLeftOut' });
    expect(crowded.conditions['ResolvedRefs']?.message).toContain(`${left} agents are left out: greedy/greedy-`);
    expect(crowded.conditions['ResolvedRefs']?.message).toContain('AGENT_GATEWAY_CONFIG_LIMIT_KIB=32');
    expect(crowded.reply.problems.filter(({ reason }) => reason === 'AgentLeftOut')).toHaveLength(left);
  });

  it('do not keep a withdrawn agent of another namespace served', () => {
    const { krakendJson } = again(crowded, [...GREEDY, agent('c/two')]);
    expect(served(krakendJson, 'b')).toEqual([]);
  });

  it('make room for a new agent of another namespace', () => {
    const { krakendJson } = again(crowded, [...GREEDY, ...team('new', 5), agent('b/one'), agent('c/two')]);
    expect(served(krakendJson, 'new')).toHaveLength(5);
    expect(served(krakendJson, 'greedy').length).toBeLessThan(served(crowded.krakendJson, 'greedy').length);
  });

  it('do not roll the pods without a change, and keep their places', () => {
    const { attachments, resyncAfterSeconds } = again(crowded, [...GREEDY, agent('b/one'), agent('c/two')]);
    expect(attachments).toEqual(crowded.attachments);
    expect(resyncAfterSeconds).toBeUndefined();
    const first = [agent('greedy/aaa', { url: `http://aaa.greedy:8000/${'x'.repeat(900)}` }), ...GREEDY];
    expect(again(crowded, [...first, agent('b/one'), agent('c/two')]).krakendJson).toBe(crowded.krakendJson);
  });

  it('do not hold back the next change of another namespace', () => {
    const related = [...GREEDY, agent('b/one'), agent('c/two')];
    const late = agent('d/late', { metadata: { creationTimestamp: '2026-06-01T00:59:50Z' } });
    expect(served(again(crowded, [...related, late]).krakendJson, 'd')).toEqual(['d/late']);
  });

  it('give a gateway that is made meanwhile its pods', () => {
    expect(crowded.attachments.map(({ kind }) => kind)).toEqual(['Service', 'ConfigMap', 'Deployment']);
  });
});

describe('the room in a configuration', () => {
  const CHOICES = { gatewayName: 'gw', timeout: '360s', logLevel: 'INFO', guards: GUARDS, cors: undefined } as const;
  const sizeOf = (all: readonly ServedAgent[]) => krakendJson(krakendConfig(CHOICES, all), CHOICES).length;
  const EMPTY = sizeOf([]);

  const roomOf = (bytes: number) => ({ bytes, bytesOf: agentBytes, limit: '', setting: '' });

  it('is counted as it is written', () => {
    assertReaching({ numRuns: 300, floor: 200 }, (tell) =>
      fc.property(anyGuardedAgents, (all) => {
        const counted = all.reduce((sum, each) => sum + agentBytes(each), 0);
        // The first agent has no comma before it, in either list, of which one may be empty.
        const lists = all.some(({ guard }) => isListed(guard)) ? 2 : 1;
        expect(EMPTY + counted - lists).toBe(sizeOf(all));
        tell(all.some(({ guard }) => guard !== undefined));
      }),
    );
  });

  it('is never exceeded, is shared fairly, and is not wasted', () => {
    assertReaching({ numRuns: 1000, floor: 400 }, (tell) =>
      fc.property(anyGuardedAgents, fc.double({ min: 0, max: 1.1, noNaN: true }), (all, part) => {
        const bytesOf = (some: readonly ServedAgent[]) => some.reduce((sum, each) => sum + agentBytes(each), 0);
        const room = Math.floor(bytesOf(all) * part);
        const { admitted, excess } = shareRoom(all, roomOf(room), () => false);
        expect(bytesOf(admitted)).toBeLessThanOrEqual(room);
        expect([...admitted, ...excess].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
        const of = (namespace: string, some: readonly ServedAgent[]) =>
          some.filter((each) => each.namespace === namespace);
        for (const namespace of ['a', 'b', 'team-c']) {
          const isWhole = of(namespace, excess).length === 0;
          const isSmall = bytesOf(of(namespace, all)) <= room / 3;
          expect(isWhole || !isSmall).toBe(true);
        }
        tell(excess.length > 0);
      }),
    );
  });

  it('goes first to the agents that are served', () => {
    const all = ['a', 'b', 'c'].map(
      (name): ServedAgent => ({
        ...{ id: `n/${name}`, name, namespace: 'n', createdAt: 0, host: 'http://x', path: '', shorthand: 'none' },
      }),
    );
    const [one] = all;
    const room = one === undefined ? 0 : 2 * agentBytes(one);
    expect(shareRoom(all, roomOf(room), (id) => id === 'n/c').admitted.map(({ id }) => id)).toEqual(['n/a', 'n/c']);
  });
});
