import type { SyncResponse } from '../wire/sync-response.ts';

/** How long until a pod of the build that the URL names will have taken over. */
const RESYNC_SECONDS = 30;

/**
 * A hook's URL names the build that should answer, so that a new one is asked about every parent at once. While its pods
 * are still starting, one of another build answers as usual, and has the parent asked about again.
 */
export function resyncForBuild(response: SyncResponse): SyncResponse {
  const { resyncAfterSeconds = RESYNC_SECONDS } = response;
  return { ...response, resyncAfterSeconds: Math.min(resyncAfterSeconds, RESYNC_SECONDS) };
}

/** Whether a URL's query names another build than a pod's own; without an own one, none is another. */
export function isOtherBuild(query: unknown, own: string | undefined): boolean {
  const asked = typeof query === 'object' && query !== null && 'build' in query ? query.build : undefined;
  return own !== undefined && asked !== undefined && asked !== own;
}
