import { availableParallelism } from 'node:os';
import type { Spread } from './spread.ts';

/** What all figures have. The ratio is to the floor, measured in the same run: 1 is as good as the floor. */
interface Figure {
  readonly name: string;
  readonly ratio: Spread;
}

/** A call in this process, from the bytes of the body to the text of the answer. */
export interface SyncFigure extends Figure {
  readonly group: 'sync';
  readonly controller: string;
  readonly state: string;
  readonly agents?: number;
  readonly bodyBytes: number;
  readonly answerBytes: number;
  readonly ms: Spread;
  readonly floorMs: Spread;
  readonly peer?: { readonly ms: Spread; readonly ratio: Spread };
}

/** Calls of several callers at once to a process of the service. Each caller waits for its answer before it calls again. */
export interface HttpFigure extends Figure {
  readonly group: 'http';
  readonly callers: number;
  readonly perSecond: Spread;
  readonly floorPerSecond: Spread;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  /** The calls that got a 429, in all rounds. They count in no other figure. */
  readonly refused: number;
}

/** The time from the start of a process until `/readyz` answers 200. */
export interface StartFigure extends Figure {
  readonly group: 'start';
  readonly ms: Spread;
  readonly floorMs: Spread;
}

/** The memory of a process that answers one call after the other: the most that it had, and what it has after a rest. */
export interface MemoryFigure extends Figure {
  readonly group: 'memory';
  readonly bodyBytes: number;
  readonly peakMb: Spread;
  readonly steadyMb: Spread;
  readonly floorPeakMb: Spread;
  /** Eight times the body, and 100 MB. */
  readonly boundMb: number;
}

export type AnyFigure = SyncFigure | HttpFigure | StartFigure | MemoryFigure;

/** What `npm run bench` writes. */
export interface Report {
  readonly format: 1;
  readonly machine: { readonly cores: number; readonly node: string };
  readonly rounds: number;
  readonly figures: readonly AnyFigure[];
}

export function reportOf(figures: readonly AnyFigure[], rounds: number): Report {
  return { format: 1, machine: { cores: availableParallelism(), node: process.version }, rounds, figures };
}

/** The figures of one group. */
export function inGroup<Group extends AnyFigure['group']>(
  { figures }: Report,
  group: Group,
): readonly Extract<AnyFigure, { group: Group }>[] {
  return figures.filter((figure): figure is Extract<AnyFigure, { group: Group }> => figure.group === group);
}
