import { describe, expect, it } from 'vitest';
import type { DesiredObject, RelatedRule, Reply } from '../../../controllers/contract.ts';
import { guardSync } from '../../../webhooks/guard/guard.ts';
import { testController } from '../../support/controllers.ts';
import { recordedBody } from '../../support/recordings.ts';
import { testService } from '../../support/service.ts';

const BODY = recordedBody('decorator-sync-agent-research.helper-new');

interface Changes {
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** A valid ConfigMap with some fields changed. The types allow what the guard must reject. */
function child({ metadata, ...fields }: Changes = {}): DesiredObject {
  const good = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'research', ...metadata } };
  return { ...good, ...fields };
}

async function answer(children: readonly unknown[], status: unknown = null) {
  const reply = { outcome: 'apply', children, status, problems: [] } as unknown as Reply;
  const { admin, post, lines } = testService({}, [testController({ sync: () => reply })]);
  const { code, text } = await post('/test/sync', BODY);
  const line = lines.find(({ msg }) => msg === 'hook call');
  const metrics = (await admin.inject('/metrics')).body;
  return { code, text, violations: line?.['violations'] as { rule: string; at: string }[] | undefined, metrics };
}

const deployment = (containers: unknown[]) => child({ spec: { template: { spec: { containers } } } });

describe('the guard', () => {
  it.each<[string, unknown[], string, string]>([
    ['a null child', [null], 'NotJson', 'attachments[0]'],
    ['an undefined child', [undefined], 'NotJson', 'attachments[0]'],
    ['a null deep in a child', [child({ data: { a: [{ b: null }] } })], 'NotJson', 'attachments[0].data.a[0].b'],
    ['an undefined in a child', [child({ data: { a: undefined } })], 'NotJson', 'attachments[0].data.a'],
    ['a number that JSON cannot express', [child({ data: { a: Number.NaN } })], 'NotJson', 'attachments[0].data.a'],
    ['a function', [child({ data: { a: () => 1 } })], 'NotJson', 'attachments[0].data.a'],
    ['a missing apiVersion', [child({ apiVersion: '' })], 'Incomplete', 'attachments[0].apiVersion'],
    ['a missing kind', [child({ kind: '' })], 'Incomplete', 'attachments[0].kind'],
    ['a missing name', [child({ metadata: { name: '' } })], 'Incomplete', 'attachments[0].metadata.name'],
    ['missing metadata', [{ apiVersion: 'v1', kind: 'ConfigMap' }], 'Incomplete', 'attachments[0].metadata.name'],
    [
      'a child in another namespace',
      [child({ metadata: { namespace: 'b' } })],
      'OtherNamespace',
      'attachments[0].metadata.namespace',
    ],
    ['a child of an undeclared kind', [child({ kind: 'Secret' })], 'UndeclaredKind', 'attachments[0].kind'],
    ['a child of another version of its kind', [child({ apiVersion: 'v2' })], 'UndeclaredKind', 'attachments[0].kind'],
    ['a duplicate', [child(), child({ metadata: { name: 'b' } }), child()], 'Duplicate', 'attachments[2]'],
    ['a child with a status', [child({ status: {} })], 'ServerField', 'attachments[0].status'],
    [
      'a child with ownerReferences',
      [child({ metadata: { ownerReferences: [1] } })],
      'ServerField',
      'attachments[0].metadata.ownerReferences',
    ],
    [
      'a child with a resourceVersion',
      [child({ metadata: { resourceVersion: '1' } })],
      'ServerField',
      'attachments[0].metadata.resourceVersion',
    ],
    [
      'a child with a generateName',
      [child({ metadata: { generateName: 'a' } })],
      'ServerField',
      'attachments[0].metadata.generateName',
    ],
    ['an empty list', [child({ data: { a: [] } })], 'EmptyValue', 'attachments[0].data.a'],
    ['empty labels', [child({ metadata: { labels: {} } })], 'EmptyValue', 'attachments[0].metadata.labels'],
    [
      'empty annotations',
      [child({ metadata: { annotations: {} } })],
      'EmptyValue',
      'attachments[0].metadata.annotations',
    ],
    [
      "a pod template's empty labels",
      [child({ spec: { template: { metadata: { labels: {} } } } })],
      'EmptyValue',
      'attachments[0].spec.template.metadata.labels',
    ],
    [
      'an environment variable with an empty value',
      [
        deployment([
          {
            name: 'a',
            env: [
              { name: 'A', value: 'x' },
              { name: 'B', value: '' },
            ],
          },
        ]),
      ],
      'EmptyValue',
      'attachments[0].spec.template.spec.containers[0].env[1].value',
    ],
  ])('rejects %s', async (_what, children, rule, at) => {
    const { code, text, violations, metrics } = await answer(children);
    expect({ code, text }).toEqual({ code: 500, text: 'the answer broke a rule of the guard; see the log' });
    expect(violations).toContainEqual({ rule, at });
    expect(metrics).toContain(`agent_gateway_hooks_guard_violations_total{controller="test",rule="${rule}"} `);
  });

  it('rejects a null in a status', async () => {
    expect(await answer([child()], { conditions: [null] })).toMatchObject({
      code: 500,
      violations: [{ rule: 'NotJson', at: 'status.conditions[0]' }],
    });
  });

  it.each<[string, RelatedRule, string, string]>([
    ['an empty list of names', { apiVersion: 'v1', resource: 'configmaps', names: [] as never }, 'EmptyValue', 'names'],
    ['an undeclared kind', { apiVersion: 'v1', resource: 'secrets' }, 'UndeclaredKind', 'resource'],
    ['a null', { apiVersion: 'v1', resource: 'configmaps', namespace: null as never }, 'NotJson', 'namespace'],
  ])('rejects a related rule with %s', async (_what, related, rule, field) => {
    const { post, lines } = testService({}, [testController({ customize: () => [related] })]);
    const { code } = await post('/test/customize', { controller: {}, parent: BODY['object'] });
    expect(code).toBe(500);
    expect(lines.find(({ msg }) => msg === 'hook call')).toMatchObject({
      violations: [{ rule, at: `relatedResources[0].${field}` }],
    });
  });
});

describe('the guard with a large child', () => {
  /** A list in an object in an object, and so on. */
  const nested = (items: readonly unknown[]) => {
    let value: unknown = items;
    for (let level = 0; level < 5000; level += 1) {
      value = { a: value };
    }
    return value;
  };
  const guarded = (value: unknown) => {
    const reply = { outcome: 'apply', children: [child({ data: value })], status: null, problems: [] } as const;
    return guardSync(reply as unknown as Reply, { namespace: 'research' }, testController({}));
  };

  it('accepts 200,000 values that are 5,000 levels deep', () => {
    expect(guarded(nested(Array(200_000).fill(1)))).toEqual([]);
  });

  it('reports the first hundred of many wrong values, each with its path', () => {
    const violations = guarded(nested(Array(200_000).fill(null)));
    expect(violations).toHaveLength(100);
    expect(violations[99]).toEqual({ rule: 'NotJson', at: `attachments[0].data${'.a'.repeat(5000)}[99]` });
  });
});

describe('the guard with valid children', () => {
  it.each<[string, unknown[]]>([
    ['emptyDir: {}', [child({ spec: { volumes: [{ name: 'a', emptyDir: {} }] } })]],
    ['backendRefs.group: ""', [child({ spec: { rules: [{ backendRefs: [{ group: '', name: 'a' }] }] } })]],
    [
      'annotations with names that look like field paths',
      [child({ metadata: { annotations: { 'env[0].value': '', value: '' } } })],
    ],
    ["data with the keys 'labels' and 'annotations'", [child({ data: { labels: 'x', annotations: { a: 'b' } } })]],
    ['two children with different names', [child(), child({ metadata: { name: 'b' } })]],
    ['false, 0 and an empty string', [child({ data: { a: false, b: 0, c: '' } })]],
  ])('accepts %s', async (_what, children) => {
    expect(await answer(children, { conditions: [] })).toMatchObject({ code: 200, violations: undefined });
  });
});
