import { describe, expect, it } from 'vitest';
import { asking } from '../../support/gateway-routes.ts';
import { agent, gateway, type KubernetesObject, observed, sync } from '../../support/gateways.ts';

const ACCEPTED = 'The resource is accepted';
const BUFFERED = 'go through KrakenD, which delivers a stream only at its end';
const ON = { AGENT_ROUTES_ENABLED: 'true' };
const AGENTS = [agent('a/one'), agent('b/two')];
const OUTSIDE = agent('b/outside', { url: 'https://agents.example.com/x' });

function accepted(
  parent: KubernetesObject,
  related: readonly KubernetesObject[],
  settings: Record<string, string> = {},
) {
  const { status, reason, message } = sync({ parent, related, settings }).conditions['Accepted'] ?? {};
  expect({ status, reason }).toEqual({ status: 'True', reason: 'Accepted' });
  return message;
}

describe('the condition Accepted', () => {
  it('says that calls do not stream while agents have no routes of their own', () => {
    const todo = 'set AGENT_ROUTES_ENABLED for routes that stream';
    expect(accepted(gateway(), AGENTS)).toBe(`${ACCEPTED}; calls to 2 agents ${BUFFERED}; ${todo}`);
    expect(accepted(gateway(), AGENTS.slice(1))).toBe(`${ACCEPTED}; calls to 1 agent ${BUFFERED}; ${todo}`);
  });

  it.each<[string, readonly KubernetesObject[], Record<string, string>]>([
    ['no agent is served', [], {}],
    ['only an agent that cannot be served is exposed', [agent('a/bad', { url: 'ftp://x' })], {}],
    ['all agents have routes', AGENTS, ON],
  ])('says nothing if %s', (_why, related, settings) => {
    expect(accepted(gateway(), related, settings)).toBe(ACCEPTED);
    expect(accepted(asking('*'), related, settings)).toBe(ACCEPTED);
  });

  it('names the agents to which no route can lead', () => {
    expect(accepted(gateway(), [...AGENTS, OUTSIDE], ON)).toMatch(
      /^The resource is accepted; calls to 1 agent go through .*: b\/outside \(status\.url: its scheme is https; .*\)$/,
    );
    const many = Array.from({ length: 1000 }, (_, index) => agent(`n/a${index}`, { url: 'http://x.example.com/' }));
    const message = accepted(gateway(), many, ON) ?? '';
    expect(message).toContain('calls to 1000 agents');
    expect(message).toMatch(/ and more$/);
  });

  it('says at which host names the routes of agents get no calls', () => {
    const same = 'AGENT_ROUTES_HOSTNAMES must have the same host names';
    const note = (hostnames: string, ofAgents: string) =>
      accepted(asking(hostnames), AGENTS, { ...ON, AGENT_ROUTES_HOSTNAMES: ofAgents });
    expect(note('a.example.com,b.example.com', 'a.example.com')).toBe(
      `${ACCEPTED}; calls to 2 agents at b.example.com ${BUFFERED}; ${same}`,
    );
    expect(note('a.example.com', '')).toBe(`${ACCEPTED}; calls to 2 agents at a.example.com ${BUFFERED}; ${same}`);
    expect(note('a.example.com', '*.example.com')).toContain('at a.example.com');
    expect(note('*', 'a.example.com')).toContain('at host names that AGENT_ROUTES_HOSTNAMES does not have');
    expect(note('a.example.com', 'a.example.com,b.example.com')).toBe(ACCEPTED);
    expect(note('*', '')).toBe(ACCEPTED);
  });

  it('counts the agents as they are answered, so a rollout does not change it', () => {
    const children = observed(sync({ related: AGENTS }).attachments);
    const before = sync({ related: AGENTS, children });
    const parent = { ...gateway(), status: before.status };
    const rolling = observed(before.attachments, { updatedReplicas: 0, conditions: [] });
    expect(sync({ parent, related: AGENTS, children: rolling }).conditions['Accepted']).toEqual(
      before.conditions['Accepted'],
    );
  });

  it('has the note after what is wrong', () => {
    const { conditions } = sync({ parent: gateway({ timeout: 'x' }), related: AGENTS });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'InvalidTimeout' });
    expect(conditions['Accepted']?.message).toMatch(/^spec\.timeout: .*; calls to 2 agents go through KrakenD/);
  });
});
