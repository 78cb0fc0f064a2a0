import type { DesiredObject, DesiredStatus, Reply } from '../../controllers/contract.ts';
import type { SyncForm } from './sync-forms.ts';

type Children = { readonly attachments: readonly DesiredObject[] } | { readonly children: readonly DesiredObject[] };

/** The body of a 200. The engine decodes it strictly: no other key may be in it. */
export type SyncResponse = Children & { readonly status: DesiredStatus; readonly resyncAfterSeconds?: number };

/** A reply as the engine reads it. */
export function syncResponse({ childrenField }: SyncForm, reply: Reply): SyncResponse {
  const children = { [childrenField]: desiredChildren(reply) } as Children;
  return { ...children, status: reply.status, ...resync(reply) };
}

/** The children that a reply names; for a release none, on purpose. */
export function desiredChildren(reply: Reply): readonly DesiredObject[] {
  return reply.outcome === 'apply' ? reply.children : [];
}

/** When to ask again, where the reply says so. */
function resync(reply: Reply): { readonly resyncAfterSeconds?: number } {
  return reply.outcome === 'apply' && reply.resyncAfterSeconds !== undefined
    ? { resyncAfterSeconds: reply.resyncAfterSeconds }
    : {};
}
