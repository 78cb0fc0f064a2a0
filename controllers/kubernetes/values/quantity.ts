/** Pattern of a Kubernetes quantity: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const QUANTITY = /^([+-]?)(\d+\.?\d*|\.\d+)([numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d{1,2})$/;

/** Longer than any quantity that somebody means. Arithmetic with a million digits takes a second. */
const LONGEST_QUANTITY = 100;

const DECIMAL_UNITS = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** An amount and the format of its unit. The API server rounds amounts up to thousandths. */
interface Read {
  readonly thousandths: bigint;
  readonly format: Format;
}

type Format = 'decimal' | 'binary' | 'exponent';

/** The amount of a quantity in thousandths; undefined if the value is not a quantity. */
export function thousandthsOf(quantity: unknown): bigint | undefined {
  return readQuantity(quantity)?.thousandths;
}

/** Writes a quantity as the API server does, so that comparisons find no difference. Other values stay unchanged. */
export function canonicalQuantity(quantity: string): string;
export function canonicalQuantity(quantity: unknown): unknown;
export function canonicalQuantity(quantity: unknown): unknown {
  const reading = readQuantity(quantity);
  if (reading === undefined) {
    return quantity;
  }
  const { thousandths, format } = reading;
  const isBinary = format === 'binary' && thousandths >= 1_024_000n && thousandths % 1000n === 0n;
  return isBinary ? binary(thousandths / 1000n) : decimal(thousandths, format);
}

function readQuantity(quantity: unknown): Read | undefined {
  if (typeof quantity === 'string' && quantity.length > LONGEST_QUANTITY) {
    return undefined;
  }
  const [, sign = '', number = '', unit = ''] = QUANTITY.exec(String(quantity).trim()) ?? [];
  if (number === '') {
    return undefined;
  }
  const [whole = '', fraction = ''] = number.split('.');
  const { factor, exponent, format } = scaleOf(unit);
  const up = factor * 10n ** BigInt(3 + Math.max(exponent, 0));
  const down = 10n ** BigInt(fraction.length + Math.max(-exponent, 0));
  const thousandths = (BigInt(whole + fraction) * up + down - 1n) / down;
  return { thousandths: sign === '-' ? -thousandths : thousandths, format };
}

interface Scale {
  readonly factor: bigint;
  /** Power of ten. */
  readonly exponent: number;
  readonly format: Format;
}

function scaleOf(unit: string): Scale {
  if (unit.endsWith('i')) {
    return { factor: 1024n ** BigInt(BINARY_UNITS.indexOf(unit)), exponent: 0, format: 'binary' };
  }
  const index = DECIMAL_UNITS.indexOf(unit);
  return index === -1
    ? { factor: 1n, exponent: Number(unit.slice(1)), format: 'exponent' }
    : { factor: 1n, exponent: (index - 3) * 3, format: 'decimal' };
}

function binary(whole: bigint): string {
  const { amount, steps } = shortened(whole, 1024n, BINARY_UNITS.length - 1);
  return `${amount}${BINARY_UNITS[steps]}`;
}

function decimal(thousandths: bigint, format: Format): string {
  const { amount, steps } = shortened(thousandths, 1000n, DECIMAL_UNITS.length - 3);
  const exponent = steps * 3 - 3;
  const unit = format === 'exponent' && exponent !== 0 ? `e${exponent}` : DECIMAL_UNITS[steps + 2];
  return thousandths === 0n ? '0' : `${amount}${unit}`;
}

/** Uses the largest unit that leaves a whole number: divides up to `most` times. */
function shortened(whole: bigint, divisor: bigint, most: number): { readonly amount: bigint; readonly steps: number } {
  let amount = whole;
  let steps = 0;
  while (steps < most && amount % divisor === 0n) {
    amount /= divisor;
    steps += 1;
  }
  return { amount, steps };
}
