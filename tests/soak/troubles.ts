import type { SoakCluster } from './engine/soak-cluster.ts';
import type { Trouble } from './plan/troubles.ts';
import type { Door } from './service/door.ts';
import type { Replicas } from './service/replicas.ts';
import type { Secrets } from './service/secrets.ts';
import { sendHalfABody, strangerCalls } from './service/strangers.ts';

/** What can break, and who is told of a caller that should have been refused. */
export interface Breakable {
  readonly replicas: Replicas;
  readonly door: Door;
  readonly secrets: Secrets;
  readonly cluster: SoakCluster;
  readonly complain: (why: string) => void;
}

/** Does what can be done to each thing that breaks, one after the other for the same thing. */
export function troubleMaker(breakable: Breakable): {
  readonly make: (trouble: Trouble) => void;
  readonly over: () => Promise<void>;
} {
  const last = new Map<string, Promise<void>>();
  return {
    make: (trouble) => {
      const place = placeOf(trouble);
      const before = last.get(place) ?? Promise.resolve();
      last.set(
        place,
        before.then(() => happen(breakable, trouble)).catch((error) => breakable.complain(`${trouble.what}: ${error}`)),
      );
    },
    over: async () => {
      await Promise.all(last.values());
    },
  };
}

/** A replica that is being killed cannot also be stopped, and one token is changed at a time. */
function placeOf(trouble: Trouble): string {
  return 'replica' in trouble ? `replica ${trouble.replica}` : trouble.what;
}

async function happen({ replicas, door, secrets, complain }: Breakable, trouble: Trouble): Promise<void> {
  switch (trouble.what) {
    case 'kill':
      return replicas.kill(trouble.replica, trouble.ms);
    case 'restart':
      return replicas.restart(trouble.replica);
    case 'pause':
      return replicas.pause(trouble.replica, trouble.ms);
    case 'clock step':
      return replicas.stepClock(trouble.replica, trouble.ms);
    case 'cut body':
      return door.cutNext('body');
    case 'cut answer':
      return door.cutNext('answer');
    case 'stranger': {
      const why = await strangerCalls(door.port, secrets.ca);
      return why === undefined ? undefined : complain(why);
    }
    case 'half a body':
      return sendHalfABody(door.port, secrets.ca, secrets.token());
    case 'new certificate':
      return secrets.rotateCertificate();
    case 'new token':
      return secrets.rotateToken(trouble.haste);
  }
}
