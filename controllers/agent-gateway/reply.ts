import type { Reply } from '../contract.ts';
import type { Desired } from './desired.ts';

/** Answers the children, or releases them on purpose. */
export function reply(desired: Desired): Reply {
  const { status, problems } = desired;
  switch (desired.outcome) {
    case 'none':
      return { outcome: 'release', reason: desired.reason, status, problems };
    case 'kept':
      return { outcome: 'apply', children: desired.children, status, problems };
    case 'desired': {
      const { children, resyncAfterSeconds } = desired;
      const resync = resyncAfterSeconds === undefined ? {} : { resyncAfterSeconds };
      return { outcome: 'apply', children, status, problems, ...resync };
    }
  }
}
