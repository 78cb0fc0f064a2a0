import { describe, expect, it } from 'vitest';
import { clean } from '../../../../controllers/kubernetes/objects/clean.ts';

describe('a cleaned object', () => {
  it('has sorted keys and lacks what the API server drops: empty labels, annotations and lists, and nulls', () => {
    const object = { metadata: { labels: {}, annotations: {}, name: 'x' }, args: [], b: null, a: [null, [], 'y'] };
    expect(JSON.stringify(clean(object))).toBe('{"a":["y"],"metadata":{"name":"x"}}');
  });

  it.each(['labels', 'annotations'])('keeps the key %s in a map of strings, even if its value is empty', (key) => {
    expect(clean({ nodeSelector: { [key]: '' } })).toEqual({ nodeSelector: { [key]: '' } });
  });
});
