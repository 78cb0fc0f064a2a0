import { describe, expect, it } from 'vitest';
import type { AccessRules } from '../../../controllers/access/access-rules.ts';
import { JWT } from '../../support/access.ts';
import {
  accessSettings,
  isOpen,
  kindsOf,
  later,
  newCluster,
  type RouteCluster,
  reported,
  synced,
} from '../../support/route-cluster.ts';

const OPEN = accessSettings({});
const GUARDED = accessSettings({ rules: [{ jwt: JWT }] });
const OTHER_ISSUER = accessSettings({ rules: [{ jwt: { ...JWT, issuer: 'https://other.example.com/' } }] });
const LIMITED_RULES: AccessRules = { rules: [{ jwt: JWT, limit: { requests: 5, per: 'minute', by: 'all' } }] };
const LIMITED = accessSettings(LIMITED_RULES);
const CORS = { origins: ['https://chat.example.com'] };

const problemsOf = ({ reply }: ReturnType<typeof synced>) => reply.problems.map(({ message }) => message).join('; ');

/** A route that was opened under its policies. */
function opened(settings = GUARDED): RouteCluster {
  const first = synced(newCluster(), settings).cluster;
  const { cluster } = synced(later(reported(first), 12), settings);
  expect(isOpen(cluster)).toBe(true);
  return cluster;
}

describe('a route whose resource has a demand', () => {
  it('is closed until its policy is accepted, and twelve seconds more', () => {
    const first = synced(newCluster(), GUARDED);
    expect(isOpen(first.cluster)).toBe(false);
    expect(problemsOf(first)).toBe(
      'the route is closed, because the gateway has not accepted SecurityPolicy agent-desk.access yet',
    );
    const accepted = reported(first.cluster);
    const second = synced(later(accepted, 5), GUARDED);
    expect(isOpen(second.cluster)).toBe(false);
    expect(second.reply).toMatchObject({ resyncAfterSeconds: 7 });
    const third = synced(later(accepted, 12), GUARDED);
    expect(isOpen(third.cluster)).toBe(true);
    expect(third.reply.problems).toEqual([]);
    expect(third.reply).not.toHaveProperty('resyncAfterSeconds');
  });

  it('says on itself why it is closed, and what is checked once it is open', () => {
    const first = synced(newCluster(), GUARDED).cluster;
    expect(first.children[0]?.metadata.annotations).toEqual({
      'agent-gateway-hooks/problem':
        'the route is closed, because the gateway has not accepted SecurityPolicy agent-desk.access yet',
    });
    expect(opened().children[0]?.metadata.annotations).toEqual({ 'agent-gateway-hooks/guards': 'jwt' });
  });

  it.each([
    ['is refused', { status: 'False', reason: 'Invalid', message: 'bad keys' }, 'Invalid: bad keys'],
    [
      'is for the route of another policy',
      { status: 'False', reason: 'Conflicted', message: 'another policy has attached' },
      'Conflicted: another policy has attached',
    ],
    ['is overridden', { type: 'Overridden', reason: 'Overridden', message: 'by a rule' }, 'Overridden: by a rule'],
  ])('is closed if its policy %s, also if it was open', (_case, condition, why) => {
    const message = `the route is closed, because the gateway does not take SecurityPolicy agent-desk.access: ${why}`;
    for (const before of [synced(newCluster(), GUARDED).cluster, opened()]) {
      const answer = synced(later(reported(before, condition), 60), GUARDED);
      expect(isOpen(answer.cluster)).toBe(false);
      expect(problemsOf(answer)).toBe(message);
    }
  });

  it('waits for the report about the latest form of its policy', () => {
    const first = synced(newCluster(), GUARDED).cluster;
    expect(isOpen(synced(later(reported(first, { observedGeneration: 0 }), 60), GUARDED).cluster)).toBe(false);
    expect(isOpen(synced(later(reported(first), 60), OTHER_ISSUER).cluster)).toBe(false);
    const older = synced(later(reported(first), 3), OTHER_ISSUER).cluster;
    expect(isOpen(synced(later(older, 60), OTHER_ISSUER).cluster)).toBe(false);
  });

  it('stays open while its policy changes', () => {
    const changed = synced(opened(), OTHER_ISSUER);
    expect(isOpen(changed.cluster)).toBe(true);
    expect(isOpen(synced(changed.cluster, OTHER_ISSUER).cluster)).toBe(true);
    expect(isOpen(synced(reported(changed.cluster), OTHER_ISSUER).cluster)).toBe(true);
  });

  it('closes when its policy is gone', () => {
    const { children, ...cluster } = opened();
    const without = { ...cluster, children: children.filter(({ kind }) => kind === 'HTTPRoute') };
    expect(isOpen(synced(without, GUARDED).cluster)).toBe(false);
  });

  it('closes when the demand is new, and waits for each part of it', () => {
    const open = synced(newCluster(), OPEN).cluster;
    expect(isOpen(open)).toBe(true);
    const guarded = synced(open, GUARDED).cluster;
    expect(isOpen(guarded)).toBe(false);
    const limited = synced(opened(), LIMITED).cluster;
    expect(isOpen(limited)).toBe(false);
    expect(isOpen(synced(later(reported(limited), 60), LIMITED).cluster)).toBe(true);
    expect(isOpen(synced(later(reported(limited, {}, 'SecurityPolicy'), 60), LIMITED).cluster)).toBe(false);
  });

  it('waits anew if its policy was for pages of other origins alone', () => {
    const pages = later(reported(synced(newCluster(), accessSettings({ cors: CORS })).cluster), 600);
    const both = accessSettings({ rules: [{ jwt: JWT }], cors: CORS });
    const first = synced(pages, both).cluster;
    expect(isOpen(first)).toBe(false);
    expect(kindsOf(first)).toEqual(['HTTPRoute agent-desk', 'SecurityPolicy agent-desk.access']);
    expect(isOpen(synced(later(reported(first), 5), both).cluster)).toBe(false);
    expect(isOpen(synced(later(reported(first), 12), both).cluster)).toBe(true);
  });

  it('is open at once if the demand ends, or if the settings do not wait', () => {
    const free = synced(opened(), OPEN).cluster;
    expect(isOpen(free)).toBe(true);
    expect(kindsOf(free)).toEqual(['HTTPRoute agent-desk']);
    const hasty = { ...GUARDED, access: { ...GUARDED.access, awaitPolicies: false } };
    const early = synced(newCluster(), hasty).cluster;
    expect(isOpen(early)).toBe(true);
    expect(isOpen(synced(early, GUARDED).cluster)).toBe(false);
    expect(isOpen(synced(later(reported(early), 12), GUARDED).cluster)).toBe(true);
  });

  it('goes before its policies when the resource is denied', () => {
    const denied = accessSettings({ default: 'deny' });
    const first = synced(opened(LIMITED), denied);
    expect(kindsOf(first.cluster)).toEqual([
      'BackendTrafficPolicy agent-desk.limit',
      'SecurityPolicy agent-desk.access',
    ]);
    const second = synced(first.cluster, denied);
    expect(second.reply).toEqual({
      outcome: 'release',
      reason: 'AccessDenied',
      status: null,
      problems: [],
      access: { denied: 1 },
    });
  });

  it('does not count as older than it is if the clock of the API server is ahead', () => {
    const first = later(synced(newCluster(), GUARDED).cluster, 100);
    const accepted = reported(first);
    expect(synced({ ...accepted, seconds: 0 }, GUARDED).reply).toMatchObject({ resyncAfterSeconds: 12 });
  });
});

describe('a route behind agentgateway', () => {
  it('waits anew if its policy asked for something else, of which it was accepted long ago', () => {
    const limited = accessSettings({ rules: [{ limit: { requests: 5, per: 'minute', by: 'all' } }] }, 'agentgateway');
    const first = reported(synced(newCluster(), limited).cluster, { reason: 'Valid' });
    const open = synced(later(first, 600), limited).cluster;
    expect(isOpen(open)).toBe(true);
    const changed = reported(synced(open, guarded).cluster, { reason: 'Valid' });
    expect(isOpen(changed)).toBe(false);
    expect(isOpen(synced(later(changed, 5), guarded).cluster)).toBe(false);
    expect(isOpen(synced(later(changed, 12), guarded).cluster)).toBe(true);
  });

  const guarded = accessSettings({ rules: [{ jwt: JWT }] }, 'agentgateway');

  it.each([
    ['Valid', true],
    ['PartiallyValid', false],
  ])('with a policy that is accepted as %s: open is %s', (reason, open) => {
    const first = synced(newCluster(), guarded).cluster;
    expect(kindsOf(first)).toEqual([
      'AgentgatewayBackend agent-desk.jwks',
      'AgentgatewayPolicy agent-desk.access',
      'HTTPRoute agent-desk',
    ]);
    expect(isOpen(synced(later(reported(first, { reason }), 12), guarded).cluster)).toBe(open);
  });
});
