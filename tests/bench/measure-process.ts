import { setTimeout as wait } from 'node:timers/promises';
import { HEAP_FLAG } from '../support/service-process.ts';
import { connections, httpCall } from './callers.ts';
import { serverPath } from './in-process.ts';
import type { Pace } from './interleave.ts';
import { setAnswer } from './measure-http.ts';
import { ratios } from './measure-sync.ts';
import { bundled, endProgram, memoryOf, startProgram, type Which } from './programs.ts';
import type { MemoryFigure, StartFigure } from './report.ts';
import { rounded, spreadOf } from './spread.ts';
import type { SyncCase } from './sync-cases.ts';

const CALLS = 10;
/** In this time a process collects what it no longer needs, if it does so at all. */
const REST_MS = 1000;
/** A larger body does not fit into the heap of a pod. */
const LARGEST_BODY_OF_A_POD = 64 * 1024 * 1024;
const BOUND = { timesBody: 8, besidesMb: 100 };

/** Measures the time until `/readyz` answers 200, and the same of the least service. */
export async function measureStart(name: string, { rounds }: Pace): Promise<StartFigure> {
  const times: Record<Which, number[]> = { own: [], floor: [] };
  await bundled();
  for (let round = 0; round < rounds; round += 1) {
    for (const which of ['own', 'floor'] as const) {
      const start = performance.now();
      const program = await startProgram(which);
      times[which].push(performance.now() - start);
      await endProgram(program);
    }
  }
  const { own, floor } = times;
  return { group: 'start', name, ms: spreadOf(own), floorMs: spreadOf(floor), ratio: ratios(own, floor) };
}

/** A case whose memory is measured. */
export interface MemoryCase {
  readonly name: string;
  readonly sync: SyncCase;
}

export function memoryCases(cases: readonly SyncCase[]): readonly MemoryCase[] {
  return cases.filter(({ state }) => state === 'unchanged').map((sync) => ({ name: `memory/${sync.name}`, sync }));
}

interface Used {
  readonly peak: number;
  readonly now: number;
}

/** Measures the memory of a process that answers ten calls, one after the other; undefined where the system does not tell it. */
export async function measureMemory({ name, sync }: MemoryCase, { rounds }: Pace): Promise<MemoryFigure | undefined> {
  const body = sync.body();
  const answer = serverPath(sync.controller)(body);
  const used: Record<Which, Used[]> = { own: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const which of ['own', 'floor'] as const) {
      used[which].push(...(await memoryAfterCalls(which, { path: `/${sync.controller}/sync`, body }, answer)));
    }
  }
  const peaks = (which: Which) => used[which].map(({ peak }) => peak);
  return used.own.length === 0
    ? undefined
    : {
        group: 'memory',
        name,
        bodyBytes: body.length,
        peakMb: spreadOf(peaks('own')),
        steadyMb: spreadOf(used.own.map(({ now }) => now)),
        floorPeakMb: spreadOf(peaks('floor')),
        boundMb: rounded((BOUND.timesBody * body.length) / 1e6 + BOUND.besidesMb),
        ratio: ratios(peaks('own'), peaks('floor')),
      };
}

async function memoryAfterCalls(which: Which, sent: { path: string; body: Buffer }, answer: string): Promise<Used[]> {
  const program = await startProgram(which, sent.body.length < LARGEST_BODY_OF_A_POD ? [HEAP_FLAG] : []);
  const agent = connections(1);
  try {
    if (which === 'floor') {
      await setAnswer(program, answer);
    }
    const call = httpCall(program.port, sent, agent);
    for (let calls = 0; calls < CALLS; calls += 1) {
      await call();
    }
    await wait(REST_MS);
    const memory = memoryOf(program);
    return memory === undefined ? [] : [memory];
  } finally {
    agent.destroy();
    await endProgram(program);
  }
}
