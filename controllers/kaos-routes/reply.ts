import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';

/** The route, or none on purpose. The status is the KAOS operator's, so it is never touched. */
export function reply(desired: Desired): Reply {
  const { problems } = desired;
  return desired.outcome === 'desired'
    ? { outcome: 'apply', children: [desired.route], status: null, problems }
    : { outcome: 'release', reason: desired.reason, status: null, problems };
}
