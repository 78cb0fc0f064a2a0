import type { SyncResponse } from '../wire/sync-response.ts';

/** By then, a pod of the URL's build should be ready. */
const RESYNC_SECONDS = 30;

/**
 * Asks for a resync, because this pod's build is not the one in the hook's URL. The URL changes with each build, so that
 * Metacontroller syncs all parents at once after an upgrade. Until the new pods are ready, old ones answer these syncs.
 */
export function resyncForBuild(response: SyncResponse): SyncResponse {
  const { resyncAfterSeconds = RESYNC_SECONDS } = response;
  return { ...response, resyncAfterSeconds: Math.min(resyncAfterSeconds, RESYNC_SECONDS) };
}

/** Whether a URL's query names a build, and it differs from the pod's own. False if the pod's build is not set. */
export function isOtherBuild(query: unknown, own: string | undefined): boolean {
  const asked = typeof query === 'object' && query !== null && 'build' in query ? query.build : undefined;
  return own !== undefined && asked !== undefined && asked !== own;
}
