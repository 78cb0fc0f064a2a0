import { describe, expect, it } from 'vitest';
import { testController } from '../../support/controllers.ts';
import { recordedBody } from '../../support/recordings.ts';
import { testService } from '../../support/service.ts';

const HOOK = '/kaos-routes/sync';
const SECRET = 'hunter2';

function agent(changes: object): object {
  const body = recordedBody('decorator-sync-agent-research.helper-new');
  return { ...body, object: { ...(body['object'] as object), ...changes } };
}

function without(field: string): object {
  return Object.fromEntries(
    Object.entries(recordedBody('decorator-sync-agent-research.helper-new')).filter(([key]) => key !== field),
  );
}

describe('a call with an invalid field', () => {
  it.each<[string, object, string]>([
    ['a missing controller', without('controller'), 'controller: is required'],
    ['a missing parent', without('object'), 'object: is required'],
    ['missing children', without('attachments'), 'attachments: is required'],
    ['missing related objects', without('related'), 'related: is required'],
    ['a missing finalizing', without('finalizing'), 'finalizing: is required'],
    ['children that are a list', { ...agent({}), attachments: [] }, 'attachments: expected object'],
    ['null for a kind of children', { ...agent({}), attachments: { x: null } }, 'attachments.x: expected object'],
    [
      'a null under a key with a line break',
      { ...agent({}), attachments: { 'x\ny': null } },
      'attachments.x\\u000ay: expected object',
    ],
    [
      'a string under a key with a line separator',
      { ...agent({}), related: { 'x\u2028y': 'z' } },
      'related.x\\u2028y: expected object',
    ],
    [
      'a null under a long key',
      { ...agent({}), related: { ['K'.repeat(300_000)]: null } },
      `related.${'K'.repeat(312)}…: expected object`,
    ],
    ['finalizing that is a string', { ...agent({}), finalizing: 'true' }, 'finalizing: expected boolean'],
    ['a parent that is null', { ...agent({}), object: null }, 'object: expected object'],
    ['a parent without a kind', agent({ kind: undefined }), 'object.kind: expected an object with apiVersion and kind'],
    [
      'a parent of another kind',
      agent({ kind: 'Pod', apiVersion: 'v1' }),
      'object.kind: expected one of Agent.kaos.tools/v1alpha1, ModelAPI.kaos.tools/v1alpha1, MCPServer.kaos.tools/v1alpha1, MemoryStore.kaos.tools/v1alpha1',
    ],
    [
      'a parent of another version of its kind',
      agent({ apiVersion: 'kaos.tools/v1' }),
      'object.apiVersion: expected kaos.tools/v1alpha1',
    ],
    ['a parent without a name', agent({ metadata: { namespace: 'a' } }), 'object.metadata.name: is required'],
    ['a parent without metadata', agent({ metadata: null }), 'object.metadata: expected object'],
    ['a spec that is a string', agent({ spec: SECRET }), 'object.spec: expected object'],
    [
      'expose that is a string',
      agent({ spec: { agentNetwork: { expose: SECRET } } }),
      'object.spec.agentNetwork.expose: expected boolean',
    ],
    [
      'an unknown mode',
      agent({ kind: 'ModelAPI', spec: { mode: SECRET } }),
      'object.spec.mode: expected one of Proxy, Hosted',
    ],
    [
      'a timeout that is a number',
      agent({ kind: 'MCPServer', spec: { gatewayRoute: { timeout: 5 } } }),
      'object.spec.gatewayRoute.timeout: expected string',
    ],
  ])('is refused with the path of the field: %s', async (_what, body, text) => {
    const { post, lines } = testService();
    expect(await post(HOOK, body)).toEqual({ code: 400, text });
    expect(lines.filter(({ msg }) => msg === 'hook call')).toMatchObject([{ code: 400, refused: text, level: 'warn' }]);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  it('is refused by customize too', async () => {
    const { post } = testService({}, [testController({ customize: () => [] })]);
    expect(await post('/test/customize', { controller: {}, parent: { kind: 'Agent' } })).toEqual({
      code: 400,
      text: 'parent.kind: expected an object with apiVersion and kind',
    });
  });
});

describe('a body that is not a valid call', () => {
  const TOO_LARGE = 'expected numbers up to 1.8e308, the largest that JSON can be written with again';
  const nested = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;

  it.each<[string, string, string]>([
    ['an empty body', '', 'body: expected JSON'],
    ['half a JSON document', '{"controller":{"metadata":{"name":"hunter2', 'body: expected JSON'],
    ['two JSON documents', '{} {}', 'body: expected JSON'],
    ['a list', '[]', 'body: expected object'],
    ['null', 'null', 'body: expected object'],
    ['more than 1000 levels of nesting', nested(1000), 'body: expected at most 1000 levels of nesting'],
    ['deep nesting that is never closed', '[{"a":'.repeat(100_000), 'body: expected at most 1000 levels of nesting'],
    ['brackets in a string', `{"a":"${'['.repeat(2000)}\\"${'['.repeat(2000)}"}`, 'controller: is required'],
    ['1000 levels of nesting, which are allowed', nested(999), 'controller: is required'],
    ['a number that becomes infinite', '{"a":[-1e400]}', `body: ${TOO_LARGE}`],
    ['a number of many digits that becomes infinite', `{"a":${'9'.repeat(400)}}`, `body: ${TOO_LARGE}`],
    ['the largest number, which is allowed', '{"a":1.7976931348623157e308}', 'controller: is required'],
    ['a number like that in a string', '{"a":"1e400"}', 'controller: is required'],
  ])('is refused: %s', async (_what, body, text) => {
    const { post, lines } = testService();
    expect(await post(HOOK, body)).toEqual({ code: 400, text });
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  it.each(['text/plain', 'application/xml', 'application/jsonp', ''])('is refused as %j', async (type) => {
    const { post } = testService();
    const answer = await post(HOOK, '{}', { 'content-type': type });
    expect(answer).toEqual({ code: 415, text: 'content-type: expected application/json' });
  });

  it('is refused if it is larger than BODY_LIMIT_MIB', async () => {
    const { post, lines, admin } = testService({ BODY_LIMIT_MIB: '1' });
    const fits = JSON.stringify({ ...agent({}), filler: 'x'.repeat(1024 * 1000) });
    const tooLarge = JSON.stringify({ ...agent({}), filler: 'x'.repeat(1024 * 1024) });
    expect((await post(HOOK, agent({}))).code).toBe(200);
    expect((await post(HOOK, fits)).code).toBe(200);
    const { code, text } = await post(HOOK, tooLarge);
    const limit = '1048576 bytes (1 MiB, BODY_LIMIT_MIB)';
    expect({ code, text }).toEqual({
      code: 413,
      text: `body: ${tooLarge.length} bytes are too many; expected at most ${limit}. It has every object that the hook reads, such as all Agents, exposed or not: delete some, or raise the limit`,
    });
    expect(lines.filter(({ msg }) => msg === 'hook call').at(-1)).toMatchObject({ code: 413, refused: text });
    expect((await admin.inject('/metrics')).body).toContain(
      'agent_gateway_hooks_large_bodies_total{controller="kaos-routes",hook="sync"} 2',
    );
  });

  it('is refused if it would need more memory than PARSED_BODY_LIMIT_MIB, with what it has', async () => {
    const { post, lines } = testService({ PARSED_BODY_LIMIT_MIB: '16' });
    const listOf = (count: number) => JSON.stringify({ ...agent({}), filler: Array(count).fill({}) });
    expect((await post(HOOK, listOf(200_000))).code).toBe(200);
    const { code, text } = await post(HOOK, listOf(300_000));
    expect({ code, text }).toEqual({
      code: 413,
      text: expect.stringMatching(
        /^body: 600\d{3} values with \d\d names in \d\d different orders need some 23 MiB of memory; expected at most 16 MiB \(PARSED_BODY_LIMIT_MIB\)\. The body has every object that the hook reads: delete some, or objects with many names, or raise the limit together with the pod's memory$/,
      ),
    });
    expect(lines.filter(({ msg }) => msg === 'hook call').at(-1)).toMatchObject({ code: 413, refused: text });
  });

  it('is answered after others if it is large, and in the order of its arrival', async () => {
    const { post } = testService();
    const large = { ...agent({}), filler: Array(300_000).fill({}) };
    const ended: string[] = [];
    const named = async (name: string, body: unknown) => {
      const { code } = await post(HOOK, body);
      ended.push(`${name} ${code}`);
    };
    await Promise.all([
      named('first', large),
      named('second', large),
      named('small', agent({})),
      named('not JSON', `${JSON.stringify(large)}}`),
    ]);
    expect(ended).toEqual(['small 200', 'first 200', 'second 200', 'not JSON 400']);
  });

  it.each([['/'], ['/kaos-routes'], ['/kaos-routes/sync/'], ['/nothing/sync']])(
    'is answered 404 without a redirect if it is posted to %s',
    async (url) => {
      const { post } = testService();
      expect(await post(url, agent({}))).toEqual({
        code: 404,
        text: 'not found: the URL is not a hook or page of this service',
      });
    },
  );
});

describe('an error in a controller', () => {
  it('is answered 500 without details and logged in full', async () => {
    const controller = testController({
      sync: () => {
        throw new Error(`defect ${SECRET}`);
      },
    });
    const { post, lines } = testService({}, [controller]);
    expect(await post('/test/sync', agent({}))).toEqual({ code: 500, text: 'internal error; see the log' });
    expect(lines.filter(({ msg }) => msg === 'hook call')).toMatchObject([
      { code: 500, level: 'error', name: 'helper', err: { message: `defect ${SECRET}` } },
    ]);
  });
});
