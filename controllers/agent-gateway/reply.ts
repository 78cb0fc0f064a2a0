import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';

/** Answers the children, or releases them on purpose. */
export function reply(desired: Desired): Reply {
  const { status, problems } = desired;
  const seconds = desired.outcome === 'desired' ? desired.resyncAfterSeconds : undefined;
  const resync = seconds === undefined ? {} : { resyncAfterSeconds: seconds };
  const access = desired.outcome === 'desired' ? { access: desired.access } : {};
  return desired.outcome === 'none'
    ? { outcome: 'release', reason: desired.reason, status, problems }
    : { outcome: 'apply', children: desired.children, status, problems, ...access, ...resync };
}
