import { setTimeout as sleep } from 'node:timers/promises';
import { tally, writesOf } from './audit.ts';
import type { Engine } from './engine.ts';
import { ENGINE_USER } from './metacontroller.ts';

/** What Metacontroller has done so far. */
export interface Activity {
  /** The hook calls that the service that runs now has answered. */
  readonly calls: Readonly<Record<string, number>>;
  /** Its writes by kind, such as `patch httproutes 200`. */
  readonly writes: Readonly<Record<string, number>>;
}

const LONGEST_UNREST_MS = 180_000;

export async function activity({ cluster, hooks }: Engine): Promise<Activity> {
  return { calls: await hooks().calls(), writes: tally(writesOf(cluster, ENGINE_USER)) };
}

/** Waits until nothing has been called or written for some seconds. */
export async function settle(engine: Engine, seconds = 5): Promise<Activity> {
  const end = Date.now() + LONGEST_UNREST_MS;
  let before = await activity(engine);
  while (Date.now() < end) {
    await sleep(seconds * 1000);
    const after = await activity(engine);
    if (JSON.stringify(after) === JSON.stringify(before)) {
      return after;
    }
    before = after;
  }
  throw new Error(`Metacontroller does not stop calling or writing: ${JSON.stringify(before)}`);
}
