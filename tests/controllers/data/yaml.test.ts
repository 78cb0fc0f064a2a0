import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readYaml, toQuotedYaml } from '../../../controllers/data/yaml.ts';

const read = (value: unknown, repeated: readonly string[] = []) => ({ outcome: 'read', value, repeated });
const refused = (why: string) => ({ outcome: 'refused', why });

describe('readYaml', () => {
  it.each<[string, string, unknown]>([
    ['texts and nulls', 'a: 1\nb: ~\nc:\n', { a: '1', b: null, c: null }],
    ['lists, maps and long texts', '- [a: b, c]\n- x: |\n   a\n   b\n', [[{ a: 'b' }, 'c'], { x: 'a\nb\n' }]],
    ['an empty text', '', null],
    ['comments', '# c\n', null],
    ['an alias, also as a key', '&q a: &v [1]\nb: *v\n*q : 2\n', { a: '2', b: ['1'] }],
    ['an anchor that is set again', '- &a 1\n- *a\n- &a 2\n- *a\n', ['1', '1', '2', '2']],
    ['a merge key', 'a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\n', { a: { b: '1', c: '2' }, d: { b: '1', c: '3' } }],
    ['a merge key after the fields', 'a: &a {b: 1}\nd: {b: 3, <<: *a}\n', { a: { b: '1' }, d: { b: '3' } }],
    ['a merge of several maps, of which the first wins', 'a: {<<: [{b: 1}, {b: 2, c: 3}]}', { a: { b: '1', c: '3' } }],
    ['a merge key in quotes, which is a name', '"<<": 1', { '<<': '1' }],
    ['names that objects have', 'constructor: 1\ntoString: 2\n', { constructor: '1', toString: '2' }],
  ])('reads %s', (_what, text, value) => {
    const reading = readYaml(text);
    expect(reading).toMatchObject({ outcome: 'read', repeated: [] });
    expect(reading.outcome === 'read' && JSON.parse(JSON.stringify(reading.value))).toEqual(value);
  });

  it('tells each repeated key with its place, and takes the last one', () => {
    expect(readYaml('a: 1\nb: {c: 1, c: 2}\na: 3\na: 4\n')).toEqual(
      read({ a: '4', b: { c: '2' } }, [
        'Map keys must be unique at line 2, column 11',
        'Map keys must be unique at line 3, column 1',
        'Map keys must be unique at line 4, column 1',
      ]),
    );
  });

  it.each<[string, string, string]>([
    [
      'a syntax error',
      'a: [1',
      'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6',
    ],
    ['several documents', 'a: 1\n---\nb: 2\n', 'expected one document, without another one after a line ---'],
    ['an alias of nothing', 'a: *b\n', 'the alias *b needs an anchor &b that ends before it'],
    ['an alias of what it is in', 'a: &b [*b]\n', 'the alias *b needs an anchor &b that ends before it'],
    ['a merge of a text', 'a: {<<: b}\n', 'the merge key << needs a map or a list of maps'],
    ['a map as a key', '? {a: 1}\n: 2\n', 'a list or a map cannot be a key'],
    ['many parts', 'k: 1\n'.repeat(100_000), 'expected at most 30000 words, spaces, line breaks and punctuation marks'],
    ['deep nesting', `${'['.repeat(101)}${']'.repeat(101)}`, 'expected at most 100 levels of nesting'],
    ['deep nesting of block lists', `${'- '.repeat(101)}1\n`, 'expected at most 100 levels of nesting'],
  ])('refuses %s', (_what, text, why) => {
    expect(readYaml(text)).toEqual(refused(why));
  });

  it('refuses aliases that multiply, before it has written them out', () => {
    const levels = Array.from({ length: 10 }, (_, level) => `- &l${level + 1} [${`*l${level}, `.repeat(10)}]\n`);
    expect(readYaml(`- &l0 [1]\n${levels.join('')}`)).toEqual(
      refused('expected at most 100000 values, with aliases written out'),
    );
    const merged = Array.from({ length: 1500 }, () => '- {<<: *a}\n').join('');
    const keys = Array.from({ length: 200 }, (_, index) => `k${index}: 1, `).join('');
    expect(readYaml(`- &a {${keys}}\n${merged}`)).toEqual(
      refused('expected at most 100000 values, with aliases written out'),
    );
  });

  it('reads 99 levels of nesting', () => {
    expect(readYaml(`${'['.repeat(99)}${']'.repeat(99)}`)).toMatchObject({ outcome: 'read' });
  });
});

describe('toQuotedYaml', () => {
  it.each([
    { model_list: [] },
    {
      model_list: [{ model_name: 'a"b\\\u0007', litellm_params: { model: 'x/y', api_base: 'q' } }, { model_name: '' }],
    },
    { a: { b: { c: [{ d: 'e: f', g: { h: '- i' } }] } }, j: '' },
  ])('writes what the library would: %j', (map) => {
    const written = stringify(map, {
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      doubleQuotedAsJSON: true,
    });
    expect(toQuotedYaml(map)).toBe(written);
  });
});
