import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsedMiB } from '../../../webhooks/server/body-memory.ts';
import { scanBody } from '../../../webhooks/server/body-scan.ts';
import { agents } from '../../bench/agents.ts';
import { bodyOf } from '../../bench/calls.ts';
import { gateway, gatewayClass, OURS } from '../../support/gateways.ts';

const scan = (text: string) => scanBody(Buffer.from(text));

/** The same counts, told from the parsed value. */
function countsOf(value: unknown) {
  const counts = { containers: 0, commas: 0, names: 0 };
  const forms = new Set<string>();
  const walk = (inside: unknown) => {
    if (typeof inside !== 'object' || inside === null) {
      return;
    }
    const values = Object.values(inside);
    counts.containers += 1;
    counts.commas += Math.max(0, values.length - 1);
    if (!Array.isArray(inside)) {
      const names = Object.keys(inside);
      counts.names += names.length;
      names.forEach((_name, index) => {
        forms.add(JSON.stringify(names.slice(0, index + 1)));
      });
    }
    values.forEach(walk);
  };
  walk(value);
  return { ...counts, forms: forms.size };
}

describe('the scan of a body', () => {
  it('counts what a parser finds, whatever is in texts and however it is indented', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const { forms, ...expected } = countsOf(JSON.parse(text));
        const found = scan(text);
        expect(found).toMatchObject(expected);
        // Two forms may fall on the same bit.
        expect(Math.abs(found.forms - forms)).toBeLessThanOrEqual(3);
      }),
      { numRuns: 500 },
    );
  });

  it('counts each beginning of objects once', () => {
    expect(scan('[{"a":0,"b":0},{"a":1,"b":[]},{"b":0,"a":0},{"a":{"b":0}}]').forms).toBe(4);
    expect(scan('[{"a" : 0}, {"a"\n:0}]').forms).toBe(1);
    expect(scan('{"a\\":\\"":0,"b":"\\\\"}')).toMatchObject({ names: 2, commas: 1 });
  });

  it('takes a name that begins with an escape as one that may begin with a digit', () => {
    expect(scan(String.raw`[{"\u0031":0},{"16":0},{"x1":0}]`).numericNames).toBe(2);
  });

  it('reads true and false as fast as other values', () => {
    const timeOf = (value: string) => {
      const body = Buffer.from(`[${Array.from({ length: 500_000 }, () => value)}]`);
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now();
        scanBody(body);
        return performance.now() - start;
      });
      return Math.min(...times);
    };
    expect(timeOf('true') / timeOf('null')).toBeLessThan(3);
  });

  it('estimates very many different names within a hundredth', () => {
    const count = 400_000;
    const names = Array.from({ length: count }, (_, index) => `{"n${index}":0}`);
    expect(Math.abs(scan(`[${names}]`).forms / count - 1)).toBeLessThan(0.01);
  });

  it.each([
    ['[1e400]', true],
    ['[ -1E+400 ]', true],
    [`[1,${'9'.repeat(400)}]`, true],
    [`{"a":0.${'1'.repeat(400)}}`, false],
    ['[1.7976931348623157e308,true,false]', false],
    ['["1e400",1]', false],
    ['[1e-999]', false],
  ])('finds numbers that become infinite: %s', (text, hasInfinite) => {
    expect(scan(text).hasInfinite).toBe(hasInfinite);
  });

  it.each(['', ']', '}}}', '"', '"\\', ':', '{"a":', ',,,', '[}', '\u0000'])(
    'ends for what is not JSON: %j',
    (text) => {
      expect(scan(text).isTooDeep).toBe(false);
    },
  );
});

describe('the memory of a parsed body', () => {
  it.each([
    ['lean', 2000, 6000],
    ['rich', 2000, 19_000],
  ] as const)('leaves room for far more %s agents than BODY_LIMIT_MIB', (weight, count, mostBytes) => {
    const related = [gatewayClass('krakend', OURS, true), ...agents(count, weight)];
    const body = bodyOf({ controller: 'agent-gateway', parent: gateway(), children: [], related });
    const mib = parsedMiB(scanBody(body));
    expect((mib * 1024 * 1024) / count).toBeLessThan(mostBytes);
    expect((mib / body.length) * 64 * 1024 * 1024).toBeLessThan(0.72 * 384);
  });
});
