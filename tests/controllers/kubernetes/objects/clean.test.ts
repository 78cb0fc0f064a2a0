import { describe, expect, it } from 'vitest';
import { clean } from '../../../../controllers/kubernetes/objects/clean.ts';

describe('what is cleaned of what the API server drops', () => {
  it('loses empty labels and annotations, lists and nulls, and has its keys in order', () => {
    const object = { metadata: { labels: {}, annotations: {}, name: 'x' }, args: [], b: null, a: [null, [], 'y'] };
    expect(JSON.stringify(clean(object))).toBe('{"a":["y"],"metadata":{"name":"x"}}');
  });

  it.each(['labels', 'annotations'])('keeps the key %s of a map of texts, which may be empty', (key) => {
    expect(clean({ nodeSelector: { [key]: '' } })).toEqual({ nodeSelector: { [key]: '' } });
  });
});
