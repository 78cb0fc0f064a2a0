/** The time of a call, in the format of Kubernetes: `2026-01-31T12:00:00Z`. */
export function currentTime(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
