import type { Reply } from '../contract.ts';
import type { Desired } from './settle.ts';

/** Answers with the children and the whole status; with the status alone for a held resource that has no children. */
export function reply({ plan, children, status, problems }: Desired): Reply {
  const [first, ...others] = children;
  const reason = plan.outcome === 'hold' ? plan.reason : 'NoChildren';
  return first
    ? { outcome: 'apply', children: [first, ...others], status, problems }
    : { outcome: 'release', reason, status, problems };
}
