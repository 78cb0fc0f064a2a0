import { rounded } from '../bench/spread.ts';
import { repeat } from '../local-cluster/repeat.ts';
import { prepareMemoryCluster } from './engine/memory-cluster.ts';
import { prepareRealCluster } from './engine/real-cluster.ts';
import type { SoakCluster } from './engine/soak-cluster.ts';
import type { Flags } from './flags.ts';
import { type Judge, newJudge } from './judge.ts';
import { type Plan, planOf } from './plan/events.ts';
import { type CallLog, newCallLog } from './report/call-log.ts';
import type { Sample } from './report/growth.ts';
import type { Minute } from './report/report.ts';
import { type Door, openDoor } from './service/door.ts';
import { type Replicas, startReplicas } from './service/replicas.ts';
import { makeSecrets } from './service/secrets.ts';
import { troubleMaker } from './troubles.ts';

const SAMPLE_MS = 5000;
export const MINUTE_MS = 60_000;

/** A run while it goes on. */
export interface Running {
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
export interface Notes {
  readonly events: Record<string, number>;
  /** When each parent of hooks was last changed, and what was written then. */
  readonly changed: Map<string, { readonly at: number; readonly text: string }>;
  readonly perMinute: Minute[];
  readonly samples: Sample[];
  readonly restSeconds: number[];
  readonly neverRetried: string[];
  readonly complaints: string[];
}

/** What ends the parts of a run, and who hears of it. */
export interface Outside {
  readonly stops: (() => unknown)[];
  readonly say: (line: string) => void;
}

/** Starts the replicas and the cluster with its engine. What ends them again is put into `stops`, also if it fails. */
export async function started(flags: Flags, folder: string, { stops, say }: Outside): Promise<Running> {
  const judge = newJudge(say);
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
export function observe({ replicas, calls, notes }: Running, start: number): readonly (() => Promise<void>)[] {
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
