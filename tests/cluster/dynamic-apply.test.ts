import { describe, expect, it } from 'vitest';
import { dynamicApplyChanges, type Json, merge } from './support/dynamic-apply.ts';

/** The rules are Metacontroller's: https://metacontroller.github.io/metacontroller/api/apply.html */
describe('the merge of dynamic apply', () => {
  it.each<[string, { observed: Json; last?: Json; desired: Json; merged: Json }]>([
    ['keeps fields that others set', { observed: { a: 1, b: 2 }, desired: { a: 3 }, merged: { a: 3, b: 2 } }],
    [
      'removes fields that were desired last and are not desired now',
      { observed: { a: 1, b: 2 }, last: { a: 1, b: 2 }, desired: { a: 1 }, merged: { a: 1 } },
    ],
    [
      'merges lists of objects by a common key, in the observed order',
      {
        observed: [{ name: 'x', set: 1 }, { name: 'y' }],
        last: [{ name: 'x' }],
        desired: [{ name: 'z' }, { name: 'x', mine: 2 }],
        merged: [{ name: 'x', set: 1, mine: 2 }, { name: 'y' }, { name: 'z' }],
      },
    ],
    [
      'uses the port as the key before the name, so that two protocols of one port become one',
      {
        observed: [{ port: 53, name: 'tcp' }],
        desired: [
          { port: 53, name: 'tcp' },
          { port: 53, name: 'udp' },
        ],
        merged: [{ port: 53, name: 'udp' }],
      },
    ],
    [
      'replaces lists of objects without a common key, and lists of scalars',
      {
        observed: { rules: [{ set: 1, path: '/' }, { set: 1 }], words: ['b', 'a'] },
        desired: { rules: [{ path: '/' }], words: ['a', 'b'] },
        merged: { rules: [{ path: '/' }], words: ['a', 'b'] },
      },
    ],
    [
      'keeps a value if the desired value has another type',
      { observed: { a: { b: 1 } }, desired: { a: 'x' }, merged: { a: { b: 1 } } },
    ],
  ])('%s', (_rule, { observed, last = {}, desired, merged }) => {
    expect(merge(observed, last, desired)).toEqual(merged);
  });

  it('lists all changes except those of the status and of fields that belong to the API server', () => {
    const observed = {
      metadata: { name: 'x', uid: '1', resourceVersion: '2' },
      spec: { cpu: '500m', set: true },
      status: {},
    };
    expect(
      dynamicApplyChanges(observed, { metadata: { name: 'x', uid: '3' }, spec: { cpu: '500m' }, status: { a: 1 } }),
    ).toEqual([]);
    expect(dynamicApplyChanges(observed, { metadata: { name: 'x' }, spec: { cpu: '0.5' } })).toEqual([
      '- "cpu": "500m",',
      '+ "cpu": "0.5",',
    ]);
    expect(dynamicApplyChanges(observed, { metadata: { name: 'x' }, spec: { word: null } })).toEqual([
      '+ "word": null',
    ]);
  });
});
