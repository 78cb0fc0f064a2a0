import type { ServiceProcess } from '../support/service-process.ts';
import { connections, httpCall, type Load, load, type Sent } from './callers.ts';
import { serverPath } from './in-process.ts';
import type { Pace } from './interleave.ts';
import { ratios } from './measure-sync.ts';
import { endProgram, startProgram } from './programs.ts';
import type { HttpFigure } from './report.ts';
import { quantile, spreadOf } from './spread.ts';
import type { SyncCase } from './sync-cases.ts';

/** How many callers call at once. Metacontroller has 5 workers by default, and 20 with the recommended flags. */
const CALLERS = [1, 5, 20] as const;
/** A round of calls takes so much longer than one in this process. */
const SAMPLES = 5;

/** A case with a number of callers. */
export interface HttpCase {
  readonly name: string;
  readonly sync: SyncCase;
  readonly callers: number;
}

export function httpCases(cases: readonly SyncCase[]): readonly HttpCase[] {
  const unchanged = cases.filter(({ name, state }) => state === 'unchanged' && !name.includes('/rich/'));
  return unchanged.flatMap((sync) =>
    CALLERS.map((callers) => ({ name: `http/${sync.name}/${callers}`, sync, callers })),
  );
}

/** Measures the service and the least service in turn. Both processes are new for each case. */
export async function measureHttp(each: HttpCase, pace: Pace): Promise<HttpFigure> {
  const own = await startProgram('own');
  const floor = await startProgram('floor');
  try {
    return await measure(each, { own, floor }, pace);
  } finally {
    await endProgram(own);
    await endProgram(floor);
  }
}

interface Both<Value> {
  readonly own: Value;
  readonly floor: Value;
}

async function measure({ name, sync, callers }: HttpCase, both: Both<ServiceProcess>, pace: Pace): Promise<HttpFigure> {
  const body = sync.body();
  const sent: Sent = { path: `/${sync.controller}/sync`, body };
  const agent = connections(callers);
  await setAnswer(both.floor, serverPath(sync.controller)(body));
  const calls = { own: httpCall(both.own.port, sent, agent), floor: httpCall(both.floor.port, sent, agent) };
  const ms = pace.sampleMs * SAMPLES;
  const own: Load[] = [];
  const floor: Load[] = [];
  await load(calls.own, callers, ms);
  await load(calls.floor, callers, ms);
  for (let round = 0; round < pace.rounds; round += 1) {
    own.push(await load(calls.own, callers, ms));
    floor.push(await load(calls.floor, callers, ms));
  }
  agent.destroy();
  return figure({ name, callers }, own, floor);
}

function figure(of: Pick<HttpFigure, 'name' | 'callers'>, own: readonly Load[], floor: readonly Load[]): HttpFigure {
  const perSecond = (loads: readonly Load[]) => loads.map((each) => each.perSecond);
  const quantiles = (part: number) => spreadOf(own.map(({ times }) => quantile(times, part)));
  return {
    group: 'http',
    ...of,
    perSecond: spreadOf(perSecond(own)),
    floorPerSecond: spreadOf(perSecond(floor)),
    // The service makes fewer calls than the floor, so this is the other way round than for times.
    ratio: ratios(perSecond(floor), perSecond(own)),
    p50Ms: quantiles(0.5),
    p99Ms: quantiles(0.99),
    refused: own.reduce((sum, { refused }) => sum + refused, 0),
  };
}

/** Tells the least service what it should answer. */
export async function setAnswer({ port }: ServiceProcess, answer: string): Promise<void> {
  const agent = connections(1);
  await httpCall(port, { path: '/', method: 'PUT', body: Buffer.from(answer) }, agent)();
  agent.destroy();
}
