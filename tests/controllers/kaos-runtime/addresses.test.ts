import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, mcpServer, modelApi, ready, sync } from '../../support/kaos.ts';

const RELATED = [ready(modelApi()), ready(mcpServer()), ready(agent(), 'helper')];
const LEAD = agent({ mcpServers: ['calc'], agentNetwork: { access: ['helper'] } });
const INSIDE = { ...GATEWAY_ON, GATEWAY_API_INTERNAL_ROUTING: 'true' };

const OWN = {
  model: 'http://modelapi-llm.team.svc.cluster.local:8000',
  tools: 'http://mcpserver-calc.team.svc.cluster.local:8000',
  peer: 'http://agent-helper.team.svc.cluster.local:8000',
};

function at(base: string) {
  return {
    model: `${base}/team/modelapi/llm`,
    tools: `${base}/team/mcp/calc`,
    peer: `${base}/team/agent/helper`,
  };
}

function gateway(listeners: readonly object[], addresses: readonly string[] = ['10.0.0.7']): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
    spec: { listeners },
    status: { addresses: addresses.map((value) => ({ value })) },
  };
}

const HTTP = { name: 'http', port: 80, protocol: 'HTTP' };

function addresses(settings: Record<string, string>, related: readonly KubernetesObject[] = []) {
  const { env, status } = sync({ parent: LEAD, related: [...RELATED, ...related], settings });
  const called = {
    model: env['MODEL_API_URL'],
    tools: env['MCP_SERVER_calc_URL'],
    peer: env['PEER_AGENT_HELPER_CARD_URL'],
  };
  return { called, shown: status.gatewayAddress };
}

describe('the addresses that an Agent calls', () => {
  it('are those of the Services, unless calls inside the cluster go through the Gateway', () => {
    expect(addresses({})).toEqual({ called: OWN, shown: undefined });
    const on = { ...GATEWAY_ON, GATEWAY_ADDRESS: 'http://gw:8080' };
    expect(addresses(on)).toEqual({ called: OWN, shown: 'http://gw:8080/team/agent/lead' });
    expect(addresses({ ...on, ...INSIDE }).called).toEqual(at('http://gw:8080'));
    expect(addresses({ ...INSIDE, GATEWAY_API_ENABLED: 'false', GATEWAY_ADDRESS: 'http://gw' })).toEqual({
      called: OWN,
      shown: undefined,
    });
  });

  it('D36: are those of the Services in the domain of the cluster', () => {
    expect(addresses({ CLUSTER_DOMAIN: 'example.internal' }).called.model).toBe(
      'http://modelapi-llm.team.svc.example.internal:8000',
    );
  });

  it.each<[string, object[], string[], string | undefined]>([
    ['its address', [HTTP], ['10.0.0.7', '10.0.0.8'], 'http://10.0.0.7'],
    ['an address of IPv6', [HTTP], ['fd00::7'], 'http://[fd00::7]'],
    ['another port', [{ ...HTTP, port: 8080 }], ['gw.example.com'], 'http://gw.example.com:8080'],
    ['HTTPS', [{ ...HTTP, protocol: 'HTTPS', port: 443 }], ['10.0.0.7'], 'https://10.0.0.7'],
    [
      'the first listener that takes HTTP',
      [{ name: 't', port: 1, protocol: 'TCP' }, HTTP],
      ['10.0.0.7'],
      'http://10.0.0.7',
    ],
    ['no address yet', [HTTP], [], undefined],
    ['no listener that takes HTTP', [{ name: 't', port: 1, protocol: 'TLS' }], ['10.0.0.7'], undefined],
  ])('follow the Gateway: %s', (_case, listeners, values, base) => {
    const { called, shown } = addresses(INSIDE, [gateway(listeners, values)]);
    expect(called).toEqual(base === undefined ? OWN : at(base));
    expect(shown).toBe(base && `${base}/team/agent/lead`);
  });

  it('follow the listener that routes attach to', () => {
    const listeners = [HTTP, { name: 'inside', port: 8081, protocol: 'HTTP' }];
    const settings = { ...INSIDE, GATEWAY_SECTION_NAME: 'inside' };
    expect(addresses(settings, [gateway(listeners)]).called).toEqual(at('http://10.0.0.7:8081'));
  });

  it('are never the bare address of a Gateway that answers to host names alone', () => {
    const hostnames = { ...INSIDE, GATEWAY_HOSTNAMES: '*.example.com,agents.example.com' };
    expect(addresses(hostnames, [gateway([HTTP])])).toEqual({
      called: OWN,
      shown: 'http://agents.example.com/team/agent/lead',
    });
    const byListener = gateway([{ ...HTTP, hostname: '*.example.com' }]);
    expect(addresses(INSIDE, [byListener])).toEqual({ called: OWN, shown: undefined });
    const told = { ...hostnames, GATEWAY_ADDRESS: 'http://agents.example.com' };
    expect(addresses(told, [gateway([HTTP])]).called).toEqual(at('http://agents.example.com'));
  });

  it('are those of the Services while there is no Gateway', () => {
    expect(addresses(INSIDE)).toEqual({ called: OWN, shown: undefined });
  });
});
