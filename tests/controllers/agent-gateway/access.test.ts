import { describe, expect, it } from 'vitest';
import type { AccessRule, AccessRules } from '../../../controllers/access/access-rules.ts';
import { configuredAgents } from '../../../controllers/agent-gateway/krakend/krakend-json.ts';
import { JWT } from '../../support/access.ts';
import { AGENTS, answer, FROM, forGateway, forOne, OTHER_JWT } from '../../support/gateway-access.ts';
import { agent, parts, sync } from '../../support/gateways.ts';

const LIMIT = { requests: 60, per: 'minute', by: 'all' } as const;
interface Endpoint {
  readonly endpoint: string;
  readonly extra_config?: Readonly<Record<string, object>>;
}

const BLOCKS = ['auth/validator', 'qos/ratelimit/router'];

/** The components against strangers at each endpoint of an agent, which are the same at all. */
function blocksAt(krakendJson: string, id: string): readonly string[] | undefined {
  const [namespace, name] = id.split('/');
  const path = new RegExp(`^(/${namespace})?/${name}(/\\.well-known/\\{card\\})?$`);
  const own: Endpoint[] = parts(krakendJson).config.endpoints.filter(({ endpoint }: Endpoint) => path.test(endpoint));
  const blocks = own.map(({ extra_config = {} }) => BLOCKS.filter((block) => block in extra_config));
  expect(new Set(blocks.map(String)).size).toBeLessThanOrEqual(1);
  expect([0, 4]).toContain(own.length);
  return blocks[0];
}

describe('the endpoints of an agent', () => {
  it.each<[string, readonly AccessRule[], readonly string[] | undefined, readonly string[] | undefined]>([
    ['no rule', [], [], []],
    ['a rule of another kind', [{ match: { kinds: ['ModelAPI'] }, deny: true }], [], []],
    ['a token', [forOne({ jwt: JWT })], ['auth/validator'], []],
    ['a limit', [forOne({ limit: LIMIT })], ['qos/ratelimit/router'], []],
    ['both', [forOne({ jwt: JWT, limit: LIMIT })], BLOCKS, []],
    ['a denial', [forOne({ deny: true })], undefined, []],
    ['a denial of the gateway', [forGateway({ deny: true })], undefined, undefined],
    ['a token of the gateway', [forGateway({ jwt: JWT })], ['auth/validator'], ['auth/validator']],
    [
      'a token of the gateway and a limit',
      [forGateway({ jwt: JWT }), forOne({ limit: LIMIT })],
      BLOCKS,
      ['auth/validator'],
    ],
    [
      'a token of the gateway and the same',
      [forGateway({ jwt: JWT }), forOne({ jwt: { ...JWT } })],
      ['auth/validator'],
      ['auth/validator'],
    ],
    [
      'a token of the gateway and another',
      [forGateway({ jwt: JWT }), forOne({ jwt: OTHER_JWT })],
      undefined,
      ['auth/validator'],
    ],
    [
      'a limit of the gateway and another',
      [forGateway({ limit: LIMIT }), forOne({ limit: { ...LIMIT, requests: 1 } })],
      undefined,
      ['qos/ratelimit/router'],
    ],
    ['several audiences', [forOne({ jwt: { ...JWT, audiences: ['a', 'b'] } })], undefined, []],
    ['from alone', [forOne({ from: FROM })], undefined, []],
    ['from and a limit', [forOne({ from: FROM, limit: LIMIT })], undefined, []],
    ['from and a token', [forOne({ from: FROM, jwt: JWT })], ['auth/validator'], []],
    ['from of the gateway', [forGateway({ from: FROM })], [], []],
    [
      'from, which the gateway has too',
      [forGateway({ from: { namespaces: ['batch'] } }), forOne({ from: FROM })],
      [],
      [],
    ],
    [
      'from, of which the gateway has more',
      [forGateway({ from: { namespaces: ['batch', 'x'] } }), forOne({ from: FROM })],
      undefined,
      [],
    ],
    ['one rule for both', [{ jwt: JWT, limit: LIMIT, from: FROM }], BLOCKS, BLOCKS],
  ])('have what is demanded by %s', (_what, rules, one, two) => {
    const { krakendJson } = answer(...rules);
    expect([blocksAt(krakendJson, 'a/one'), blocksAt(krakendJson, 'b/two')]).toEqual([one, two]);
  });

  it('are selected by labels, and have the default of the list otherwise', () => {
    const internal = agent('a/one', { metadata: { labels: { tier: 'internal' } } });
    const rules: AccessRules = { rules: [{ match: { labels: { tier: 'internal' } }, jwt: JWT }], default: 'deny' };
    // The gateway has no label, so the default denies it and all agents.
    expect(blocksAt(sync({ related: [internal], rules }).krakendJson, 'a/one')).toBeUndefined();
    const open = { ...rules, rules: [forGateway({ allow: true }), ...(rules.rules ?? [])] };
    const { krakendJson } = sync({ related: [internal, agent('b/two')], rules: open });
    expect([blocksAt(krakendJson, 'a/one'), blocksAt(krakendJson, 'b/two')]).toEqual([['auth/validator'], undefined]);
  });

  it('do not change with the order of rules that do not overlap, nor with rules of other kinds', () => {
    const one = forOne({ jwt: JWT });
    const two: AccessRule = { match: { names: ['two'] }, limit: LIMIT };
    const { attachments } = answer(one, two);
    expect(answer(two, one).attachments).toEqual(attachments);
    expect(answer({ match: { kinds: ['ModelAPI'] }, jwt: OTHER_JWT }, two, one).attachments).toEqual(attachments);
  });

  it('are read back with what they demand', () => {
    const { krakendJson } = answer(forOne({ jwt: JWT, limit: LIMIT }));
    expect(configuredAgents(krakendJson)).toMatchObject([
      {
        id: 'a/one',
        host: 'http://one.a.svc.cluster.local:8000',
        path: '',
        guard: { blocks: expect.objectContaining({ 'auth/validator': expect.anything() }) },
      },
      { id: 'b/two', createdAt: 1767225600 },
    ]);
    const [, second] = configuredAgents(krakendJson) ?? [];
    expect(second).not.toHaveProperty('guard');
    expect(configuredAgents(krakendJson.replaceAll('{{ define "access-', '{{ define "lost-'))).toBeUndefined();
  });

  it('cannot be given template syntax by a rule', () => {
    const issuer = '{{ env "HOME" }}{{ end }}}}';
    const { krakendJson } = answer(forOne({ jwt: { ...JWT, issuer } }));
    const guarded: Endpoint = parts(krakendJson).config.endpoints[0];
    expect(guarded.extra_config?.['auth/validator']).toMatchObject({ issuer });
    expect(krakendJson).not.toContain('{{ env "HOME"');
  });
});

describe('the list of models', () => {
  it('has no agent that demands a token, and has one with a limit', () => {
    const models = (...rules: AccessRule[]) =>
      parts(answer(...rules).krakendJson).config.extra_config['plugin/http-server'].openai_a2a_config.agents.map(
        ({ model_id }: { model_id: string }) => model_id,
      );
    expect(models(forOne({ jwt: JWT }))).toEqual(['b/two']);
    expect(models(forOne({ limit: LIMIT }))).toEqual(['a/one', 'b/two']);
    expect(models(forGateway({ jwt: JWT }))).toEqual([]);
  });
});

describe('a configuration', () => {
  it('is the same as without rules if no rule is for agents', () => {
    expect(answer({ match: { kinds: ['ModelAPI'] }, jwt: JWT }).attachments).toEqual(
      sync({ related: AGENTS }).attachments,
    );
  });

  it('takes the address of callers from their connections if a rule counts by it', () => {
    const router = (...rules: AccessRule[]) => parts(answer(...rules).krakendJson).config.extra_config.router;
    expect(router(forOne({ limit: { ...LIMIT, by: 'address' } }))).toMatchObject({ forwarded_by_client_ip: false });
    expect(router(forOne({ limit: LIMIT }))).not.toHaveProperty('forwarded_by_client_ip');
  });

  it('has the blocks of a demand once, however many agents demand it', () => {
    const related = Array.from({ length: 50 }, (_, index) => agent(`a/n${index}`));
    const { krakendJson } = sync({ related, rules: { rules: [{ jwt: JWT }] } });
    expect(krakendJson.split(JWT.jwksUri)).toHaveLength(2);
    expect(parts(krakendJson).config.endpoints).toHaveLength(200);
  });

  it('lets the named pages call, with the defaults of the rules', () => {
    const cors = { origins: ['https://chat.example.com'] };
    const ofRules = (rules: AccessRules) =>
      parts(sync({ related: AGENTS, rules }).krakendJson).config.extra_config['security/cors'];
    expect(ofRules({})).toBeUndefined();
    expect(ofRules({ cors })).toEqual({
      allow_origins: cors.origins,
      allow_methods: ['GET', 'POST', 'DELETE'],
      allow_headers: expect.arrayContaining(['Authorization', 'A2A-Version']),
      expose_headers: ['Mcp-Session-Id', 'WWW-Authenticate'],
      allow_credentials: false,
      max_age: '12h',
    });
    const own = { ...cors, headers: [], exposeHeaders: [], methods: ['POST'], credentials: true, maxAge: '5m' };
    expect(ofRules({ cors: own })).toEqual({
      allow_origins: cors.origins,
      allow_methods: ['POST'],
      allow_headers: ['Accept'],
      allow_credentials: true,
      max_age: '5m',
    });
  });
});

describe('the memory of a gateway', () => {
  const limitOf = (number: number, ...rules: AccessRule[]) => {
    const related = Array.from({ length: number }, (_, index) => agent(`a/n${index}`));
    return sync({ related, rules: { rules } }).pod.spec.containers[0].resources.limits.memory;
  };

  it('is for keys at each endpoint, so it grows from fewer agents on', () => {
    expect([limitOf(75, { jwt: JWT }), limitOf(76, { jwt: JWT })]).toEqual(['128Mi', '256Mi']);
    expect([limitOf(300, { limit: LIMIT }), limitOf(301, { limit: LIMIT })]).toEqual(['128Mi', '256Mi']);
  });
});
