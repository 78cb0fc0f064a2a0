/** Converts a Kubernetes time (`2026-01-31T12:00:00Z`) to seconds since 1970; undefined for any other value. */
export function secondsOf(time: unknown): number | undefined {
  // biome-ignore lint/style/noRestrictedGlobals: Date.parse converts a text and does not read a clock.
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
