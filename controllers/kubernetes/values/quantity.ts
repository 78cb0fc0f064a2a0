export const MEMORY = '^([1-9][0-9]{0,8})(Ki|Mi|Gi)$';
export const CPU = '^([1-9][0-9]{0,5})(m?)$';
const MEMORY_UNITS = ['Ki', 'Mi', 'Gi', 'Ti'] as const;

export const MEMORY_ALLOWED = 'a whole number with Ki, Mi or Gi such as 64Mi';
export const CPU_ALLOWED = 'a whole number, with m for thousandths, such as 500m or 2';

/** Bytes in KiB of a memory quantity, or undefined for what is none of the allowed ones. */
export function kibibytesOf(quantity: string): number | undefined {
  const [, amount = '', unit = ''] = new RegExp(MEMORY).exec(quantity) ?? [];
  return amount === '' ? undefined : Number(amount) * 1024 ** ['Ki', 'Mi', 'Gi'].indexOf(unit);
}

/** Thousandths of a processor, or undefined for what is none of the allowed ones. */
export function millicpusOf(quantity: string): number | undefined {
  const [, amount = '', unit = ''] = new RegExp(CPU).exec(quantity) ?? [];
  return amount === '' ? undefined : Number(amount) * (unit === 'm' ? 1 : 1000);
}

/** As the API server writes it, so that it finds no difference: the largest unit that leaves a whole number. */
export function memoryQuantity(kibibytes: number): string {
  let amount = kibibytes;
  let unit = 0;
  while (amount % 1024 === 0 && unit < MEMORY_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount}${MEMORY_UNITS[unit]}`;
}

export function cpuQuantity(millicpus: number): string {
  return millicpus % 1000 === 0 ? String(millicpus / 1000) : `${millicpus}m`;
}
