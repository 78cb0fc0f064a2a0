import { oneOf } from '../../bench/random.ts';

/** Something that breaks. A replica is named by its number. */
export type Trouble =
  | { readonly what: 'kill'; readonly replica: number; readonly ms: number }
  | { readonly what: 'restart'; readonly replica: number }
  | { readonly what: 'pause'; readonly replica: number; readonly ms: number }
  | { readonly what: 'clock step'; readonly replica: number; readonly ms: number }
  | { readonly what: 'cut body' | 'cut answer' | 'stranger' | 'half a body' | 'new certificate' }
  | { readonly what: 'new token'; readonly haste: boolean };

type Making = (random: () => number, replicas: number) => Trouble;

const LONGEST_PAUSE_MS = 15_000;
const LARGEST_STEP_MS = 600_000;

/** The first replica is never killed, so that its memory can be watched for the whole run. */
const mortal = (random: () => number, replicas: number) => 1 + Math.floor(random() * (replicas - 1));
const any = (random: () => number, replicas: number) => Math.floor(random() * replicas);

/** What breaks more often is listed more often. */
export const TROUBLES: readonly [Making, ...Making[]] = [
  kill,
  kill,
  kill,
  pause,
  pause,
  pause,
  cut,
  cut,
  cut,
  restart,
  clockStep,
  clockStep,
  () => ({ what: 'stranger' }),
  () => ({ what: 'half a body' }),
  () => ({ what: 'new certificate' }),
  (random) => ({ what: 'new token', haste: random() < 0.5 }),
];

function kill(random: () => number, replicas: number): Trouble {
  return { what: 'kill', replica: mortal(random, replicas), ms: Math.round(500 + random() * 5000) };
}

function restart(random: () => number, replicas: number): Trouble {
  return { what: 'restart', replica: mortal(random, replicas) };
}

function pause(random: () => number, replicas: number): Trouble {
  return { what: 'pause', replica: any(random, replicas), ms: Math.round(500 + random() * LONGEST_PAUSE_MS) };
}

function cut(random: () => number): Trouble {
  return { what: oneOf(['cut body', 'cut answer'], random) };
}

function clockStep(random: () => number, replicas: number): Trouble {
  const ms = Math.round((random() - 0.5) * 2 * LARGEST_STEP_MS);
  return { what: 'clock step', replica: any(random, replicas), ms };
}
