import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { rounded } from '../bench/spread.ts';
import { repeat } from '../local-cluster/repeat.ts';
import { prepareMemoryCluster } from './engine/memory-cluster.ts';
import { prepareRealCluster } from './engine/real-cluster.ts';
import type { SoakCluster } from './engine/soak-cluster.ts';
import type { Flags } from './flags.ts';
import { type Judge, newJudge } from './judge.ts';
import type { Change } from './plan/changes.ts';
import { type Plan, planOf, type SoakEvent } from './plan/events.ts';
import { isTaken } from './plan/expected.ts';
import { KAOS } from './plan/manifests.ts';
import { keyOf } from './plan/world.ts';
import { type CallLog, newCallLog } from './report/call-log.ts';
import { growthOf, type Sample } from './report/growth.ts';
import type { Minute, Report } from './report/report.ts';
import { type Door, openDoor } from './service/door.ts';
import { type Replicas, startReplicas } from './service/replicas.ts';
import { makeSecrets } from './service/secrets.ts';
import { troubleMaker } from './troubles.ts';

const SAMPLE_MS = 5000;
const MINUTE_MS = 60_000;
/** Events happen for so long, then all must be well within the limit. */
const CHURN_MS = 90_000;
const LONGEST_REST_MS = 240_000;
const LOOK_MS = 1000;

interface Running {
  readonly flags: Flags;
  readonly plan: Plan;
  readonly judge: Judge;
  readonly calls: CallLog;
  readonly cluster: SoakCluster;
  readonly replicas: Replicas;
  readonly door: Door;
  readonly troubles: ReturnType<typeof troubleMaker>;
  readonly notes: Notes;
}

/** What is noted on the way. */
interface Notes {
  readonly events: Record<string, number>;
  /** When each parent of hooks was last changed, and what was written then. */
  readonly changed: Map<string, { readonly at: number; readonly text: string }>;
  readonly perMinute: Minute[];
  readonly samples: Sample[];
  readonly restSeconds: number[];
  readonly neverRetried: string[];
  readonly complaints: string[];
}

/** Runs the service for minutes while things change and break, and says what was lost or wrong. */
export async function soak(flags: Flags, say: (line: string) => void): Promise<Report> {
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
  const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  try {
    const running = await started(flags, folder, stops);
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

async function started(flags: Flags, folder: string, stops: (() => unknown)[]): Promise<Running> {
  const judge = newJudge();
  const calls = newCallLog();
  const notes = emptyNotes();
  const later: { replicas?: Replicas; cluster?: SoakCluster } = {};
  const door = await openDoor(() => later.replicas?.next());
  stops.push(door.close);
  const secrets = await makeSecrets(folder, async (token) => later.cluster?.useToken(token));
  const connection = { port: door.port, ca: secrets.ca, token: secrets.token(), see: judge.see };
  const prepared =
    flags.engine === 'metacontroller' ? await prepareRealCluster(connection) : prepareMemoryCluster(connection);
  stops.push(prepared.stop);
  const environment = { ...prepared.environment, ...secrets.environment };
  const replicas = await startReplicas({ count: flags.replicas, folder, environment, heard: calls.hear });
  later.replicas = replicas;
  stops.push(replicas.stop);
  const cluster = await prepared.start();
  later.cluster = cluster;
  const complain = (why: string) => notes.complaints.push(why);
  const troubles = troubleMaker({ replicas, door, secrets, cluster, complain });
  return { flags, plan: planOf(flags.seed, flags.replicas), judge, calls, cluster, replicas, door, troubles, notes };
}

function emptyNotes(): Notes {
  const lists = { perMinute: [], samples: [], restSeconds: [], neverRetried: [], complaints: [] };
  return { events: {}, changed: new Map(), ...lists };
}

/** Takes the memory each few seconds and the calls each minute. Returns what ends that. */
function observe({ replicas, calls, notes }: Running, start: number): readonly (() => Promise<void>)[] {
  const minutes = () => (performance.now() - start) / MINUTE_MS;
  const sample = async () => {
    const [first] = replicas.memory();
    notes.samples.push(...(first === undefined ? [] : [[minutes(), first] as const]));
    if (minutes() >= notes.perMinute.length + 1) {
      const residentMb = replicas.memory().map((mb) => (mb === undefined ? null : rounded(mb)));
      notes.perMinute.push({ minute: notes.perMinute.length + 1, ...calls.takeMinute(), residentMb });
    }
  };
  return [repeat(sample, (error) => notes.complaints.push(String(error)), SAMPLE_MS).stop];
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
