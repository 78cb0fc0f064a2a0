import { secondsOf } from '../../controllers/kubernetes/values/time.ts';

/** The seconds from a time to now, both in the format of Kubernetes. A time that is not there was long ago. */
export function ageOf(now: string, then: string): number {
  return (secondsOf(now) ?? 0) - (secondsOf(then) ?? 0);
}
