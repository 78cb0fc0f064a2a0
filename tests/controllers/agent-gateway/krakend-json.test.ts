import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { withTemplatesCalled } from '../../../controllers/agent-gateway/krakend/endpoint-templates.ts';
import { krakendConfig } from '../../../controllers/agent-gateway/krakend/krakend-config.ts';
import { krakendJson } from '../../../controllers/agent-gateway/krakend/krakend-json.ts';
import { KRAKEND_LOG_LEVELS } from '../../../controllers/settings.ts';
import { agent, gateway, parts, sync } from '../../support/gateways.ts';
import { upstreamFile, withUpstream } from '../../support/upstream.ts';

interface GuardedEndpoint {
  readonly backend: readonly [
    {
      readonly host: readonly [string];
      readonly extra_config: {
        readonly 'modifier/martian': {
          readonly 'url.Filter': {
            readonly scope: readonly string[];
            readonly host: string;
            readonly modifier: { readonly 'header.Blacklist': { readonly names: readonly string[] } };
          };
        };
      };
    },
  ];
}

const schema = upstreamFile('krakend-2.12-schema.json');
const CHOICES = { gatewayName: 'gw', timeout: '1s', logLevel: 'INFO', guards: [], cors: undefined } as const;
const AGENTS = ['b/one', 'a/two', 'a-b/one', 'a/one', 'c/three'];

function configOf(ids: readonly string[]) {
  return parts(sync({ related: ids.map((id) => agent(id)) }).krakendJson).config;
}

const endpointsOf = (ids: readonly string[]) =>
  configOf(ids).endpoints.map(({ method, endpoint }: { method: string; endpoint: string }) => `${method} ${endpoint}`);

describe('krakend.json', () => {
  it('is compact JSON once its templates are called, with one block and no other `{{`', () => {
    const { krakendJson } = sync({ related: AGENTS.map((id) => agent(id)) });
    const { block, templates, config } = parts(krakendJson);
    const json = withTemplatesCalled(krakendJson).replace(block + templates, '');
    expect(json).toBe(JSON.stringify(config));
    expect(json).not.toContain('{{');
    expect(block).toMatch(/^\{\{ \$address := .*\{\{ end \}\}$/);
    expect(templates.match(/\{\{ define "\w+" \}\}/g)).toHaveLength(3);
  });

  it('calls templates for what endpoints have in common, so that an agent takes few bytes', () => {
    const bytes = (ids: readonly string[]) => sync({ related: ids.map((id) => agent(id)) }).krakendJson.length;
    const one = 'team-a/weather';
    expect(bytes([...AGENTS, one]) - bytes(AGENTS)).toBeLessThan(1000);
  });

  it('takes the answers of each agent from its own host alone, and without headers for the shared address', () => {
    const urls = ['http://one.a:8000/x', 'https://Two.A', 'http://10.0.0.1:80'];
    const related = urls.map((url, index) => agent(`a/agent-${index}`, { url }));
    const { endpoints } = parts(sync({ related }).krakendJson).config;
    const hosts = endpoints.map(({ backend: [{ host, extra_config: martian }] }: GuardedEndpoint) => {
      const filter = martian['modifier/martian']['url.Filter'];
      expect(filter.scope).toEqual(['response']);
      expect(filter.modifier['header.Blacklist'].names).toContain('Set-Cookie');
      return [host[0], filter.host];
    });
    expect([...new Set(hosts.map(String))]).toEqual([
      'http://one.a:8000,one.a:8000',
      'https://Two.A,Two.A',
      'http://10.0.0.1:80,10.0.0.1:80',
    ]);
    expect(hosts).toHaveLength(12);
  });

  withUpstream(schema).it('fits the schema of KrakenD 2.12 without its block', () => {
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
      JSON.parse(schema ?? '{}'),
    );
    for (const spec of [{}, { timeout: '1h1m1.5s' }, { timeout: 'soon' }, { timeout: '100ms' }]) {
      const { krakendJson } = sync({ related: AGENTS.map((id) => agent(id)), parent: gateway(spec) });
      expect({ valid: validate(parts(krakendJson).config), errors: validate.errors }).toEqual({
        valid: true,
        errors: null,
      });
    }
    expect(validate({ version: 3, timeout: '6m0s' })).toBe(false);
  });

  it('has the endpoints of each agent, sorted by namespace, then name (D1)', () => {
    expect(endpointsOf(AGENTS)).toEqual([
      'GET /a/one/.well-known/{card}',
      'POST /a/one',
      'GET /a/two/.well-known/{card}',
      'POST /a/two',
      'GET /two/.well-known/{card}',
      'POST /two',
      'GET /a-b/one/.well-known/{card}',
      'POST /a-b/one',
      'GET /b/one/.well-known/{card}',
      'POST /b/one',
      'GET /c/three/.well-known/{card}',
      'POST /c/three',
      'GET /three/.well-known/{card}',
      'POST /three',
    ]);
  });

  it('leaves out agents that are not exposed', () => {
    const { krakendJson, conditions } = sync({ related: [agent('a/one', { exposed: false }), agent('b/one')] });
    expect(parts(krakendJson).config.endpoints.map(({ endpoint }: { endpoint: string }) => endpoint)).toContain('/one');
    expect(conditions['ResolvedRefs']?.status).toBe('True');
  });

  it('has no short path for a name that two exposed agents share, even if one of them is left out (D8)', () => {
    for (const namesake of [agent('z/one'), agent('z/one', { url: '' }), agent('z/one', { url: 'ftp://x' })]) {
      const { krakendJson } = sync({ related: [agent('a/one'), namesake] });
      expect(parts(krakendJson).config.endpoints.map(({ endpoint }: { endpoint: string }) => endpoint)).not.toContain(
        '/one',
      );
    }
  });

  it('sends calls to the path in the URL of an agent, and keeps its endpoints (D5)', () => {
    const url = 'http://one.a:8000/api/v1/.well-known/agent-card.json';
    const { config } = parts(sync({ related: [agent('a/one', { url })] }).krakendJson);
    expect(config.endpoints.slice(0, 2)).toMatchObject([
      {
        endpoint: '/a/one/.well-known/{card}',
        backend: [{ host: ['http://one.a:8000'], url_pattern: '/api/v1/.well-known/agent-card.json' }],
      },
      { endpoint: '/a/one', backend: [{ host: ['http://one.a:8000'], url_pattern: '/api/v1' }] },
    ]);
  });

  it('lists the agents as models', () => {
    const plugins = configOf(['b/two', 'a/one']).extra_config['plugin/http-server'];
    expect(plugins).toEqual({
      name: ['openai-a2a'],
      openai_a2a_config: {
        agents: ['a/one', 'b/two'].map((id) => {
          const [namespace, name] = id.split('/');
          const url = `http://${name}.${namespace}.svc.cluster.local:8000/.well-known/agent-card.json`;
          return { model_id: id, url, owned_by: namespace, createdAt: 1767225600 };
        }),
      },
    });
  });

  it('does not depend on the order of the agents (D1)', () => {
    const forwards = sync({ related: AGENTS.map((id) => agent(id)) });
    const backwards = sync({ related: AGENTS.toReversed().map((id) => agent(id)) });
    expect(backwards.attachments).toEqual(forwards.attachments);
  });

  it('logs at INFO, because the plugin writes the bodies of all calls at DEBUG, unless a setting asks for another level', () => {
    const related = [agent('a/one')];
    const initial = sync({ related });
    const debug = sync({ related, settings: { AGENT_GATEWAY_LOG_LEVEL: 'DEBUG' } });
    const levelOf = ({ krakendJson }: typeof initial) =>
      parts(krakendJson).config.extra_config['telemetry/logging'].level;
    expect([levelOf(initial), levelOf(debug)]).toEqual(['INFO', 'DEBUG']);
    expect(debug.pod.metadata.annotations).not.toEqual(initial.pod.metadata.annotations);
  });

  it.each(KRAKEND_LOG_LEVELS)(
    'at %s has the plugin that keeps whole bodies in memory only if it also logs them',
    (level) => {
      const { krakendJson } = sync({ related: [agent('a/one')], settings: { AGENT_GATEWAY_LOG_LEVEL: level } });
      const { name, body_logger_config } = parts(krakendJson).config.extra_config['plugin/http-server'];
      const skip_paths = ['/__health'];
      expect({ name, body_logger_config }).toEqual(
        level === 'DEBUG'
          ? { name: ['body-logger', 'openai-a2a'], body_logger_config: { skip_paths } }
          : { name: ['openai-a2a'], body_logger_config: undefined },
      );
    },
  );

  it.each([
    ['360s', '360s'],
    [undefined, '360s'],
    ['60000ms', '60s'],
    ['1.5h', '5400s'],
    ['1h2m3.5s', '3723500ms'],
    ['300ms', '300ms'],
    ['1µs', '1ms'],
    ['24h', '86400s'],
  ])('writes the timeout %s as %s', (timeout, text) => {
    const { krakendJson, conditions } = sync({ parent: gateway(timeout === undefined ? {} : { timeout }) });
    expect({ timeout: parts(krakendJson).config.timeout, accepted: conditions['Accepted']?.status }).toEqual({
      timeout: text,
      accepted: 'True',
    });
  });

  it.each(
    ['abc', '', '0s', '0', '-5s', '5', '1d', '25h', '9'.repeat(400), '1'.repeat(300_000)].map(
      (timeout) => [timeout.slice(0, 10), timeout] as const,
    ),
  )('refuses the timeout %j, uses the default and reports it in a condition (D4, D22)', (_begin, timeout) => {
    const { krakendJson, conditions } = sync({ parent: gateway({ timeout }) });
    expect(parts(krakendJson).config.timeout).toBe('360s');
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'InvalidTimeout' });
  });

  it('escapes `{{` in every value', () => {
    const name = '{{ env "HOME" }} {{{ "}} \\';
    const { config, block } = parts(krakendJson({ ...krakendConfig(CHOICES, []), name }, CHOICES));
    expect({ name: config.name, startsWithAddress: block.startsWith('{{ $address') }).toEqual({
      name,
      startsWithAddress: true,
    });
  });

  it('never takes user input as JSON or template syntax (D19)', () => {
    const urls = [
      'http://x/"',
      'http://x/{{ env "HOME" }}',
      'http://x/%7B%7Bend%7D%7D',
      'http://{{x}}/',
      'http://x:80/a"b',
    ];
    const hostile = urls.map((url, index) => agent(`a/hostile-${index}`, { url }));
    const { krakendJson, conditions } = sync({ related: [...hostile, agent('a/good')] });
    expect(krakendJson).toBe(sync({ related: [agent('a/good')] }).krakendJson);
    expect(conditions['ResolvedRefs']?.message).toMatch(/^5 agents are left out: a\/hostile-0 \(/);
  });
});
