import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';

/** Answers with the route, or with no children. The status belongs to the KAOS operator and is left unchanged. */
export function reply(desired: Desired): Reply {
  const { problems } = desired;
  return desired.outcome === 'desired'
    ? { outcome: 'apply', children: [desired.route], status: null, problems }
    : { outcome: 'release', reason: desired.reason, status: null, problems };
}
