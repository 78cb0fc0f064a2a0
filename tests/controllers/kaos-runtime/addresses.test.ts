import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, mcpServer, modelApi, observed, publishedGateway, ready, sync } from '../../support/kaos.ts';

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

type Address = string | { readonly type?: string; readonly value: string };

function gateway(listeners: readonly object[], addresses: readonly Address[] = ['10.0.0.7']): KubernetesObject {
  return publishedGateway({
    metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
    spec: { listeners },
    status: { addresses: addresses.map((value) => (typeof value === 'string' ? { value } : value)) },
  });
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
  it('KAOS 0.8, row 13: are those of the Services, unless calls inside the cluster go through the Gateway', () => {
    expect(addresses({})).toEqual({ called: OWN, shown: undefined });
    const on = { ...GATEWAY_ON, GATEWAY_ADDRESS: 'http://gw:8080' };
    expect(addresses(on)).toEqual({ called: OWN, shown: 'http://gw:8080/team/agent/lead' });
    expect(addresses({ ...on, ...INSIDE }).called).toEqual(at('http://gw:8080'));
    expect(addresses({ ...INSIDE, GATEWAY_API_ENABLED: 'false', GATEWAY_ADDRESS: 'http://gw' })).toEqual({
      called: OWN,
      shown: undefined,
    });
  });

  it('D36: are those of the Services in the cluster domain', () => {
    expect(addresses({ CLUSTER_DOMAIN: 'example.internal' }).called.model).toBe(
      'http://modelapi-llm.team.svc.example.internal:8000',
    );
  });

  it.each<[string, object[], Address[], string | undefined]>([
    ['several addresses', [HTTP], ['10.0.0.7', '10.0.0.8'], 'http://10.0.0.7'],
    ['the same addresses in another order', [HTTP], ['10.0.0.8', '10.0.0.7'], 'http://10.0.0.7'],
    ['only addresses that cannot be called', [HTTP], [{ type: 'example.com/named', value: '1-pool' }, ''], undefined],
    [
      'a host name',
      [HTTP],
      [
        { type: 'Hostname', value: '*.example.com' },
        { type: 'Hostname', value: 'gw.example.com' },
      ],
      'http://gw.example.com',
    ],
    ['an IPv6 address', [HTTP], ['fd00::7'], 'http://[fd00::7]'],
    ['another port', [{ ...HTTP, port: 8080 }], ['gw.example.com'], 'http://gw.example.com:8080'],
    ['an HTTPS listener', [{ ...HTTP, protocol: 'HTTPS', port: 443 }], ['10.0.0.7'], 'https://10.0.0.7'],
    [
      'an HTTP listener after a TCP listener',
      [{ name: 't', port: 1, protocol: 'TCP' }, HTTP],
      ['10.0.0.7'],
      'http://10.0.0.7',
    ],
    ['no address yet', [HTTP], [], undefined],
    ['no HTTP listener', [{ name: 't', port: 1, protocol: 'TLS' }], ['10.0.0.7'], undefined],
  ])('follow a Gateway with %s', (_case, listeners, values, base) => {
    const { called, shown } = addresses(INSIDE, [gateway(listeners, values)]);
    expect(called).toEqual(base === undefined ? OWN : at(base));
    expect(shown).toBe(base && `${base}/team/agent/lead`);
  });

  it('use HTTP if the Gateway has both HTTP and HTTPS, because certificates are for host names', () => {
    const https = { name: 'https', port: 443, protocol: 'HTTPS' };
    expect(addresses(INSIDE, [gateway([https, { ...HTTP, port: 8080 }])])).toEqual({
      called: at('http://10.0.0.7:8080'),
      shown: 'https://10.0.0.7/team/agent/lead',
    });
    const ofAName = { ...HTTP, name: 'other', hostname: 'other.example.com' };
    expect(addresses(INSIDE, [gateway([ofAName, https])]).called).toEqual(at('https://10.0.0.7'));
  });

  it('follow the listener that routes attach to', () => {
    const listeners = [HTTP, { name: 'inside', port: 8081, protocol: 'HTTP' }];
    const settings = { ...INSIDE, GATEWAY_SECTION_NAME: 'inside' };
    expect(addresses(settings, [gateway(listeners)]).called).toEqual(at('http://10.0.0.7:8081'));
  });

  it('are never the IP address of a Gateway that serves only host names', () => {
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

describe('a running Agent', () => {
  const scene = (...gateways: KubernetesObject[]) => ({
    parent: LEAD,
    related: [...RELATED, ...gateways],
    settings: INSIDE,
  });
  const atGateway = sync(scene(gateway([{ ...HTTP, port: 8080 }])));
  const children = observed(atGateway.children);

  it('does not roll out again while its Gateway has no address', () => {
    for (const values of [[], [''], [{ type: 'example.com/named', value: 'x' }]]) {
      const later = sync({ ...scene(gateway([HTTP], values)), children });
      expect(later.deployment.spec.template).toEqual(atGateway.deployment.spec.template);
      expect(later.status).not.toHaveProperty('gatewayAddress');
    }
    const metadata = { name: 'kaos-gateway', namespace: 'kaos-system' };
    const young = publishedGateway({ metadata, spec: { listeners: [HTTP] } });
    const { deployment } = sync({ ...scene(young), children });
    expect(deployment.spec.template).toEqual(atGateway.deployment.spec.template);
  });

  it.each([
    ['is not published', []],
    ['is published by someone else', [{ ...gateway([HTTP]), data: { 'gateway.json': '{"spec":1}' } }]],
    ['is published as something that is not JSON', [{ ...gateway([HTTP]), data: { 'gateway.json': '{' } }]],
    ['is published without data', [{ ...gateway([HTTP]), data: {} }]],
  ])('does not roll out again while its Gateway %s', (_how, gateways) => {
    const later = sync({ ...scene(...gateways), children });
    expect(later.deployment.spec.template).toEqual(atGateway.deployment.spec.template);
    expect(later.status).not.toHaveProperty('gatewayAddress');
    expect(later.reply.problems.map(({ reason }) => reason)).toEqual(gateways.map(() => 'InvalidObject'));
  });

  it('gets a new peer at its present Gateway address', () => {
    const parent = agent({ mcpServers: ['calc'], agentNetwork: { access: ['helper', 'more'] } });
    const related = [...RELATED, ready(agent(), 'more'), gateway([HTTP], [])];
    const { env } = sync({ ...scene(), parent, related, children });
    expect(env['PEER_AGENT_MORE_CARD_URL']).toBe('http://10.0.0.7:8080/team/agent/more');
  });

  it.each<[string, KubernetesObject[]]>([
    ['serves only host names', [gateway([{ ...HTTP, hostname: 'gw.example.com' }], [])]],
    ['has no HTTP listener', [gateway([{ name: 't', port: 1, protocol: 'TCP' }], [])]],
  ])('calls the Services if its Gateway %s', (_how, gateways) => {
    expect(sync({ ...scene(...gateways), children }).env['MODEL_API_URL']).toBe(OWN.model);
  });

  it('keeps calling the Services while its Gateway has no address', () => {
    const byServices = observed(sync(scene()).children);
    expect(sync({ ...scene(gateway([HTTP], [])), children: byServices }).env['MODEL_API_URL']).toBe(OWN.model);
  });

  it.each(['http://mine/v1/models', 'http://mine/v1/team/modelapi/llm', 'mine/team/modelapi/llm'])(
    'does not take %s, which its user has set, for a Gateway address',
    (value) => {
      const env = [{ name: 'MODEL_API_URL', value }];
      const parent = agent({ podSpec: { containers: [{ name: 'agent', env }] }, mcpServers: ['calc'] });
      const own = observed(sync({ ...scene(), parent }).children);
      expect(sync({ ...scene(gateway([HTTP], [])), parent, children: own }).env).toMatchObject({
        MODEL_API_URL: value,
        MCP_SERVER_calc_URL: OWN.tools,
      });
    },
  );

  it('reads its present address from its own container, even if another one is first', () => {
    const env = [{ name: 'MODEL_API_URL', value: 'http://mine/team/modelapi/llm' }];
    const parent = agent({ podSpec: { containers: [{ name: 'sidecar', image: 'example/sidecar:1', env }] } });
    const own = observed(sync({ ...scene(gateway([HTTP])), parent }).children);
    const { pod } = sync({ ...scene(gateway([HTTP], [])), parent, children: own });
    expect(pod.containers.map(({ name }: { name: string }) => name)).toEqual(['sidecar', 'agent']);
    expect(pod.containers[1].env).toContainEqual({ name: 'MODEL_API_URL', value: 'http://10.0.0.7/team/modelapi/llm' });
  });
});

describe('the Gateway address in the status', () => {
  const listener = (name: string, port: number, hostname?: string) => ({
    ...HTTP,
    name,
    port,
    ...(hostname && { hostname }),
  });

  it.each<[string, string, object[], string | undefined]>([
    [
      'that of the listener for the host name of the routes',
      'x.agents.example',
      [listener('a', 80, 'other.example.com'), listener('b', 8080, '*.agents.example')],
      'http://x.agents.example:8080',
    ],
    ['that of a listener for all host names', 'x.example.com', [listener('a', 81)], 'http://x.example.com:81'],
    [
      'the host name of the listener if the routes have a wildcard',
      '*.example.com',
      [listener('a', 80, '*.a.example.com'), listener('b', 81, 'a.example.com')],
      'http://a.example.com:81',
    ],
    ['not set if no listener serves the host name', 'x.example.com', [listener('a', 80, 'y.example.com')], undefined],
    [
      'not set if the wildcard of the listener covers only subdomains',
      'example.com',
      [listener('a', 80, '*.example.com')],
      undefined,
    ],
    [
      'that of the first host name that a listener serves',
      'x.example.com,y.example.com',
      [listener('a', 80, 'y.example.com')],
      'http://y.example.com',
    ],
    [
      'that of the listener whose host name has no wildcard',
      '',
      [listener('a', 80, '*.a.com'), listener('b', 80, 'b.com')],
      'http://b.com',
    ],
  ])('is %s', (_what, hostnames, listeners, base) => {
    const { shown } = addresses({ ...GATEWAY_ON, GATEWAY_HOSTNAMES: hostnames }, [gateway(listeners)]);
    expect(shown).toBe(base && `${base}/team/agent/lead`);
  });
});
