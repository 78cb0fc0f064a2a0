import { describe, expect, it } from 'vitest';
import type { DesiredObject, RelatedRule, Reply } from '../../../controllers/contract.ts';
import { testController } from '../../support/controllers.ts';
import { recordedBody } from '../../support/recordings.ts';
import { testService } from '../../support/service.ts';

const BODY = recordedBody('decorator-sync-agent-research.helper-new');

interface Changes {
  readonly metadata?: object;
  readonly [field: string]: unknown;
}

/** A good ConfigMap with some fields changed; the type does not keep out what the guard is there for. */
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

describe('the guard holds back', () => {
  it.each<[string, unknown[], string, string]>([
    ['a null child', [null], 'NotJson', 'attachments[0]'],
    ['an undefined child', [undefined], 'NotJson', 'attachments[0]'],
    ['a null deep in a child', [child({ data: { a: [{ b: null }] } })], 'NotJson', 'attachments[0].data.a[0].b'],
    ['an undefined in a child', [child({ data: { a: undefined } })], 'NotJson', 'attachments[0].data.a'],
    ['a number that JSON has no word for', [child({ data: { a: Number.NaN } })], 'NotJson', 'attachments[0].data.a'],
    ['a function', [child({ data: { a: () => 1 } })], 'NotJson', 'attachments[0].data.a'],
    ['no apiVersion', [child({ apiVersion: '' })], 'Incomplete', 'attachments[0].apiVersion'],
    ['no kind', [child({ kind: '' })], 'Incomplete', 'attachments[0].kind'],
    ['no name', [child({ metadata: { name: '' } })], 'Incomplete', 'attachments[0].metadata.name'],
    ['no metadata', [{ apiVersion: 'v1', kind: 'ConfigMap' }], 'Incomplete', 'attachments[0].metadata.name'],
    [
      'another namespace',
      [child({ metadata: { namespace: 'b' } })],
      'OtherNamespace',
      'attachments[0].metadata.namespace',
    ],
    ['a kind that is not declared', [child({ kind: 'Secret' })], 'UndeclaredKind', 'attachments[0].kind'],
    ['another version of a kind', [child({ apiVersion: 'v2' })], 'UndeclaredKind', 'attachments[0].kind'],
    ['a duplicate', [child(), child({ metadata: { name: 'b' } }), child()], 'Duplicate', 'attachments[2]'],
    ['status', [child({ status: {} })], 'ServerField', 'attachments[0].status'],
    [
      'ownerReferences',
      [child({ metadata: { ownerReferences: [1] } })],
      'ServerField',
      'attachments[0].metadata.ownerReferences',
    ],
    [
      'resourceVersion',
      [child({ metadata: { resourceVersion: '1' } })],
      'ServerField',
      'attachments[0].metadata.resourceVersion',
    ],
    [
      'generateName',
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
      "an env variable's empty value",
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
  ])('%s', async (_what, children, rule, at) => {
    const { code, text, violations, metrics } = await answer(children);
    expect({ code, text }).toEqual({ code: 500, text: 'the answer broke a rule of the guard; see the log' });
    expect(violations).toContainEqual({ rule, at });
    expect(metrics).toContain(`agent_gateway_hooks_guard_violations_total{controller="test",rule="${rule}"} `);
  });

  it('a null in a status', async () => {
    expect(await answer([child()], { conditions: [null] })).toMatchObject({
      code: 500,
      violations: [{ rule: 'NotJson', at: 'status.conditions[0]' }],
    });
  });

  it.each<[string, RelatedRule, string, string]>([
    ['names that are empty', { apiVersion: 'v1', resource: 'configmaps', names: [] as never }, 'EmptyValue', 'names'],
    ['a kind that is not declared', { apiVersion: 'v1', resource: 'secrets' }, 'UndeclaredKind', 'resource'],
    ['a null', { apiVersion: 'v1', resource: 'configmaps', namespace: null as never }, 'NotJson', 'namespace'],
  ])('a related rule with %s', async (_what, related, rule, field) => {
    const { post, lines } = testService({}, [testController({ customize: () => [related] })]);
    const { code } = await post('/test/customize', { controller: {}, parent: BODY['object'] });
    expect(code).toBe(500);
    expect(lines.find(({ msg }) => msg === 'hook call')).toMatchObject({
      violations: [{ rule, at: `relatedResources[0].${field}` }],
    });
  });
});

describe('the guard lets pass', () => {
  it.each<[string, unknown[]]>([
    ['emptyDir: {}', [child({ spec: { volumes: [{ name: 'a', emptyDir: {} }] } })]],
    ['backendRefs.group: ""', [child({ spec: { rules: [{ backendRefs: [{ group: '', name: 'a' }] }] } })]],
    [
      'an annotation with a name like a path',
      [child({ metadata: { annotations: { 'env[0].value': '', value: '' } } })],
    ],
    ["data that is called 'labels'", [child({ data: { labels: 'x', annotations: { a: 'b' } } })]],
    ['two children of one name and two kinds of metadata', [child(), child({ metadata: { name: 'b' } })]],
    ['false, 0 and an empty text', [child({ data: { a: false, b: 0, c: '' } })]],
  ])('%s', async (_what, children) => {
    expect(await answer(children, { conditions: [] })).toMatchObject({ code: 200, violations: undefined });
  });
});
