import type { Finding } from '../judge.ts';
import type { MinuteOfCalls } from './call-log.ts';
import type { Growth } from './growth.ts';

export interface Minute extends MinuteOfCalls {
  readonly minute: number;
  /** The memory of each replica in MB at the end of the minute; null while it is not there. */
  readonly residentMb: readonly (number | null)[];
}

/** What `npm run soak` writes. */
export interface Report {
  readonly format: 1;
  readonly machine: { readonly cores: number; readonly node: string };
  readonly engine: 'metacontroller' | 'stand-in';
  readonly seed: number;
  readonly replicas: number;
  readonly minutes: number;
  /** How often each event happened. */
  readonly events: Readonly<Record<string, number>>;
  readonly calls: {
    readonly answered: number;
    readonly refused: Readonly<Record<string, number>>;
    readonly retries: number;
    /** Connections for which there was no ready replica. */
    readonly withoutReplica: number;
    readonly cutBodies: number;
    readonly cutAnswers: number;
  };
  /** Comparisons of the whole cluster while nothing happened, and the longest time until it was as it must be. */
  readonly rests: { readonly count: number; readonly longestSeconds: number };
  readonly growth: Growth;
  readonly perMinute: readonly Minute[];
  readonly lost: readonly Finding[];
  readonly wrong: readonly Finding[];
  /** Parents that were not called again after a change or a call without an answer. */
  readonly neverRetried: readonly string[];
  /** Lines of the service's log about errors of its own. */
  readonly defects: readonly string[];
}

/** Why a run has failed; none if it has not. */
export function failures({ lost, wrong, neverRetried, defects, growth }: Report): readonly string[] {
  return [
    ...lost.map(({ seconds, fact, why }) => `lost after ${seconds} s: ${fact} ${why}`),
    ...wrong.map(({ seconds, fact, why }) => `wrong after ${seconds} s: ${fact} ${why}`),
    ...neverRetried.map((parent) => `never called again: ${parent}`),
    ...defects.map((line) => `an error of the service: ${line}`),
    ...(growth.grownMb > growth.limitMb
      ? [`memory: the first replica has grown by ${growth.grownMb} MB; expected at most ${growth.limitMb} MB`]
      : []),
  ];
}
