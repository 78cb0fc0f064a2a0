import type { DesiredObject, DesiredStatus, Reply, Snapshot } from '../../controllers/contract.ts';

/** A sync request of either type, read into what controllers take. */
export interface SyncCall {
  /** What the request calls the parent. */
  readonly parentField: 'object' | 'parent';
  readonly snapshot: Snapshot<unknown>;
}

/** The body of a 200. The engine decodes it strictly: no other key may be in it. */
export type SyncResponse = (
  | { readonly attachments: readonly DesiredObject[] }
  | { readonly children: readonly DesiredObject[] }
) & { readonly status: DesiredStatus; readonly resyncAfterSeconds?: number };

/** The children that a reply names; for a release none, on purpose. */
export function desiredChildren(reply: Reply): readonly DesiredObject[] {
  return reply.outcome === 'apply' ? reply.children : [];
}

/** When to ask again, where the reply says so. */
export function resync(reply: Reply): { readonly resyncAfterSeconds?: number } {
  return reply.outcome === 'apply' && reply.resyncAfterSeconds !== undefined
    ? { resyncAfterSeconds: reply.resyncAfterSeconds }
    : {};
}
