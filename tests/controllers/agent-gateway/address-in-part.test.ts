import { describe, expect, it } from 'vitest';
import { agent, sync } from '../../support/gateways.ts';
import { renderStdin } from '../../support/rendering.ts';

const CARD = '/.well-known/agent-card.json';
const QUERY = 'the query in status.url is not sent to the agent; expected scheme, host, port and path only';
const LOGIN = QUERY.replace('query', 'user name');
const BOTH =
  'the query and the user name in status.url are not sent to the agent; expected scheme, host, port and path only';

const refs = (...urls: readonly string[]) =>
  sync({ related: urls.map((url, index) => agent(`team/a${index}`, { url })) }).conditions['ResolvedRefs'];

describe('an agent whose address has more than scheme, host, port and path', () => {
  it.each([
    ['https://agents.example.com/a2a/.well-known/agent-card.json?tenant=a', QUERY],
    [`https://Agents.Example.com/a2a/v1/x${CARD}?tenant=a`, QUERY],
    ['http://a.b:8000?tenant=a', QUERY],
    [`http://user:password@a.b:8000${CARD}`, LOGIN],
    [`http://user@a.b:8000${CARD}`, LOGIN],
    [`http://user:password@a.b:8000${CARD}?token=1#x`, BOTH],
  ])('is served, and the status says what is not sent: %s', (url, why) => {
    const { krakendJson } = sync({ related: [agent('team/a0', { url })] });
    expect(krakendJson).toContain('/team/a0');
    expect(refs(url)).toMatchObject({
      status: 'False',
      reason: 'AddressInPart',
      message: `1 agent is served without a part of status.url: team/a0 (${why})`,
    });
    expect(JSON.stringify(refs(url))).not.toMatch(/tenant|password|token/);
  });

  it.each([`http://a.b:8000${CARD}`, `http://a.b:8000${CARD}?`, `http://a.b:8000${CARD}#x`, `http://@a.b:8000${CARD}`])(
    'is not told if nothing is missing: %s',
    (url) => {
      expect(refs(url)).toMatchObject({ status: 'True' });
    },
  );

  it('is told beside those that are left out', () => {
    const condition = refs('ftp://a.b?x=1', 'http://a.b:8000?x=1', 'http://c.d:8000?x=1');
    expect(condition).toMatchObject({ reason: 'AgentsLeftOut' });
    expect(condition?.message).toMatch(
      /^1 agent is left out: team\/a0 \(.*\); 2 agents are served without a part of status.url: team\/a1 \(.*\), team\/a2 \(.*\)$/,
    );
  });

  it('is a problem that render prints', () => {
    const gateway = [
      'apiVersion: runtime.agentic-layer.ai/v1alpha1',
      'kind: AgentGatewayClass',
      'metadata: {name: krakend, annotations: {agentgatewayclass.kubernetes.io/is-default-class: "true"}}',
      'spec: {controller: runtime.agentic-layer.ai/agent-gateway-krakend-controller}',
      '---',
      'apiVersion: runtime.agentic-layer.ai/v1alpha1',
      'kind: AgentGateway',
      'metadata: {name: gw, namespace: agents}',
      'spec: {replicas: 1, timeout: 5s}',
    ].join('\n');
    const remote = agent('agents/query', { url: `https://agents.example.com/a2a${CARD}?tenant=a` });
    expect(renderStdin([gateway, remote]).stderr).toContain(`Agent agents/query: GatewayProblem: ${QUERY}`);
  });
});
