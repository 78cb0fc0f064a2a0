import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Flags } from './flags.ts';
import type { Change } from './plan/changes.ts';
import type { SoakEvent } from './plan/events.ts';
import { isTaken } from './plan/expected.ts';
import { KAOS } from './plan/manifests.ts';
import { keyOf } from './plan/world.ts';
import { growthOf } from './report/growth.ts';
import type { Report } from './report/report.ts';
import { MINUTE_MS, type Notes, observe, type Running, started } from './running.ts';

/** Events happen for so long, then all must be well within the limit. */
const CHURN_MS = 90_000;
const LONGEST_REST_MS = 240_000;
const LOOK_MS = 1000;

/** Runs the service for minutes while things change and break, and says what was lost or wrong. */
export async function soak(flags: Flags, say: (line: string) => void): Promise<Report> {
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  try {
    const running = await started(flags, folder, { stops, say });
    const start = performance.now();
    stops.push(...observe(running, start));
    await phases(running, start, say);
    return await reportOf(running);
  } finally {
    for (const stop of stops.reverse()) {
      await stop();
    }
  }
}

/** Events, then rest, until the time is over. Rests take no time from the plan, so the same seed gives the same events. */
async function phases(running: Running, start: number, say: (line: string) => void): Promise<void> {
  const { flags, plan, notes } = running;
  for (let phase = 0; performance.now() - start < flags.minutes * MINUTE_MS; phase += 1) {
    const began = performance.now();
    for (;;) {
      const event = plan.events.next().value;
      if (event.at >= (phase + 1) * CHURN_MS) {
        await happen(running, event);
        break;
      }
      await wait(Math.max(0, event.at - phase * CHURN_MS - (performance.now() - began)));
      await happen(running, event);
    }
    await rest(running, say);
    say(
      `${((performance.now() - start) / MINUTE_MS).toFixed(1)} min: ${progress(running)}, well after ${notes.restSeconds.at(-1)} s`,
    );
  }
}

function progress({ judge, notes }: Running): string {
  const { lost, wrong } = judge.findings();
  const events = Object.values(notes.events).reduce((sum, count) => sum + count, 0);
  return `${events} events, ${lost.length} lost, ${wrong.length} wrong`;
}

async function happen({ plan, judge, cluster, troubles, notes }: Running, event: SoakEvent): Promise<void> {
  notes.events[event.what] = (notes.events[event.what] ?? 0) + 1;
  if (event.type === 'trouble') {
    troubles.make(event.trouble);
    return;
  }
  judge.expect(plan.world);
  for (const change of event.changes) {
    note(notes.changed, change);
    await (change.type === 'remove' ? cluster.remove(change.object) : cluster.put(change));
  }
}

/** Remembers a change of a parent of hooks. One that writes the same again is none, and nobody is told of it. */
function note(changed: Notes['changed'], { type, object }: Change): void {
  const { apiVersion, kind, metadata } = object;
  const parent = `${kind} ${metadata.namespace}/${metadata.name}`;
  const text = JSON.stringify(object);
  if (type === 'remove') {
    changed.delete(parent);
  } else if ((apiVersion === KAOS || kind === 'AgentGateway') && changed.get(parent)?.text !== text) {
    changed.set(parent, { at: performance.now(), text });
  }
}

/** Waits until all is as it must be and every parent was answered after its last change. What is not, when the limit is reached, is condemned. */
async function rest(running: Running, say: (line: string) => void): Promise<void> {
  const { judge, notes, troubles } = running;
  await troubles.over();
  const start = performance.now();
  const isWell = async () => judge.differences().length === 0 && (await unanswered(running)).length === 0;
  while (!(await isWell()) && performance.now() - start < LONGEST_REST_MS) {
    await wait(LOOK_MS);
  }
  for (const { fact, there, expected } of judge.differences()) {
    say(`${fact}: is ${there}, and must be ${expected}`);
  }
  notes.restSeconds.push(Math.round((performance.now() - start) / 1000));
  judge.condemn();
  notes.neverRetried.push(...(await unanswered(running)));
}

/** Parents that had no answer since their last change, and those whose last call has failed without a reason. */
async function unanswered({ calls, cluster, notes, plan }: Running): Promise<readonly string[]> {
  const { failing } = await cluster.activity();
  const late = [...notes.changed].filter(([parent, { at }]) => (calls.answeredAt(parent) ?? 0) < at);
  // The API server refuses the route of a resource if somebody else has its name.
  const taken = [...plan.world.kaos.values()].filter((item) => isTaken(plan.world, item)).map(keyOf);
  return [...late.map(([parent]) => parent), ...failing.filter((parent) => !taken.includes(parent))];
}

async function reportOf({ flags, judge, calls, cluster, door, notes }: Running): Promise<Report> {
  const { 200: answered = 0, ...refused } = calls.byCode();
  const { withoutReplica, cut } = door.counts();
  const { retries } = await cluster.activity();
  return {
    format: 1,
    machine: { cores: availableParallelism(), node: process.version },
    engine: flags.engine,
    seed: flags.seed,
    replicas: flags.replicas,
    minutes: notes.perMinute.length,
    events: Object.fromEntries(Object.entries(notes.events).sort()),
    calls: { answered, refused, retries, withoutReplica, cutBodies: cut.body, cutAnswers: cut.answer },
    rests: { count: notes.restSeconds.length, longestSeconds: Math.max(0, ...notes.restSeconds) },
    growth: growthOf(notes.samples),
    perMinute: notes.perMinute,
    ...judge.findings(),
    neverRetried: notes.neverRetried,
    defects: [...calls.defects(), ...notes.complaints],
  };
}
