const UNITS_IN_MILLISECONDS = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
/** Maximum length of a duration. Longer texts are not parsed. */
const LONGEST = 64;

/** The milliseconds of a Go duration such as `1h2m3.5s`, rounded up; undefined for any other text. A sign is not accepted. */
export function millisecondsOf(duration: string): number | undefined {
  if (duration.length > LONGEST) {
    return undefined;
  }
  let milliseconds = 0;
  let end = 0;
  while (end < duration.length) {
    PART.lastIndex = end;
    const [part, amount = '', unit = ''] = PART.exec(duration) ?? [];
    if (part === undefined) {
      return duration === '0' ? 0 : undefined;
    }
    milliseconds += Number(amount) * (UNITS_IN_MILLISECONDS.get(unit) ?? 0);
    end += part.length;
  }
  return duration === '' ? undefined : Math.ceil(milliseconds);
}
