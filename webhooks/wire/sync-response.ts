import type { DesiredObject, DesiredStatus, Reply } from '../../controllers/contract.ts';
import type { SyncForm } from './sync-forms.ts';

type Children = { readonly attachments: readonly DesiredObject[] } | { readonly children: readonly DesiredObject[] };

/** The body of a 200. The engine refuses unknown keys. */
export type SyncResponse = Children & { readonly status: DesiredStatus; readonly resyncAfterSeconds?: number };

/** Converts a reply to the body that the engine reads. */
export function syncResponse({ childrenField }: SyncForm, reply: Reply): SyncResponse {
  const children = { [childrenField]: desiredChildren(reply) } as Children;
  return { ...children, status: reply.status, ...resync(reply) };
}

/** The children of a reply. A release has none on purpose. */
export function desiredChildren(reply: Reply): readonly DesiredObject[] {
  return reply.outcome === 'apply' ? reply.children : [];
}

/** The time until the next sync, if the reply sets it. */
function resync(reply: Reply): { readonly resyncAfterSeconds?: number } {
  return reply.outcome === 'apply' && reply.resyncAfterSeconds !== undefined
    ? { resyncAfterSeconds: reply.resyncAfterSeconds }
    : {};
}
