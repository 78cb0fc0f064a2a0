import type { Reply } from '../contract.ts';
import type { Desired } from './settle.ts';

/** The children and the whole status; or the status alone while there is nothing to keep. */
export function reply({ plan, children, status, problems }: Desired): Reply {
  const [first, ...others] = children;
  const reason = plan.outcome === 'hold' ? plan.reason : 'NoChildren';
  return first
    ? { outcome: 'apply', children: [first, ...others], status, problems }
    : { outcome: 'release', reason, status, problems };
}
