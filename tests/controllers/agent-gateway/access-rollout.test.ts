import { describe, expect, it } from 'vitest';
import type { AccessRules } from '../../../controllers/access/access-rules.ts';
import { configuredAgents } from '../../../controllers/agent-gateway/krakend/krakend-json.ts';
import { JWT } from '../../support/access.ts';
import {
  agent,
  gateway,
  type KubernetesObject,
  observed,
  PROGRESSING,
  type Scene,
  sync,
} from '../../support/gateways.ts';

const RULES: AccessRules = {
  rules: [
    { match: { labels: { tier: 'internal' } }, jwt: JWT },
    { match: { labels: { tier: 'chats' } }, jwt: { ...JWT, audiences: ['chats'] } },
    { match: { labels: { tier: 'several' } }, jwt: { ...JWT, audiences: ['agents', 'chats'] } },
    { match: { labels: { tier: 'shut' } }, deny: true },
  ],
};
const NOW = '2026-06-01T01:00:00Z';
const JUST_NOW = '2026-06-01T00:59:59Z';
const tiered = (id: string, tier: string | undefined, changedAt = JUST_NOW) =>
  agent(id, {
    metadata: {
      ...(tier !== undefined && { labels: { tier } }),
      managedFields: [{ manager: 'kubectl', time: changedAt }],
    },
  });
const before = sync({ related: [tiered('a/one', undefined), agent('b/two')], rules: RULES });
const underWay = (answer = before, writtenAt?: string) =>
  observed(answer.attachments, { conditions: PROGRESSING }).map((child) =>
    child.kind === 'ConfigMap' && writtenAt !== undefined
      ? { ...child, metadata: { ...child.metadata, managedFields: [{ manager: 'metacontroller', time: writtenAt }] } }
      : child,
  );
const next = (scene: Scene) => sync({ rules: RULES, now: NOW, children: underWay(), ...scene });
const stateOf = (krakendJson: string, id = 'a/one') => {
  const own = configuredAgents(krakendJson)?.find((each) => each.id === id);
  return own === undefined ? 'none' : Object.keys(own.guard?.blocks ?? {}).join() || 'open';
};

describe('an agent that callers must not reach as before', () => {
  it.each([
    ['internal', 'auth/validator'],
    ['several', 'none'],
    ['shut', 'none'],
  ])('is closed at once by its new label %s, even while a rollout is under way', (tier, state) => {
    const { krakendJson, resyncAfterSeconds, pod } = next({ related: [tiered('a/one', tier), agent('b/two')] });
    expect(stateOf(krakendJson)).toBe(state);
    expect(stateOf(krakendJson, 'b/two')).toBe('open');
    expect(resyncAfterSeconds).toBeUndefined();
    expect(pod).not.toEqual(before.pod);
  });

  it('is closed at once if its token must be another', () => {
    const internal = sync({ related: [tiered('a/one', 'internal')], rules: RULES });
    const other = next({ related: [tiered('a/one', 'chats')], children: underWay(internal) });
    expect(other.krakendJson).toContain('"audience":["chats"]');
    expect(other.krakendJson).not.toBe(internal.krakendJson);
    expect(other.krakendJson).toBe(sync({ related: [tiered('a/one', 'chats')], rules: RULES }).krakendJson);
  });

  it('is closed at once by a new rule, or a new default', () => {
    const related = [tiered('a/one', undefined), agent('b/two')];
    for (const rules of [
      { ...RULES, default: 'deny' as const },
      { rules: [...(RULES.rules ?? []), { match: { names: ['one'] }, deny: true as const }] },
      { rules: [{ match: { names: ['one'] }, jwt: JWT }] },
    ]) {
      expect(stateOf(next({ related, rules }).krakendJson)).not.toBe('open');
    }
  });

  it('is closed by a new rule even if its own last change is not due yet, and loses its address', () => {
    const [moved, lost] = ['http://moved:8000/', ''].map((url) =>
      agent('a/one', { url, metadata: { managedFields: [{ manager: 'kubectl', time: JUST_NOW }] } }),
    ) as [KubernetesObject, KubernetesObject];
    const rules: AccessRules = { rules: [{ match: { names: ['one'] }, jwt: JWT }] };
    expect(stateOf(next({ related: [moved], rules }).krakendJson)).toBe('auth/validator');
    expect(stateOf(next({ related: [lost, agent('b/two')], rules }).krakendJson)).toBe('none');
    expect(stateOf(next({ related: [lost], rules }).krakendJson)).toBe('none');
  });

  it('waits ten seconds at most if a configuration was written a moment ago', () => {
    const related = [tiered('a/one', 'shut'), agent('b/two')];
    const early = next({ related, children: underWay(before, '2026-06-01T00:59:55Z') });
    expect([stateOf(early.krakendJson), early.resyncAfterSeconds]).toEqual(['open', 2]);
    const late = next({ related, children: underWay(before, '2026-06-01T00:59:50Z') });
    expect(stateOf(late.krakendJson)).toBe('none');
    const future = next({ related, children: underWay(before, '2036-06-01T00:00:00Z') });
    expect(stateOf(future.krakendJson)).toBe('none');
  });

  it.each([
    ['shut', 'shut'],
    ['several', 'several'],
    ['shut', 'several'],
  ])('is closed at once if all agents are (%s, %s): they did not vanish', (one, two) => {
    const { krakendJson, conditions } = next({ related: [tiered('a/one', one), tiered('b/two', two)] });
    expect([stateOf(krakendJson), stateOf(krakendJson, 'b/two')]).toEqual(['none', 'none']);
    expect(conditions['Programmed']?.message).not.toContain('vanished');
  });

  it('is closed at once if all others vanished meanwhile', () => {
    expect(stateOf(next({ related: [tiered('a/one', 'shut')] }).krakendJson)).toBe('none');
  });

  it('is closed at once if the gateway is denied', () => {
    const related = [tiered('a/one', undefined), agent('b/two')];
    const rules: AccessRules = { rules: [{ match: { kinds: ['AgentGateway'] }, deny: true }] };
    expect(configuredAgents(next({ related, rules }).krakendJson)).toEqual([]);
  });

  it('is closed even if the owner of the gateway asks for guardrails, for which it would be kept as it is', () => {
    const scene = {
      parent: gateway({ guardrails: [{ name: 'x' }] }),
      settings: { AGENT_GATEWAY_GUARDRAILS: 'refuse' },
    };
    const kept = next({ ...scene, related: [tiered('a/one', undefined), agent('b/two'), agent('c/new')] });
    expect(kept.krakendJson).toBe(before.krakendJson);
    const closed = next({ ...scene, related: [tiered('a/one', 'shut'), agent('b/two')] });
    expect(stateOf(closed.krakendJson)).toBe('none');
  });
});

it('an agent is closed even if the rules leave no room for agents', () => {
  const settings = { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '40', AGENT_GATEWAY_SETTINGS_LIMIT_KIB: '0' };
  const issuers = Array.from({ length: 63 }, (_, index) => `https://login-${index}.example.com/${'a'.repeat(200)}`);
  const rules: AccessRules = {
    rules: [
      { match: { names: ['one'] }, deny: true },
      ...issuers.map((issuer) => ({ match: { names: ['other'] }, jwt: { ...JWT, issuer } })),
    ],
  };
  const related = [agent('a/one'), agent('b/two')];
  const small = sync({ related, settings });
  expect(stateOf(small.krakendJson)).toBe('open');
  const closed = next({ related, settings, rules, children: underWay(small) });
  expect(configuredAgents(closed.krakendJson)).toEqual([]);
  expect(closed.conditions['ResolvedRefs']?.message).toContain('the configuration is full');
});

describe('a gateway that is kept as it is', () => {
  const policy = (metadata: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'gw', namespace: 'team', ...metadata },
  });
  const levels = (depth: number): object => (depth === 0 ? {} : { inner: levels(depth - 1) });
  const KEPT = [
    ['ClassNotFound', { parent: gateway({ agentGatewayClassName: 'gone' }) }],
    ['SpecTooLarge', { parent: gateway({ odd: levels(200) }) }],
  ] as const;

  it.each(KEPT)('with %s loses agents that a rule closes, and then stays as it is', (reason, scene) => {
    const related = [tiered('a/one', 'shut'), agent('b/two')];
    const kept = next({ ...scene, related });
    expect(kept.conditions['Accepted']?.reason).toBe(reason);
    expect([stateOf(kept.krakendJson), stateOf(kept.krakendJson, 'b/two')]).toEqual(['none', 'open']);
    expect(kept.krakendJson).toBe(sync({ related: [agent('b/two')], rules: RULES }).krakendJson);
    const second = next({ ...scene, related, children: observed(kept.attachments) });
    expect(second.attachments).toEqual(kept.attachments);
    expect(next({ related, children: observed(kept.attachments) }).pod).toEqual(kept.pod);
  });

  it.each(KEPT)('with %s loses agents whose callers need a token now, and does not open others', (_reason, scene) => {
    expect(stateOf(next({ ...scene, related: [tiered('a/one', 'internal')] }).krakendJson)).toBe('none');
    const internal = sync({ related: [tiered('a/one', 'internal')], rules: RULES });
    const opened = next({ ...scene, related: [tiered('a/one', undefined)], children: underWay(internal) });
    expect(stateOf(opened.krakendJson)).toBe('auth/validator');
  });

  it.each(KEPT)('with %s gets the NetworkPolicy of a rule', (_reason, scene) => {
    const rules: AccessRules = { rules: [{ match: { kinds: ['AgentGateway'] }, from: { namespaces: ['frontend'] } }] };
    const first = next({ ...scene, related: [agent('b/two')], rules });
    const own = { metadata: { name: 'gw' }, spec: { podSelector: { matchLabels: { app: 'gw' } } } };
    expect(first.attachments.find(({ kind }) => kind === 'NetworkPolicy')).toMatchObject(own);
    expect(stateOf(first.krakendJson, 'b/two')).toBe('open');
  });

  it('serves nobody if a foreign NetworkPolicy has the name of its own', () => {
    const rules: AccessRules = { rules: [{ match: { kinds: ['AgentGateway'] }, from: { namespaces: ['frontend'] } }] };
    const related = [agent('b/two'), policy({ uid: 'foreign' })];
    const first = next({ related, rules });
    expect(first.conditions['Accepted']?.reason).toBe('NameConflict');
    expect(configuredAgents(first.krakendJson)).toEqual([]);
    const children = observed(first.attachments);
    expect(next({ related, rules, children }).attachments).toEqual(first.attachments);
  });
});

describe('an agent that callers may reach more easily', () => {
  const internal = sync({ related: [tiered('a/one', 'internal'), agent('b/two')], rules: RULES });
  const related = [tiered('a/one', undefined, '2026-05-31T00:00:00Z'), agent('b/two')];

  it('waits for the end of a rollout', () => {
    const { krakendJson, resyncAfterSeconds } = next({ related, children: underWay(internal) });
    expect([stateOf(krakendJson), resyncAfterSeconds]).toEqual(['auth/validator', 10]);
    expect(stateOf(next({ related, children: observed(internal.attachments) }).krakendJson)).toBe('open');
  });

  it('never keeps what a rule demanded that is gone: KrakenD would not start', () => {
    const late = [tiered('a/one', undefined), agent('b/two')];
    const { krakendJson } = next({ related: late, rules: {}, children: underWay(internal) });
    expect(krakendJson).toBe(sync({ related: late }).krakendJson);
  });
});

it('agents that all vanished are still kept for a while, if no rule closes one', () => {
  const internal = sync({ related: [tiered('a/one', 'internal'), agent('b/two')], rules: RULES });
  const { krakendJson, resyncAfterSeconds } = next({ related: [], children: underWay(internal) });
  expect([krakendJson, resyncAfterSeconds]).toEqual([internal.krakendJson, 30]);
  const closed = next({ related: [tiered('a/one', 'shut')], children: underWay(internal) });
  expect(
    next({ related: [tiered('a/one', 'shut')], children: observed(closed.attachments) }).resyncAfterSeconds,
  ).toBeUndefined();
});

it('the answer does not change once its children are observed, with guarded agents', () => {
  const related = [tiered('a/one', 'internal'), tiered('b/two', 'shut'), agent('c/three'), tiered('d/four', 'chats')];
  const first = sync({ related, rules: RULES });
  expect(next({ related, children: observed(first.attachments) }).attachments).toEqual(first.attachments);
});

it.each(['"\'`$ {{{ .x }}}{{ end }}$1 $&', '\u2028\u2029\ufeff😀', '\\u007b\\'])(
  'a guard whose token is of %j is read back as it was written',
  (issuer) => {
    const rules: AccessRules = { rules: [{ jwt: { ...JWT, issuer, audiences: [issuer] } }] };
    const { krakendJson } = sync({ related: [agent('a/one')], rules });
    const [own] = configuredAgents(krakendJson) ?? [];
    expect(own?.guard?.blocks['auth/validator']).toMatchObject({ issuer, audience: [issuer] });
  },
);
