import { describe, expect, it } from 'vitest';
import { applied } from '../../../webhooks/replay/applied.ts';
import { changedPaths } from '../../../webhooks/replay/changed-paths.ts';

const NAME = { name: 'a', namespace: 'n' };

/** A child in a cluster: its fields, those that Metacontroller owns, and those of another manager. */
const child = (fields: object, own: object | undefined, others: object = {}) => ({
  ...fields,
  metadata: {
    ...NAME,
    annotations: { 'metacontroller.k8s.io/decorator-controller': 'x', mine: '1' },
    ownerReferences: [{ uid: 'u' }],
    ...(own && {
      managedFields: [
        {
          manager: 'metacontroller',
          operation: 'Apply',
          fieldsV1: {
            'f:metadata': {
              'f:annotations': { 'f:metacontroller.k8s.io/decorator-controller': {}, 'f:mine': {} },
              'f:ownerReferences': { 'k:{"uid":"u"}': {} },
            },
            ...own,
          },
        },
        { manager: 'other', operation: 'Update', fieldsV1: others },
        { manager: 'metacontroller', operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': {} } },
      ],
    }),
  },
});

const annotated = { metadata: { ...NAME, annotations: { mine: '1' } } };
/** The paths that change if this answer is applied. */
const changes = (observed: ReturnType<typeof child>, answer: object) =>
  changedPaths(observed, applied(observed, { ...annotated, ...answer }));

const OWNED_LIST = {
  'f:spec': {
    'f:list': { 'k:{"name":"a"}': { '.': {}, 'f:name': {}, 'f:v': {} }, 'k:{"name":"b"}': { '.': {}, 'f:name': {} } },
  },
};
const LIST = { spec: { list: [{ name: 'a', v: 1, added: true }, { name: 'b' }, { name: 'injected' }] } };
const PORTS = { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } } } };

describe('applied to a child, an answer', () => {
  it.each<[string, ReturnType<typeof child>, object, readonly string[]]>([
    [
      'that it has already changes nothing',
      child({ spec: { a: 1, byDefault: 2 } }, { 'f:spec': { 'f:a': {} } }),
      { spec: { a: 1 } },
      [],
    ],
    [
      'sets its fields',
      child({ spec: { a: 1 } }, { 'f:spec': { 'f:a': {} } }),
      { spec: { a: 2, b: 3 } },
      ['spec.a', 'spec.b'],
    ],
    [
      'drops a field of an earlier answer',
      child({ spec: { a: 1, b: 2 } }, { 'f:spec': { 'f:a': {}, 'f:b': {} } }),
      { spec: { a: 1 } },
      ['spec.b'],
    ],
    [
      'keeps what the API server gives again to a field of an earlier answer',
      child(
        { spec: { dnsPolicy: 'ClusterFirst', schedulerName: 'mine' } },
        { 'f:spec': { 'f:dnsPolicy': {}, 'f:schedulerName': {} } },
      ),
      { spec: {} },
      ['spec.schedulerName'],
    ],
    [
      'drops a map of an earlier answer, but not what others have in it',
      child(
        { spec: { map: { a: 1, b: 2 } } },
        { 'f:spec': { 'f:map': { 'f:a': {} } } },
        { 'f:spec': { 'f:map': { 'f:b': {} } } },
      ),
      { spec: {} },
      ['spec.map.a'],
    ],
    [
      'keeps a field that another manager owns too',
      child({ spec: { a: 1 } }, { 'f:spec': { 'f:a': {} } }, { 'f:spec': { 'f:a': {} } }),
      { spec: {} },
      [],
    ],
    [
      'merges a list by its keys, and keeps the items of others',
      child(LIST, OWNED_LIST),
      { spec: { list: [{ name: 'a', v: 1 }, { name: 'b' }] } },
      [],
    ],
    [
      'drops an item and a field of an item',
      child(LIST, OWNED_LIST),
      { spec: { list: [{ name: 'a' }] } },
      ['spec.list'],
    ],
    ['drops all items of its own', child(LIST, OWNED_LIST), { spec: {} }, ['spec.list']],
    [
      'knows an item by a key with a default',
      child({ spec: { ports: [{ port: 80, protocol: 'TCP' }] } }, PORTS),
      { spec: { ports: [{ port: 80 }] } },
      [],
    ],
    [
      'replaces a list as a whole, to which the API server adds values again',
      child(
        { spec: { rules: [{ backend: { name: 'a', weight: 1, group: '' }, timeout: '1s' }] } },
        { 'f:spec': { 'f:rules': {} } },
      ),
      { spec: { rules: [{ backend: { name: 'a' } }] } },
      ['spec.rules[0].timeout'],
    ],
    [
      'replaces a map as a whole',
      child({ spec: { ref: { name: 'a', optional: true, apiVersion: 'v1' } } }, { 'f:spec': { 'f:ref': {} } }),
      { spec: { ref: { name: 'a' } } },
      ['spec.ref.optional'],
    ],
    [
      'drops only fields that are known to be its own',
      child({ spec: { a: 1, b: 2, containers: [{ name: 'x', image: 'y' }, { name: 'injected' }] } }, undefined),
      { spec: { a: 1, containers: [{ name: 'x', image: 'z' }] } },
      ['spec.containers[0].image'],
    ],
    [
      'names keys with dots in brackets',
      child({ data: { 'a.json': '1' } }, { 'f:data': { 'f:a.json': {} } }),
      { data: { 'a.json': '2' } },
      ['data["a.json"]'],
    ],
  ])('%s', (_what, observed, answer, paths) => {
    expect(changes(observed, answer)).toEqual(paths);
  });

  it('has the items of a list in its order, and those of others where they are', () => {
    const after = applied(child(LIST, OWNED_LIST), { spec: { list: [{ name: 'c' }, { name: 'b' }, { name: 'a' }] } });
    const { list } = after['spec'] as typeof LIST.spec;
    expect(list.map(({ name }) => name)).toEqual(['c', 'b', 'injected', 'a']);
  });

  it('drops annotations of its own, and neither those of Metacontroller nor the owner', () => {
    const observed = child({}, {});
    expect(changedPaths(observed, applied(observed, { metadata: NAME }))).toEqual(['metadata.annotations.mine']);
  });
});
