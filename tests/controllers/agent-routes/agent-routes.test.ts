import { describe, expect, it } from 'vitest';
import { isObjectName } from '../../../controllers/kubernetes/values/names.ts';
import { namingOf } from '../../../controllers/resources/kaos/naming.ts';
import { routeOf } from '../../support/agent-routes.ts';
import { agent } from '../../support/gateways.ts';

const CARD = '/.well-known/agent-card.json';
const ABOUT = 'Agent team/weather';

function at(url: string, scene: Parameters<typeof routeOf>[1] = {}) {
  return routeOf(agent('team/weather', { url }), scene);
}

describe('the route of an exposed Agent', () => {
  it('takes its calls alone, and leads to its Service at its own path', () => {
    expect(at(`http://weather.team.svc.cluster.local:8000/api/v1${CARD}`)).toEqual({
      route: {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: {
          name: 'a2a.weather',
          namespace: 'team',
          labels: { 'agent-gateway-hooks/component': 'agent-route', 'agent-gateway-hooks/agent': 'weather' },
        },
        spec: {
          parentRefs: [
            { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kaos-gateway', namespace: 'kaos-system' },
          ],
          rules: [
            {
              matches: [{ path: { type: 'Exact', value: '/team/weather' }, method: 'POST' }],
              filters: [
                {
                  type: 'URLRewrite',
                  urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/api/v1' } },
                },
              ],
              backendRefs: [{ group: '', kind: 'Service', name: 'weather', port: 8000, weight: 1 }],
              timeouts: { request: '0s' },
            },
          ],
        },
      },
      status: null,
      released: undefined,
      problems: [],
    });
  });

  it.each([
    [`http://weather.team.svc.cluster.local${CARD}`, 'weather', 80, '/'],
    [`http://weather.team.svc.cluster.local:8000${CARD}`, 'weather', 8000, '/'],
    ['http://weather.team.svc.cluster.local:8000', 'weather', 8000, '/'],
    ['http://weather.team.svc.cluster.local:8000/a2a/', 'weather', 8000, '/a2a'],
    [`http://weather.team.svc.cluster.local:65535//a2a//v1${CARD}`, 'weather', 65535, '/a2a/v1'],
    [`http://another.team.svc:8000${CARD}`, 'another', 8000, '/'],
    [`http://weather.team.svc.cluster.local.:8000${CARD}`, 'weather', 8000, '/'],
    [`HTTP://Weather.Team.SVC.Cluster.Local:0080${CARD}`, 'weather', 80, '/'],
  ])('leads from %s to the Service %s, port %i, path %s', (url, name, port, replaceFullPath) => {
    const { route, problems } = at(url);
    expect(route?.spec.rules[0]).toMatchObject({
      filters: [{ urlRewrite: { path: { replaceFullPath } } }],
      backendRefs: [{ name, port }],
    });
    expect(problems).toEqual([]);
  });

  it('follows the domain of the cluster', () => {
    const settings = { CLUSTER_DOMAIN: 'k8s.example.org' };
    const url = (domain: string) => `http://weather.team.svc.${domain}:8000${CARD}`;
    expect(at(url('k8s.example.org'), { settings }).route).toBeDefined();
    expect(at(url('cluster.local'), { settings }).problems[0]?.message).toContain(
      'expected <service>.team.svc.k8s.example.org or <service>.team.svc',
    );
  });

  it.each([
    [{}, undefined],
    [{ GATEWAY_HOSTNAMES: 'a.example.com' }, ['a.example.com']],
    [{ AGENT_ROUTES_HOSTNAMES: 'b.example.com, *.c.example.com' }, ['b.example.com', '*.c.example.com']],
    [{ GATEWAY_HOSTNAMES: 'a.example.com', AGENT_ROUTES_HOSTNAMES: 'b.example.com' }, ['b.example.com']],
    [{ GATEWAY_HOSTNAMES: 'a.example.com', AGENT_ROUTES_HOSTNAMES: '' }, ['a.example.com']],
  ])('with %j has the hostnames %j', (settings, hostnames) => {
    expect(routeOf(agent('team/weather'), { settings }).route?.spec.hostnames).toEqual(hostnames);
  });

  it.each([
    [{}, { request: '0s' }],
    [{ AGENT_ROUTES_TIMEOUT: '1h30m' }, { request: '1h30m' }],
    [{ GATEWAY_TIMEOUTS: 'always' }, { request: '0s' }],
    [{ GATEWAY_TIMEOUTS: 'supported', GATEWAY_CLASS_NAME: 'gke' }, { request: '0s' }],
    [{ GATEWAY_TIMEOUTS: 'never' }, undefined],
  ])('with %j has the timeouts %j', (settings, timeouts) => {
    expect(routeOf(agent('team/weather'), { settings }).route?.spec.rules[0].timeouts).toEqual(timeouts);
  });

  it('attaches to the listener of the settings', () => {
    const { route } = routeOf(agent('team/weather'), { settings: { GATEWAY_SECTION_NAME: 'https' } });
    expect(route?.spec.parentRefs).toMatchObject([{ sectionName: 'https' }]);
  });

  it.each(['a', '0', 'agent', 'agent-weather', 'mcp-weather', 'x'.repeat(63)])(
    'has a name that begins like no route of KAOS: %s',
    (name) => {
      const own = routeOf(agent(`team/${name}`, { url: 'http://weather.team.svc' })).route?.metadata.name ?? '';
      const metadata = { name: '', namespace: 'team' };
      const beginnings = (['Agent', 'ModelAPI', 'MCPServer', 'MemoryStore'] as const).map(
        (kind) => namingOf({ kind, metadata }).routeName,
      );
      expect(beginnings).toEqual(['agent-', 'modelapi-', 'mcp-', 'memorystore-']);
      expect(beginnings.filter((beginning) => own.startsWith(beginning))).toEqual([]);
      expect(isObjectName(own)).toBe(true);
    },
  );

  it('is made although a part of the address is not sent, and the part is named without its value', () => {
    const { route, problems } = at(`http://user:secret@weather.team.svc.cluster.local:8000${CARD}?tenant=a`);
    expect(route).toBeDefined();
    expect(problems).toEqual([
      {
        reason: 'PartNotSent',
        about: ABOUT,
        message:
          'the query and the user name in status.url are not sent to the agent; expected scheme, host, port and path only',
      },
    ]);
  });
});
