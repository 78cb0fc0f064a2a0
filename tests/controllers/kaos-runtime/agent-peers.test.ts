import { describe, expect, it } from 'vitest';
import { agent, modelApi, ready, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());

describe('the peers of an Agent', () => {
  const access = { agentNetwork: { access: ['helper', 'gone', 'hidden', 'leaving'] } };
  const hidden = ready(agent({ agentNetwork: { expose: false } }), 'hidden');
  const leaving = ready(agent({}, { deletionTimestamp: '2026-06-01T00:00:00Z' }), 'leaving');

  it('D10: are reported if they cannot be called, and are called as soon as they exist', () => {
    const before = sync({ parent: agent(access), related: [LLM, hidden, leaving] });
    expect(before.names).not.toContain('PEER_AGENTS');
    expect(before.conditions['ResolvedRefs']).toMatchObject({
      status: 'False',
      reason: 'RefNotFound',
      message:
        'peer Agent helper not found; peer Agent gone not found; peer Agent hidden is not exposed; peer Agent leaving is being deleted',
    });
    expect(before.reply.problems).toHaveLength(4);
    // Neither ready nor reconciled yet: its address follows from its name.
    const helper = ready(agent(), 'helper', false);
    const after = sync({ parent: agent(access), related: [LLM, helper, hidden, leaving] });
    expect(after.env).toMatchObject({
      PEER_AGENTS: 'helper',
      PEER_AGENT_HELPER_CARD_URL: 'http://agent-helper.team.svc.cluster.local:8000',
    });
  });

  it('may include the Agent itself', () => {
    const { env } = sync({ parent: agent({ agentNetwork: { access: ['lead'] } }), related: [LLM, agent()] });
    expect(env['PEER_AGENTS']).toBe('lead');
  });
});
