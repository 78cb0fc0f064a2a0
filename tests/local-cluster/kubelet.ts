import { type Api, call, pathOf } from '../cluster/support/api.ts';
import { list } from '../cluster/support/objects.ts';
import { type Image, loopbackNetwork, type Pod, runPod } from '../cluster/support/pods.ts';
import type { Running } from '../cluster/support/processes.ts';
import { NODE } from '../cluster/support/workloads.ts';
import type { Manifest } from '../support/helm.ts';
import { type PodState, podAt, podStatus, preStopSeconds, type StoredPod } from './pod-object.ts';
import { type Repeated, repeat } from './repeat.ts';
import type { Services } from './services.ts';

/** The program that stands in for an image, if this machine has one. */
export type ImageFinder = (image: string) => ((ip: string) => Image) | undefined;

interface Surroundings {
  readonly images: ImageFinder;
  /** The Services, which lead to the pods that are ready. */
  readonly services: Services;
  readonly say: (line: string) => void;
}

/** A pod that this machine runs. */
interface Held {
  readonly pod: Pod;
  /** Ends when the program is ready, or when it cannot run. */
  starting?: Promise<void>;
  running?: Running;
  isReady: boolean;
  /** Why it did not run the last time. */
  lastFailure?: string;
  /** When to try again, in milliseconds since 1970. */
  retryAt?: number;
  /** When to end it, once it is deleted. */
  endsAt?: number;
}

const RETRY_MS = 10_000;

/** Runs the pods of a cluster as processes of this machine, each at its own address of the loopback. */
export function startKubelet(api: Api, surroundings: Surroundings): Repeated {
  const held = new Map<string, Held>();
  const network = loopbackNetwork();
  let last = 0;
  const nextAddress = () => {
    last = (last % 250) + 1;
    return `${network}.${last}`;
  };
  const step = async () => {
    const pods = (await list(api, 'v1', 'pods')) as StoredPod[];
    await Promise.all(pods.map((pod) => tend(api, pod, { held, nextAddress, surroundings })));
    const gone = [...held].filter(([uid]) => !pods.some(({ metadata }) => metadata.uid === uid));
    await Promise.all(gone.map(([uid, each]) => release(held, uid, each)));
    const ready = [...held.values()].filter(({ isReady }) => isReady).map(({ pod }) => pod);
    surroundings.services.update(await list(api, 'v1', 'services'), ready);
  };
  const repeated = repeat(step, (error) => surroundings.say(`the pods cannot be read: ${error}`));
  const stop = async () => {
    await repeated.stop();
    await Promise.all([...held].map(([uid, each]) => release(held, uid, each)));
  };
  return { stop };
}

interface Work {
  readonly held: Map<string, Held>;
  readonly nextAddress: () => string;
  readonly surroundings: Surroundings;
}

/** One look at one pod: takes it, ends it, or starts it again. */
async function tend(api: Api, stored: StoredPod, { held, nextAddress, surroundings }: Work): Promise<void> {
  const { uid } = stored.metadata;
  const known = held.get(uid);
  if ('deletionTimestamp' in stored.metadata) {
    await end(api, stored, held);
    return;
  }
  if (known === undefined) {
    const each: Held = { pod: podAt(nextAddress(), stored), isReady: false };
    held.set(uid, each);
    await bind(api, stored);
    each.starting = run(api, stored, each, surroundings).catch((error) => surroundings.say(`${error}`));
    return;
  }
  const hasEnded = known.running?.hasEnded() ?? false;
  if (hasEnded && known.retryAt === undefined) {
    known.isReady = false;
    await waits(api, stored, known, { reason: 'CrashLoopBackOff', message: 'the program ended' });
  } else if (known.retryAt !== undefined && known.retryAt < Date.now()) {
    delete known.retryAt;
    known.starting = run(api, stored, known, surroundings).catch((error) => surroundings.say(`${error}`));
  }
}

/** Ends a pod that was deleted, once it may. */
async function end(api: Api, stored: StoredPod, held: Map<string, Held>): Promise<void> {
  const { uid } = stored.metadata;
  const known = held.get(uid);
  if (known === undefined || mayEnd(known, stored)) {
    await (known && release(held, uid, known));
    await call(api, 'DELETE', `${await pathOf(api, stored)}?gracePeriodSeconds=0`);
  }
}

/** Takes a pod out of its Services, and says whether its program has then run for as long as its `preStop` sleeps. */
function mayEnd(known: Held, stored: StoredPod): boolean {
  known.isReady = false;
  known.endsAt ??= Date.now() + 1000 * preStopSeconds(stored);
  return known.endsAt <= Date.now();
}

async function bind(api: Api, stored: StoredPod): Promise<void> {
  const target = { apiVersion: 'v1', kind: 'Node', name: NODE.metadata.name };
  const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name: stored.metadata.name }, target };
  await call(api, 'POST', `${await pathOf(api, stored)}/binding`, { body });
}

/** Starts the program of a pod, and writes the pod's status. */
async function run(api: Api, stored: StoredPod, each: Held, { images, say }: Surroundings): Promise<void> {
  const { pod } = each;
  const image = images(pod.container.image);
  if (image === undefined) {
    const message = `no program on this machine stands in for the image ${pod.container.image}`;
    await write(api, stored, pod.ip, { is: 'waiting', reason: 'ImagePullBackOff', message });
    return;
  }
  await write(api, stored, pod.ip, { is: 'waiting', reason: 'ContainerCreating', message: 'the program starts' });
  try {
    const objects = await mounted(api, pod.namespace);
    each.running = await runPod(pod, { images: { [pod.container.image]: image }, objects }, (running) => {
      each.running = running;
    });
    each.isReady = true;
    await write(api, stored, pod.ip, { is: 'ready', since: new Date().toISOString() });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const why = message.trim().split('\n').at(-1) ?? '';
    if (each.lastFailure !== why) {
      each.lastFailure = why;
      say(`pod ${pod.namespace}/${pod.name} does not run: ${why}; its status has more`);
    }
    await waits(api, stored, each, { reason: 'CrashLoopBackOff', message: message.slice(-1000) });
  }
}

async function waits(
  api: Api,
  stored: StoredPod,
  each: Held,
  why: { readonly reason: string; readonly message: string },
): Promise<void> {
  each.retryAt = Date.now() + RETRY_MS;
  await write(api, stored, each.pod.ip, { is: 'waiting', ...why });
}

async function release(held: Map<string, Held>, uid: string, each: Held): Promise<void> {
  each.isReady = false;
  await each.running?.stop();
  await each.starting;
  await each.running?.stop();
  held.delete(uid);
}

async function write(api: Api, stored: StoredPod, ip: string, state: PodState): Promise<void> {
  const body = { status: podStatus(stored, ip, state) };
  await call(api, 'PATCH', `${await pathOf(api, stored)}/status`, {
    body,
    contentType: 'application/merge-patch+json',
  });
}

/** The ConfigMaps and Secrets of a namespace, with Secrets as their users write them. */
async function mounted(api: Api, namespace: string): Promise<readonly Manifest[]> {
  const [configMaps, secrets] = await Promise.all(
    ['configmaps', 'secrets'].map((resource) => list(api, 'v1', `namespaces/${namespace}/${resource}`)),
  );
  return [...(configMaps ?? []), ...(secrets ?? []).map(decoded)];
}

function decoded(secret: Manifest): Manifest {
  const data = (secret['data'] ?? {}) as Readonly<Record<string, string>>;
  const decode = (value: string) => Buffer.from(value, 'base64').toString();
  return {
    ...secret,
    stringData: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decode(value)])),
  };
}
