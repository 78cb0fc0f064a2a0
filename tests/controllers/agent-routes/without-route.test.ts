import { describe, expect, it } from 'vitest';
import { routeOf, syncAgent } from '../../support/agent-routes.ts';
import { agent } from '../../support/gateways.ts';
import { renderStdin } from '../../support/rendering.ts';

const CARD = '/.well-known/agent-card.json';
const ABOUT = 'Agent team/weather';

function at(url: string, scene: Parameters<typeof routeOf>[1] = {}) {
  return routeOf(agent('team/weather', { url }), scene);
}

describe('an Agent gets no route', () => {
  it.each([
    ['is not exposed', agent('team/weather', { exposed: false }), {}, 'NotExposed'],
    ['does not say whether', { ...agent('team/weather'), spec: {} }, {}, 'NotExposed'],
    ['has no spec', { ...agent('team/weather'), spec: undefined }, {}, 'NotExposed'],
    [
      'is not selected',
      agent('team/weather', { metadata: { labels: { gateway: 'internal' } } }),
      { settings: { AGENT_GATEWAY_AGENT_SELECTOR: 'matchLabels: {gateway: public}' } },
      'NotSelected',
    ],
    [
      'is being deleted',
      agent('team/weather', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
      {},
      'Deleting',
    ],
    ['is being finalized', agent('team/weather'), { finalizing: true }, 'Deleting'],
    [
      'is not exposed, and its address is foreign',
      agent('team/weather', { exposed: false, url: 'https://example.com' }),
      {},
      'NotExposed',
    ],
  ])('without a problem, because it %s', (_why, parent, scene, released) => {
    expect(routeOf(parent, scene)).toEqual({ route: undefined, status: null, released, problems: [] });
  });

  it('if the routes or the Gateway API are off', () => {
    const parent = agent('team/weather', { url: 'https://example.com' });
    const off = { AGENT_ROUTES_ENABLED: 'false' };
    for (const settings of [off, { ...off, GATEWAY_API_ENABLED: 'false' }]) {
      expect(routeOf(parent, { settings })).toMatchObject({ released: 'AgentRoutesDisabled', problems: [] });
    }
  });

  const FORMS = 'expected <service>.team.svc.cluster.local or <service>.team.svc';
  it.each([
    ['https://agents.example.com/a2a', 'its scheme is https; expected http'],
    ['https://weather.team.svc.cluster.local', 'its scheme is https; expected http'],
    ['http://agents.example.com', `its host "agents.example.com" is not a Service of the namespace team; ${FORMS}`],
    ['http://weather.other.svc.cluster.local:8000', 'its host "weather.other.svc.cluster.local" is not a Service'],
    ['http://weather.other.svc:8000', FORMS],
    ['http://weather.xteam.svc', FORMS],
    ['http://weather:8000', FORMS],
    ['http://weather.team:8000', FORMS],
    ['http://weather.team.svc.:8000', FORMS],
    ['http://weather.team.svc.cluster.local..:8000', FORMS],
    ['http://weather.team.svc.cluster.local.example.com', FORMS],
    ['http://weather.team.pod.cluster.local', FORMS],
    ['http://pod-0.weather.team.svc.cluster.local:8000', FORMS],
    ['http://.team.svc.cluster.local', FORMS],
    ['http://team.svc.cluster.local', FORMS],
    ['http://wea_ther.team.svc', FORMS],
    ['http://1weather.team.svc', FORMS],
    [`http://${'a'.repeat(64)}.team.svc`, FORMS],
    ['http://10.0.0.1:8000', FORMS],
    ['http://[::1]:8000', 'the host in status.url may have only'],
    ['http://weather.team.svc:9', 'the port in status.url must be from 10 to 65535'],
    ['http://weather.team.svc:65536', 'the port in status.url must be from 10 to 65535'],
    ['http://weather.team.svc/{id}', 'the path in status.url may have only'],
    ['http://weather.team.svc/a/../b', 'the path in status.url may have only'],
    ['ftp://weather.team.svc', 'status.url is not a valid http or https address'],
    ['weather.team.svc:8000', 'status.url is not a valid http or https address'],
    ['', 'it has no status.url yet'],
  ])('if its address is %j, and is told why', (url, why) => {
    const { route, released, problems } = at(url);
    expect({ route, released }).toEqual({ route: undefined, released: 'NoDirectRoute' });
    expect(problems).toEqual([{ reason: 'NoDirectRoute', about: ABOUT, message: expect.stringContaining(why) }]);
  });

  it('if its address is too long to keep, and is told why', () => {
    const { released, problems } = at(`http://weather.team.svc/${'a'.repeat(2000)}`);
    expect(released).toBe('NoDirectRoute');
    expect(problems[0]?.message).toContain('status.url is 2024 characters long');
  });

  it.each([
    [{ name: 'a.b' }, 'its name has a dot'],
    [{ name: 'x'.repeat(64) }, 'its name has 64 characters; expected at most 63'],
    [{ namespace: 'chat', name: 'completions' }, 'its path is reserved for OpenAI calls'],
  ])('if its metadata are %j, and is told why', (metadata, why) => {
    const parent = agent('team/weather', { url: 'http://weather.team.svc', metadata });
    expect(routeOf(parent)).toMatchObject({
      released: 'NoDirectRoute',
      problems: [{ message: expect.stringContaining(why) }],
    });
  });

  it('says that an AgentGateway serves it all the same, but only if one does', () => {
    const instead = ', and calls through an AgentGateway do not stream';
    expect(at('https://agents.example.com').problems[0]?.message).toContain(instead);
    expect(at('ftp://agents.example.com').problems[0]?.message).not.toContain(instead);
  });

  it('hides what may be secret in its address', () => {
    const { problems } = at('http://user:hunter2@agents.example.com/a?token=hunter2');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

describe('an Agent', () => {
  it('is refused if it does not fit the schema, and then nothing is changed', () => {
    for (const url of [5, null, ['http://weather.team.svc']]) {
      expect(syncAgent({ ...agent('team/weather'), status: { url } })).toMatchObject({ outcome: 'refused' });
    }
  });

  it('is told of an annotation that has no effect', () => {
    const annotations = { 'agent-gateway-hooks/limits-cpu': '2' };
    expect(routeOf(agent('team/weather', { metadata: { annotations } }))).toMatchObject({
      route: {},
      problems: [{ reason: 'UnknownAnnotation', about: ABOUT }],
    });
  });

  it('has a row only if render is asked for these routes', () => {
    const documents = [
      agent('team/weather', { url: `http://weather.team.svc.cluster.local:8000/api/v1${CARD}` }),
      agent('team/foreign', { url: 'http://agents.example.com' }),
    ];
    const flags = ['-o', 'table', '--agent-routes-hostnames=a.example.com,b.example.com'];
    const { stdout, stderr, code } = renderStdin(documents, '--agent-routes', ...flags);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['RESOURCE', 'ADDRESS', 'BACKEND', 'TIMEOUT', 'ACCESS'],
      ['Agent team/foreign', 'none (NoDirectRoute)'],
      [ABOUT, 'a.example.com/team/weather', 'weather:8000/api/v1', '0s', 'open'],
      [ABOUT, 'b.example.com/team/weather', 'weather:8000/api/v1', '0s', 'open'],
      [''],
    ]);
    expect({ stderr, code }).toEqual({
      stderr: expect.stringMatching(/^problem: Agent team\/foreign: NoDirectRoute: status.url: its host .*\n$/),
      code: 0,
    });
    expect(renderStdin(documents, ...flags).stdout).toBe('');
  });

  it('gets no routes from render without the Gateway API, which says what is wrong', () => {
    const { stderr, code } = renderStdin([agent('team/weather')], '--agent-routes', '--gateway-api-enabled=false');
    expect({ stderr, code }).toEqual({
      stderr: expect.stringContaining(
        '--gateway-api-enabled: is required if AGENT_ROUTES_ENABLED is true; expected true',
      ),
      code: 1,
    });
  });
});
