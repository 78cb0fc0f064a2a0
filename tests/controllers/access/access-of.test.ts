import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessTarget, accessOf, demandText } from '../../../controllers/access/access-of.ts';
import type { AccessRule, AccessRules } from '../../../controllers/access/access-rules.ts';
import { accessRules, accessTargets, JWT } from '../../support/access.ts';
import { assertReaching } from '../../support/reaching.ts';

const AGENT: AccessTarget = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'desk', namespace: 'team-a', labels: { tier: 'internal' } },
};
const RUNTIME_AGENT = { ...AGENT, apiVersion: 'runtime.agentic-layer.ai/v1alpha1' };

describe('the access to a resource', () => {
  it('is open without rules', () => {
    expect(accessOf(AGENT, {})).toEqual({ outcome: 'open', rule: 'default' });
  });

  it('is denied by the default', () => {
    expect(accessOf(AGENT, { default: 'deny' })).toEqual({ outcome: 'denied', rule: 'default' });
  });

  it('is what the first rule that fits says', () => {
    const rules: AccessRule[] = [{ match: { names: ['other'] }, deny: true }, { jwt: JWT }, { allow: true }];
    expect(accessOf(AGENT, { rules, default: 'deny' })).toEqual({
      outcome: 'guarded',
      rule: 'rules[1]',
      demand: { jwt: JWT },
    });
  });

  const fitting: readonly [string, AccessRule['match']][] = [
    ['nothing', undefined],
    ['an empty match', {}],
    ['its kind', { kinds: ['ModelAPI', 'Agent'] }],
    ['its kind with its group', { kinds: ['Agent.kaos.tools'] }],
    ['its namespace', { namespaces: ['b', 'team-a'] }],
    ['a pattern of its namespace', { namespaces: ['team-*'] }],
    ['its name', { names: ['d*k'] }],
    ['its labels', { labels: { tier: 'internal' } }],
    ['all at once', { kinds: ['Agent'], namespaces: ['*'], names: ['*'], labels: { tier: 'internal' } }],
  ];
  it.each(fitting)('follows a rule that matches %s', (_case, match) => {
    expect(accessOf(AGENT, ruleFor(match)).outcome).toBe('denied');
  });

  const other: readonly [string, AccessRule['match']][] = [
    ['another kind', { kinds: ['ModelAPI'] }],
    ['its kind of another group', { kinds: ['Agent.runtime.agentic-layer.ai'] }],
    ['another namespace', { namespaces: ['team', 'team-a-b', '*-b'] }],
    ['another name', { names: ['desks'] }],
    ['another value of a label', { labels: { tier: 'public' } }],
    ['a label that it lacks', { labels: { tier: 'internal', extra: '' } }],
    ['a label that every JavaScript object has', { labels: { constructor: '' } }],
    ['all but one', { kinds: ['Agent'], namespaces: ['*'], names: ['x'] }],
  ];
  it.each(other)('does not follow a rule that matches %s', (_case, match) => {
    expect(accessOf(AGENT, ruleFor(match)).outcome).toBe('open');
  });

  it('tells the two kinds of Agent apart', () => {
    expect(accessOf(RUNTIME_AGENT, ruleFor({ kinds: ['Agent'] })).outcome).toBe('denied');
    expect(accessOf(RUNTIME_AGENT, ruleFor({ kinds: ['Agent.kaos.tools'] })).outcome).toBe('open');
  });
});

function ruleFor(match: AccessRule['match']): AccessRules {
  return { rules: [{ ...(match && { match }), deny: true }] };
}

describe('a list of access rules', () => {
  it('opens nothing that was closed when a rule is added at its end', () => {
    assertReaching({ numRuns: 1000, floor: 100 }, (tell) =>
      fc.property(accessTargets, accessRules, accessRules, (target, list, { rules: added = [] }) => {
        const before = accessOf(target, { ...list, default: 'deny' });
        const after = accessOf(target, {
          ...list,
          rules: [...(list.rules ?? []), ...added.slice(0, 1)],
          default: 'deny',
        });
        tell(before.outcome !== 'open' && before.rule !== 'default');
        if (before.rule !== 'default') {
          expect(after).toEqual(before);
        }
      }),
    );
  });

  it('opens a resource by a rule that comes first only if that rule is for it', () => {
    assertReaching({ numRuns: 1000, floor: 8 }, (tell) =>
      fc.property(accessTargets, accessRules, accessRules, (target, list, { rules: added = [] }) => {
        const before = accessOf(target, { ...list, default: 'deny' });
        const after = accessOf(target, { rules: [...added.slice(0, 1), ...(list.rules ?? [])], default: 'deny' });
        const isOpened = before.outcome !== 'open' && after.outcome === 'open';
        tell(isOpened);
        if (isOpened) {
          expect(after.rule).toBe('rules[0]');
        }
      }),
    );
  });
});

describe('an access in short', () => {
  it.each([
    ['open', { allow: true }],
    ['denied', { deny: true }],
    ['jwt', { jwt: JWT }],
    ['jwt+60/min', { jwt: JWT, limit: { requests: 60, per: 'minute', by: 'all' } }],
    ['5/s+from', { limit: { requests: 5, per: 'second', by: 'address' }, from: { namespaces: ['web'] } }],
  ] satisfies [string, AccessRule][])('is %s', (text, rule) => {
    const access = accessOf(AGENT, { rules: [rule] });
    expect(access.outcome === 'guarded' ? demandText(access.demand) : access.outcome).toBe(text);
  });
});
