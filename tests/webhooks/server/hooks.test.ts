import { describe, expect, it } from 'vitest';
import type { Controller } from '../../../controllers/contract.ts';
import { mapKey } from '../../../controllers/reading.ts';
import { controllers } from '../../../controllers/registry.ts';
import { observedObjects } from '../../../webhooks/wire/object-map.ts';
import { testController } from '../../support/controllers.ts';
import { agent as runtimeAgent } from '../../support/gateways.ts';
import { memoryStore } from '../../support/kaos.ts';
import { recordedBody, recordings } from '../../support/recordings.ts';
import { testService, testSettings } from '../../support/service.ts';

describe('recorded calls of Metacontroller', () => {
  it.each(recordings(/^decorator-sync-(agent|modelapi|mcpserver)-/))(
    'are answered with one HTTPRoute: $name',
    async (recorded) => {
      const { post } = testService();
      const { code, text } = await post('/kaos-routes/sync', recorded.body, recorded.headers);
      const answer = JSON.parse(text);
      expect(code).toBe(200);
      expect(Object.keys(answer)).toEqual(['attachments', 'status']);
      expect(answer.status).toBeNull();
      expect(answer.attachments).toMatchObject([{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' }]);
    },
  );

  it.each(recordings(/^decorator-sync-agentgateway-/))(
    'are accepted by a decorator: $name',
    async ({ body, headers }) => {
      const { post } = testService({}, [testController({})]);
      const { code, text } = await post('/test/sync', body, headers);
      expect({ code, fields: Object.keys(JSON.parse(text)) }).toEqual({ code: 200, fields: ['attachments', 'status'] });
    },
  );

  it.each(recordings(/^composite-sync-/))('are accepted by a composite: $name', async ({ body, headers }) => {
    const { post } = testService({}, [testController({ type: 'composite' })]);
    const { code, text } = await post('/test/sync', body, headers);
    expect({ code, fields: Object.keys(JSON.parse(text)) }).toEqual({ code: 200, fields: ['children', 'status'] });
  });

  it.each(recordings(/-customize-/))('are accepted by customize: $name', async ({ body, headers }) => {
    const rules = [{ apiVersion: 'v1', resource: 'configmaps', names: ['a'] }] as const;
    const { post } = testService({}, [testController({ customize: () => rules.map((rule) => ({ ...rule })) })]);
    const { code, text } = await post('/test/customize', body, headers);
    expect({ code, answer: JSON.parse(text) }).toEqual({ code: 200, answer: { relatedResources: rules } });
  });

  it('are refused by a controller of the other type', async () => {
    const decorator = testService({}, [testController({})]);
    const composite = testService({}, [testController({ type: 'composite' })]);
    const asComposite = recordedBody('composite-sync-agent-research.helper-new');
    const asDecorator = recordedBody('decorator-sync-agent-research.helper-new');
    expect(await decorator.post('/test/sync', asComposite)).toEqual({ code: 400, text: 'object: is required' });
    expect(await composite.post('/test/sync', asDecorator)).toEqual({ code: 400, text: 'parent: is required' });
  });
});

describe('an invalid object in a call', () => {
  it.each([
    ['null', null],
    ['a string', 'x'],
    ['an object without a name', { metadata: {} }],
    ['a number in the data of a ConfigMap', { metadata: { name: 'broken', namespace: 'research' }, data: { a: 1 } }],
  ])('is reported and does not block others, as a child and as a related object: %s', async (_what, broken) => {
    const good = { metadata: { name: 'good', namespace: 'research' }, data: {} };
    const objects = { 'ConfigMap.v1': { 'research/broken': broken, 'research/good': good } };
    const { post, lines } = testService({}, [testController({})]);
    const body = {
      ...recordedBody('decorator-sync-agent-research.helper-new'),
      attachments: objects,
      related: objects,
    };
    const { code, text } = await post('/test/sync', body);
    expect({ code, seen: JSON.parse(text).attachments[0].data.seen }).toEqual({ code: 200, seen: '1 1' });
    const [line] = lines.filter(({ msg }) => msg === 'hook call');
    expect(line).toMatchObject({
      problems: 2,
      problemList: [{ reason: 'InvalidObject', about: 'ConfigMap research/broken' }, {}],
    });
  });
});

const GATEWAY = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
  spec: { listeners: [] },
};

const kindsOf = ({ children, related }: Controller) => [...new Set([...children, ...related].map(mapKey))];
const withKinds = controllers.filter((controller) => kindsOf(controller).length > 0);

describe.each(withKinds.map((controller) => [controller.name, controller] as const))('%s', (_name, controller) => {
  it.each(kindsOf(controller))('reports a %s that does not fit its schema in a short problem', (kind) => {
    const children = [{ mapKey: kind, key: `a/${'b'.repeat(1000)}`, value: null }];
    const known = recordings(/^decorator-sync-.*-children/).map(({ body }) => (body as { object: unknown }).object);
    const replies = [...known, memoryStore(), runtimeAgent('research/helper'), GATEWAY]
      .map((parent) => ({ parent, children, related: children, finalizing: false, now: '2026-01-01T00:00:00Z' }))
      .map((snapshot) => controller.sync(snapshot, testSettings().controllers))
      .filter((reply) => reply.outcome !== 'refuse');
    expect(replies).not.toEqual([]);
    for (const { problems } of replies) {
      const reasons = problems.map(({ reason }) => reason);
      expect(reasons).toContain('InvalidObject');
      expect(JSON.stringify(problems).length).toBeLessThan(1500);
    }
  });
});

describe('lists of observed objects', () => {
  it('are sorted by code units, whatever their order in the request', () => {
    const map = { 'b.v1': { 'n/b': 1, 'n/a': 2, 'n/B': 3 }, 'a.v1': { 'z-y/x': 4, 'z/x': 5 } };
    expect(observedObjects(map).map(({ mapKey: kind, key }) => `${kind} ${key}`)).toEqual([
      'a.v1 z-y/x',
      'a.v1 z/x',
      'b.v1 n/B',
      'b.v1 n/a',
      'b.v1 n/b',
    ]);
  });
});

describe('the keys __proto__, constructor and prototype', () => {
  it('are ordinary data anywhere in the body', async () => {
    const hostile = '{"__proto__":{"spec":1},"constructor":{"prototype":{"x":1}}}';
    const recorded = JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new'));
    const body = recorded
      .replace('"spec":{"model"', `"spec":{"__proto__":{"gatewayRoute":{"timeout":"1s"}},"model"`)
      .replace('"related":{}', `"related":{"__proto__":${hostile}},"__proto__":${hostile}`)
      .replace('"metadata":{"creationTimestamp"', `"metadata":{"labels":{"__proto__":"x"},"creationTimestamp"`);
    expect(body.match(/__proto__/g)).toHaveLength(6);
    const { post } = testService();
    const plain = await post('/kaos-routes/sync', recorded);
    expect(await post('/kaos-routes/sync', body)).toEqual({ code: 200, text: plain.text });
    expect(Object.prototype).not.toHaveProperty('x');
  });
});

describe('a hook call', () => {
  it('gets the same bytes again, whatever the order of its keys', async () => {
    const { post } = testService();
    const body = recordedBody('decorator-sync-agent-research.lead-children');
    const reversed = Object.fromEntries(Object.entries(body).reverse());
    expect(await post('/kaos-routes/sync', reversed)).toEqual(await post('/kaos-routes/sync', body));
  });

  it('gives the controller its time in whole seconds', async () => {
    const { post } = testService({}, [testController({})]);
    const { text } = await post('/test/sync', recordedBody('decorator-sync-agent-research.helper-new'));
    expect(JSON.parse(text).attachments[0].data.now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('is not changed by validation: numbers stay numbers, unknown fields stay', async () => {
    let seen: unknown;
    const controller = testController({
      sync: ({ parent }) => {
        seen = parent;
        return { outcome: 'release', reason: 'Seen', status: null, problems: [] };
      },
    });
    const { post } = testService({}, [controller]);
    const body = recordedBody('decorator-sync-agent-research.helper-new');
    const object = { ...(body['object'] as object), extra: { a: '5', b: 5, c: null } };
    expect((await post('/test/sync', { ...body, object, more: 1 })).code).toBe(200);
    expect(seen).toEqual(object);
  });
});
