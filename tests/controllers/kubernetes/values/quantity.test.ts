import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuantity, thousandthsOf } from '../../../../controllers/kubernetes/values/quantity.ts';
import { assertReaching } from '../../../support/reaching.ts';
import { quantities } from './quantities.ts';

describe('a quantity', () => {
  it.each(quantities)('%j is written as %j, as the API server stores it', (written, expected) => {
    expect(canonicalQuantity(written)).toBe(expected);
  });

  it.each(['', 'lots', '1KiB', '1K', '1 Gi', '--1', '1e', 'e3', '1e100', null, undefined, {}, Number.NaN])(
    'must not be %j, which stays unchanged',
    (written) => {
      expect(thousandthsOf(written)).toBeUndefined();
      expect(canonicalQuantity(written)).toBe(written);
    },
  );

  it.each([
    ['1', 1000n],
    ['1m', 1n],
    ['0.1', 100n],
    ['1Ki', 1_024_000n],
    ['1n', 1n],
    ['-0.5', -500n],
    ['1e3', 1_000_000n],
  ])('%j is %d thousandths', (written, thousandths) => {
    expect(thousandthsOf(written)).toBe(thousandths);
  });

  it('keeps its amount when it is rewritten, and does not change again', () => {
    const number = fc.oneof(
      fc.nat(),
      fc.float({ min: 0, max: 1_000_000, noNaN: true }).map((each) => each.toFixed(5)),
    );
    const unit = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'e2', 'E-2');
    assertReaching({ floor: 35 }, (tell) =>
      fc.property(number, unit, (amount, suffix) => {
        const canonical = canonicalQuantity(`${amount}${suffix}`);
        expect(thousandthsOf(canonical)).toBe(thousandthsOf(`${amount}${suffix}`));
        expect(canonicalQuantity(canonical)).toBe(canonical);
        tell(canonical !== `${amount}${suffix}`);
      }),
    );
  });
});
