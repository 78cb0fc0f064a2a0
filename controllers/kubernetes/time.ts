/**
 * Seconds since 1970 of a Kubernetes time (`2026-01-31T12:00:00Z`), or undefined for any other text. A conversion: no
 * clock is read.
 */
export function secondsOf(time: string | undefined): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: Date.parse converts a text, it does not tell the time.
  const milliseconds = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
