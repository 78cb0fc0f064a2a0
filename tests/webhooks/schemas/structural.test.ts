import { expect, it } from 'vitest';
import { checkerOf } from '../../../webhooks/schemas/check-document.ts';
import { EVERYTHING, SPECS } from '../../support/structural-schemas.ts';

const check = checkerOf({
  type: 'object',
  properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, spec: EVERYTHING },
});

// tests/cluster/schemas.test.ts holds that a real API server finds the same.
it.each(SPECS)('a spec $spec has the faults of any structural schema', ({ spec, unknown = [], refused = [] }) => {
  const { object, faults } = check({ apiVersion: 'test.example.com/v1', kind: 'Everything', spec });
  const paths = faults.map((fault) => fault.split(':')[0]?.replace('spec.', ''));
  expect(paths.sort()).toEqual([...unknown, ...refused].sort());
  expect(object === undefined).toBe(refused.length > 0);
});

it('a value of two alternatives is a fault', () => {
  const { faults } = check({
    apiVersion: 'test.example.com/v1',
    kind: 'Everything',
    spec: { either: { one: 'a', other: 'b' } },
  });
  expect(faults).toEqual([expect.stringContaining('spec.either: ')]);
});

it('nulls of nullable fields stay, and others go', () => {
  const spec = { nullable: null, port: null, open: { extra: null, known: null } };
  const { object } = check({ apiVersion: 'test.example.com/v1', kind: 'Everything', spec });
  expect(object?.spec).toEqual({ nullable: null, open: { extra: null } });
});
