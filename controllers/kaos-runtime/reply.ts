import type { Reply } from '../contract.ts';
import { missingResync } from '../engine/child-not-created.ts';
import type { ReleaseReason } from '../release-reasons.ts';
import type { Desired } from './settle.ts';

/** Answers with the children and the whole status; with the status alone for a held resource that has no children. */
export function reply({ plan, children, status, problems, programmed }: Desired): Reply {
  const [first, ...others] = children;
  const reason = plan.outcome === 'hold' ? plan.reason : ('NoChildren' satisfies ReleaseReason);
  const seconds = missingResync(programmed);
  const resync = seconds === undefined ? {} : { resyncAfterSeconds: seconds };
  return first
    ? { outcome: 'apply', children: [first, ...others], status, problems, ...resync }
    : { outcome: 'release', reason, status, problems };
}
