import { describe, expect, it } from 'vitest';
import type { AccessRule } from '../../../controllers/access/access-rules.ts';
import { JWT } from '../../support/access.ts';
import { AGENTS, answer, FROM, forGateway, forOne, OTHER_JWT } from '../../support/gateway-access.ts';
import { agent, gateway, sync } from '../../support/gateways.ts';

describe('what is told', () => {
  const several: AccessRule[] = [
    forOne({ jwt: { ...JWT, audiences: ['a', 'b'] } }),
    { match: { names: ['two'] }, deny: true },
    { match: { names: ['three'] }, jwt: JWT, from: FROM },
  ];
  const told = sync({
    related: [...AGENTS, agent('c/three'), agent('d/open'), agent('d/bad', { url: 'ftp://x' })],
    rules: { rules: several },
  });

  it('is who is denied, and how many agents are no models, in the condition Accepted', () => {
    const { status, message } = told.conditions['Accepted'] ?? {};
    expect(status).toBe('True');
    expect(message).toContain('; 1 agent is denied by access rules: b/two (rules[1] of the access rules); ');
    expect(message).toContain('; 1 agent is not in /models nor in /chat/completions, because a rule demands a token; ');
    const none = sync({ related: AGENTS, rules: { rules: [], default: 'deny' } });
    expect(none.conditions['Accepted']?.message).toContain(
      '2 agents are denied by access rules: a/one (default of the access rules denies the AgentGateway), b/two (',
    );
  });

  it('is who is withheld, and why, in the condition ResolvedRefs and as a problem', () => {
    const why = 'rules[0] of the access rules: jwt.audiences: KrakenD would demand all 2 audiences of one token';
    expect(told.conditions['ResolvedRefs']).toMatchObject({ status: 'False', reason: 'AccessWithheld' });
    expect(told.conditions['ResolvedRefs']?.message).toContain(`a/one (${why}`);
    expect(told.reply.problems).toContainEqual({
      reason: 'AccessWithheld',
      about: 'Agent a/one',
      message: expect.stringContaining(why),
    });
  });

  it('names the rules of both if they cannot be joined', () => {
    const { reply } = answer(forGateway({ jwt: JWT }), forOne({ jwt: OTHER_JWT }));
    expect(reply.problems).toEqual([
      {
        reason: 'AccessWithheld',
        about: 'Agent a/one',
        message: expect.stringMatching(
          /^rules\[0\] and rules\[1\] of the access rules: jwt: the rules .* have different ones/,
        ),
      },
    ]);
  });

  it('is the from that is not enforced, and no problem for a denied agent', () => {
    expect(told.reply.problems.map(({ reason, about }) => `${reason} ${about}`)).toEqual([
      'AgentLeftOut Agent d/bad',
      'AccessWithheld Agent a/one',
      'FromNotEnforced Agent c/three',
    ]);
  });

  it('is how many agents have which access', () => {
    expect(told.reply).toMatchObject({ access: { open: 1, guarded: 1, denied: 1, withheld: 1 } });
    expect(sync({ parent: gateway(), related: [] }).reply).toMatchObject({ access: {} });
  });
});
