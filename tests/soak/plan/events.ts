import { oneOf, randomFrom } from '../../bench/random.ts';
import { CHANGES, type Change } from './changes.ts';
import { TROUBLES, type Trouble } from './troubles.ts';
import { emptyWorld, type World } from './world.ts';

/** Something that happens: users change the cluster, or something breaks. */
export type SoakEvent =
  | { readonly type: 'change'; readonly at: number; readonly what: string; readonly changes: readonly Change[] }
  | { readonly type: 'trouble'; readonly at: number; readonly what: Trouble['what']; readonly trouble: Trouble };

export interface Plan {
  /** The world after the events that were taken so far. */
  readonly world: World;
  /** The events, in the order of their milliseconds since the start; without end. */
  readonly events: Generator<SoakEvent, never>;
}

/** The cluster is filled fast, and then changes at its own pace. */
const FILLING = { changes: 60, everyMs: 150 };
const CHANGE_EVERY_MS = 700;
const TROUBLE_EVERY_MS = 5000;

/** The same seed and number of replicas give the same events. */
export function planOf(seed: number, replicas: number): Plan {
  const world = emptyWorld();
  return { world, events: eventsIn(world, randomFrom(seed), replicas) };
}

function* eventsIn(world: World, random: () => number, replicas: number): Generator<SoakEvent, never> {
  const pause = (mean: number) => Math.round(mean * (0.5 + random()));
  let change = 0;
  let changed = 0;
  let trouble = pause(TROUBLE_EVERY_MS);
  for (;;) {
    if (change <= trouble) {
      const { what, act } = oneOf(CHANGES, random);
      const changes = act(world, random);
      if (changes.length > 0) {
        yield { type: 'change', at: change, what, changes };
      }
      changed += 1;
      change += pause(changed < FILLING.changes ? FILLING.everyMs : CHANGE_EVERY_MS);
    } else {
      const made = oneOf(TROUBLES, random)(random, replicas);
      yield { type: 'trouble', at: trouble, what: made.what, trouble: made };
      trouble += pause(TROUBLE_EVERY_MS);
    }
  }
}
