import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';

/** Answers the desired children, or releases them on purpose. */
export function reply(desired: Desired): Reply {
  const { status, problems } = desired;
  return desired.outcome === 'none'
    ? { outcome: 'release', reason: desired.reason, status, problems }
    : {
        outcome: 'apply',
        children: desired.children,
        status,
        problems,
        ...(desired.resyncAfterSeconds !== undefined && { resyncAfterSeconds: desired.resyncAfterSeconds }),
      };
}
