import { describe, expect, it } from 'vitest';
import { callMaker } from './fuzz/bodies.ts';
import { allHooks } from './fuzz/corpus.ts';
import { growsTooMuch } from './fuzz/growth.ts';
import { whyWrong } from './fuzz/judge.ts';
import { count, rarelyReached, type Tally } from './fuzz/tally.ts';

const hooks = allHooks();
const COUNT = 300;

describe('the bodies of npm run fuzz', () => {
  it('are for every hook, each of which has valid bodies to begin with', () => {
    expect(hooks.length).toBeGreaterThanOrEqual(14);
    expect(hooks.filter(({ bodies }) => bodies.length === 0)).toEqual([]);
  });

  it('are the same for the same seed, and others for another', () => {
    const bodiesOf = (seed: number) => {
      const callOf = callMaker(hooks, seed);
      return Array.from({ length: COUNT }, (_, index) => {
        const { path, headers, body } = callOf(index);
        return { path, headers, body: body.toString('base64') };
      });
    };
    const first = bodiesOf(1);
    expect(bodiesOf(1)).toEqual(first);
    expect(bodiesOf(2)).not.toEqual(first);
  });
});

describe('the judge of npm run fuzz', () => {
  const hook = hooks.find(({ name }) => name === 'kaos-routes/sync') ?? (hooks[0] as (typeof hooks)[number]);
  const customize = hooks.find(({ name }) => name === 'agent-gateway/customize') ?? hook;
  const request = { object: { metadata: { namespace: 'a', name: 'b' } } };
  const call = (of = hook) => ({
    ...{ index: 0, hook: of, path: `/${of.name}`, headers: {}, isHalved: false },
    body: Buffer.from(JSON.stringify(request)),
  });
  const child = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { namespace: 'a', name: 'c' },
  };
  const judge = (answer: object | string, code = 200, ms = 1) =>
    whyWrong(call(), { code, text: typeof answer === 'string' ? answer : JSON.stringify(answer), ms });

  it('accepts a valid answer, and a refusal on one line', () => {
    expect(judge({ attachments: [child], status: null })).toBeUndefined();
    expect(judge('object.spec: expected object', 400)).toBeUndefined();
  });

  it.each<[string, object | string, number?, number?]>([
    ['a 500', 'internal error', 500],
    ['no answer', 'socket hang up', 0],
    ['a refusal of two lines', 'a\nb', 400],
    ['a refusal without a text', '', 400],
    ['a slow answer', { attachments: [], status: null }, 200, 1001],
    ['children that are missing', { status: null }],
    ['an unknown field', { attachments: [], status: null, error: 'x' }],
    ['a null among children', { attachments: [null], status: null }],
    ['a null in a child', { attachments: [{ ...child, spec: { a: [null] } }], status: null }],
    ['a null in the status', { attachments: [], status: { a: null } }],
    ['a child of another kind', { attachments: [{ ...child, kind: 'Pod' }], status: null }],
    [
      'a child in another namespace',
      { attachments: [{ ...child, metadata: { namespace: 'x', name: 'c' } }], status: null },
    ],
    ['a child without a name', { attachments: [{ ...child, metadata: { namespace: 'a' } }], status: null }],
    ['two children of one name', { attachments: [child, child], status: null }],
    ['a field of the server', { attachments: [{ ...child, status: {} }], status: null }],
  ])('refuses %s', (_what, answer, code, ms) => {
    expect(judge(answer, code, ms)).toEqual(expect.any(String));
  });

  it('refuses rules of customize for a kind that is not declared', () => {
    const rules = (rule: object | null) =>
      whyWrong(call(customize), { code: 200, text: JSON.stringify({ relatedResources: [rule] }), ms: 1 });
    const known = { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', resource: 'agents' };
    expect(rules(known)).toBeUndefined();
    expect(rules({ ...known, names: [] })).toEqual(expect.any(String));
    expect(rules({ apiVersion: 'v1', resource: 'pods' })).toEqual(expect.any(String));
    expect(rules(null)).toEqual(expect.any(String));
  });
});

describe('a run of npm run fuzz', () => {
  it('fails if too few bodies of a hook come as far as its controller', () => {
    const tally: Tally = new Map();
    for (let index = 0; index < 10; index += 1) {
      count(tally, 'often', 200, index < 5 ? 'answered' : 'refused before');
      count(tally, 'rarely', 400, index < 3 ? 'refused by the controller' : 'refused before');
    }
    expect(rarelyReached(tally)).toEqual(['rarely']);
  });

  it('fails if memory grows after the warm-up', () => {
    const samples = (slope: number) => Array.from({ length: 40 }, (_, at) => 100 + slope * at + 10 * (at % 3));
    expect(growsTooMuch(samples(0))).toBe(false);
    expect(growsTooMuch(samples(5))).toBe(true);
    expect(growsTooMuch(Array.from({ length: 40 }, (_, at) => (at < 16 ? at * 20 : 300)))).toBe(false);
  });
});
