import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';

export function reply(desired: Desired): Reply {
  if (desired.outcome === 'none') {
    const { reason, status, problems } = desired;
    return { outcome: 'release', reason, status, problems };
  }
  const { children, status, problems, resyncAfterSeconds } = desired;
  return { outcome: 'apply', children, status, problems, ...(resyncAfterSeconds && { resyncAfterSeconds }) };
}
