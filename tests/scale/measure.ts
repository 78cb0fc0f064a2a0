import { setTimeout as sleep } from 'node:timers/promises';
import { type Write, writesOf } from '../cluster/support/audit.ts';
import type { Engine } from '../cluster/support/engine.ts';
import { ENGINE_USER } from '../cluster/support/metacontroller.ts';
import { activity } from '../cluster/support/settled.ts';
import { costOf, type ProcessCost } from './process-cost.ts';
import type { Size } from './scale-case.ts';

/** What one step has cost: the creation of all resources, or one change. */
export interface Figure extends Size {
  readonly what: string;
  readonly step: string;
  /** From the start to the last creation by the harness, to the moment at which all is as it should be, and to the last write of Metacontroller. */
  readonly madeSeconds: number;
  readonly doneSeconds: number;
  readonly lastWriteSeconds: number;
  /** Answers of the hooks, such as `kaos-routes sync 200`. */
  readonly calls: Readonly<Record<string, number>>;
  /** Writes of Metacontroller, such as `patch httproutes 201`. */
  readonly writes: Readonly<Record<string, number>>;
  readonly engine: ProcessCost;
  readonly service: ProcessCost;
}

interface Step {
  readonly name: string;
  readonly act: () => Promise<unknown>;
  readonly isDone: () => Promise<boolean>;
}

/** What identifies a run in its figures. */
export interface Run extends Size {
  readonly what: string;
  /** The time after which a step is given up. */
  readonly patienceSeconds: number;
}

/** Acts, waits until all is as it should be and the cluster is at rest, and returns what that has cost. */
export async function measure(engine: Engine, { patienceSeconds, ...run }: Run, step: Step): Promise<Figure> {
  const before = await stateOf(engine);
  const start = Date.now();
  await step.act();
  const made = Date.now();
  await until(step.isDone, start + patienceSeconds * 1000, `${step.name}: not done after ${patienceSeconds} s`);
  const done = Date.now();
  const after = await atRest(engine, step.isDone, start + patienceSeconds * 1000);
  const own = writesOf(engine.cluster, ENGINE_USER).filter(({ at }) => at >= start);
  return {
    ...run,
    step: step.name,
    madeSeconds: seconds(made - start),
    doneSeconds: seconds(done - start),
    lastWriteSeconds: seconds(lastOf(own, start) - start),
    calls: difference(after.calls, before.calls),
    writes: difference(after.writes, before.writes),
    engine: costSince(after.engine, before.engine),
    service: costSince(after.service, before.service),
  };
}

async function stateOf(engine: Engine) {
  const { calls, writes } = await activity(engine);
  return { calls, writes, engine: costOf(engine.folder), service: costOf(engine.hooks().folder) };
}

const REST_SECONDS = 5;
/** At rest Metacontroller uses less than this in that time. Without calls and writes it may still test the rules of all parents. */
const IDLE_CPU_SECONDS = 0.5;

async function atRest(engine: Engine, isDone: Step['isDone'], end: number) {
  let before = await stateOf(engine);
  while (Date.now() < end) {
    await sleep(REST_SECONDS * 1000);
    const after = await stateOf(engine);
    const isSame = JSON.stringify([after.calls, after.writes]) === JSON.stringify([before.calls, before.writes]);
    const isIdle = after.engine.cpuSeconds - before.engine.cpuSeconds < IDLE_CPU_SECONDS;
    if (isSame && isIdle && (await isDone())) {
      return after;
    }
    before = after;
  }
  throw new Error(`Metacontroller is not at rest: ${JSON.stringify(before)}`);
}

async function until(isTrue: () => Promise<boolean>, end: number, message: string): Promise<void> {
  while (!(await isTrue())) {
    if (Date.now() > end) {
      throw new Error(message);
    }
    await sleep(500);
  }
}

function lastOf(writes: readonly Write[], start: number): number {
  return writes.at(-1)?.at ?? start;
}

/** What was added to counts, without those to which nothing was. */
function difference(
  after: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const added = Object.entries(after).map(([key, count]) => [key, count - (before[key] ?? 0)] as const);
  return Object.fromEntries(added.filter(([, count]) => count > 0));
}

function costSince(after: ProcessCost, before: ProcessCost): ProcessCost {
  return { cpuSeconds: rounded(after.cpuSeconds - before.cpuSeconds), peakMb: Math.round(after.peakMb) };
}

function seconds(milliseconds: number): number {
  return rounded(milliseconds / 1000);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
