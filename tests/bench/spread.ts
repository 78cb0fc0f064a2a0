/** The middle of some measurements, with the least and the most. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Three digits are kept: no measurement here is better. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: rounded(middle(sorted)), min: rounded(sorted[0] ?? 0), max: rounded(sorted.at(-1) ?? 0) };
}

/** The mean of the two in the middle if their number is even. */
function middle(sorted: readonly number[]): number {
  const [before = 0, after = before] = sorted.slice(
    Math.ceil(sorted.length / 2) - 1,
    Math.floor(sorted.length / 2) + 1,
  );
  return (before + after) / 2;
}

/** The value below which a part of sorted values lies. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** The middle and, after it, the least and the most: `4.1 (3.9 to 5)`. */
export function spreadText({ median, min, max }: Spread): string {
  return `${median} (${min} to ${max})`;
}
