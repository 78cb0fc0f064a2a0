/**
 * Seconds since 1970 of a Kubernetes time (`2026-01-31T12:00:00Z`), or undefined for anything else. A conversion: no
 * clock is read.
 */
export function secondsOf(time: unknown): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: Date.parse converts a text, it does not tell the time.
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
