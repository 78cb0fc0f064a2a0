import type { BodyScan } from './body-scan.ts';

const MIB = 1024 * 1024;

/**
 * What V8 keeps of a parsed body, in bytes. Each figure is the most that bodies of nothing else were seen to need, in Node 26:
 * decision 56 has the table.
 */
const BYTES = {
  /** A list or an object. */
  container: 56,
  /** A value after another one, with its place in its list or object. */
  further: 24,
  /** A name, if the object is kept as a table. */
  name: 24,
  /** V8 describes each form of objects apart, in up to 700 bytes. The rest is for its time: 4 microseconds, far more than for others. */
  form: 1000,
  /** Objects with names such as "16" also have a list. */
  numericName: 170,
} as const;

/** An estimate of the memory that a parsed body needs, in MiB. Common bodies need about half of it, and the worst ones all. */
export function parsedMiB(scan: BodyScan): number {
  const { containers, commas, names, forms, numericNames, textBytes } = scan;
  const bytes =
    containers * BYTES.container +
    commas * BYTES.further +
    names * BYTES.name +
    forms * BYTES.form +
    numericNames * BYTES.numericName +
    textBytes;
  return bytes / MIB;
}

/** Why a body is refused that needs too much memory. Metacontroller puts the text into an Event of the parent. */
export function needsTooMuch(scan: BodyScan, limitMiB: number): string {
  const { containers, commas, names, forms } = scan;
  const found = `${containers + commas} values with ${names} names in ${forms} different orders`;
  const needed = `need some ${Math.ceil(parsedMiB(scan))} MiB of memory`;
  return `${found} ${needed}; expected at most ${limitMiB} MiB (PARSED_BODY_LIMIT_MIB). The body has every object that the hook reads: delete some, or objects with many names, or raise the limit together with the pod's memory`;
}
