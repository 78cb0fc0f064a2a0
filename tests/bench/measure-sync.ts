import { runNode } from '../support/run.ts';
import type { Pace } from './interleave.ts';
import type { SyncFigure } from './report.ts';
import { spreadOf } from './spread.ts';
import type { SyncCase } from './sync-cases.ts';
import type { Measured } from './sync-process.ts';

/** The same code can be compiled and its garbage collected differently in two processes, by a fifth of the time. */
const PROCESSES = 3;

/** Measures a case against the floor and, if there is one, the peer's program, in some new processes that share the rounds. */
export async function measureSync(each: SyncCase, pace: Pace, peer: string | undefined): Promise<SyncFigure> {
  const all: Measured[] = [];
  for (const rounds of shares(pace.rounds)) {
    all.push(await inNewProcess(each, { ...pace, rounds }, peer));
  }
  const own = all.flatMap((measured) => measured.own);
  const floor = all.flatMap((measured) => measured.floor);
  const others = all.flatMap((measured) => measured.peer);
  const { name, controller, state, agents } = each;
  return {
    group: 'sync',
    name: `sync/${name}`,
    controller,
    state,
    ...(agents !== undefined && { agents }),
    bodyBytes: all[0]?.bodyBytes ?? 0,
    answerBytes: all[0]?.answerBytes ?? 0,
    ms: spreadOf(own),
    floorMs: spreadOf(floor),
    ratio: ratios(own, floor),
    ...(peer !== undefined && { peer: { ms: spreadOf(others), ratio: ratios(others, floor) } }),
  };
}

/** The rounds of each process. */
function shares(rounds: number): readonly number[] {
  const processes = Math.min(PROCESSES, rounds);
  const share = Math.ceil(rounds / processes);
  return Array.from({ length: Math.ceil(rounds / share) }, (_, index) => Math.min(share, rounds - index * share));
}

async function inNewProcess(each: SyncCase, { rounds, sampleMs }: Pace, peer: string | undefined): Promise<Measured> {
  const args = [each.name, each.agents ?? 1, rounds, sampleMs].map(String);
  const env = peer === undefined ? {} : { PEER: peer };
  const ran = await runNode(['--expose-gc', 'tests/bench/sync-process.ts', ...args], { env });
  if (ran.code !== 0) {
    throw new Error(ran.stderr);
  }
  return JSON.parse(ran.stdout);
}

/** The ratios of the measurements of the same rounds. */
export function ratios(own: readonly number[], floor: readonly number[]): SyncFigure['ratio'] {
  return spreadOf(own.map((value, round) => value / (floor[round] ?? value)));
}
