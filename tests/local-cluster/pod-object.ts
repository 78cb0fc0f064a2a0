import type { Stored } from '../cluster/support/api.ts';
import type { Pod } from '../cluster/support/pods.ts';
import type { Probe } from '../cluster/support/probes.ts';

/** A Pod in the API server, with the fields that are used here. */
export interface StoredPod extends Stored {
  readonly spec: Spec;
}

interface Spec {
  readonly nodeName?: string;
  readonly containers: readonly [StoredContainer];
  readonly volumes?: Pod['volumes'];
}

type StoredContainer = Omit<Pod['container'], 'readinessProbe'> & {
  readonly name: string;
  readonly readinessProbe?: StoredProbe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
};

/** How long the pod goes on serving after it is deleted. */
export function preStopSeconds({ spec }: StoredPod): number {
  return spec.containers[0].lifecycle?.preStop?.sleep?.seconds ?? 0;
}

/** A probe may name a port of the container. */
interface StoredProbe {
  readonly httpGet?: { readonly path: string; readonly port: number | string };
  readonly tcpSocket?: { readonly port: number | string };
  readonly timeoutSeconds?: number;
}

/** The pod as `runPod` runs it, at an address of this machine. */
export function podAt(ip: string, { metadata, spec }: StoredPod): Pod {
  const { name, namespace = '' } = metadata;
  const [container] = spec.containers;
  const { labels = {} } = metadata as { readonly labels?: Pod['labels'] };
  const { env = [], ports = [] } = container as Partial<StoredContainer>;
  const readinessProbe = probeOf({ ...container, ports });
  return {
    name,
    namespace,
    labels,
    ip,
    container: { ...container, env, ports, readinessProbe },
    volumes: spec.volumes ?? [],
  };
}

/** Its readiness probe with port numbers. Without a probe, it is ready when its first port answers. */
function probeOf({ ports, readinessProbe }: StoredContainer): Probe {
  const {
    httpGet,
    tcpSocket,
    timeoutSeconds = 1,
  } = readinessProbe ?? { tcpSocket: { port: ports[0]?.containerPort ?? 0 } };
  const numberOf = (port: number | string) =>
    typeof port === 'number' ? port : (ports.find(({ name }) => name === port)?.containerPort ?? 0);
  return {
    ...(httpGet && { httpGet: { path: httpGet.path, port: numberOf(httpGet.port) } }),
    ...(tcpSocket && { tcpSocket: { port: numberOf(tcpSocket.port) } }),
    timeoutSeconds,
  };
}

/** What a pod does now: why it does not run yet, or that it runs, and whether it is ready. */
export type PodState =
  | { readonly is: 'waiting'; readonly reason: string; readonly message: string }
  | { readonly is: 'ready'; readonly since: string };

/** The status that a kubelet would write. */
export function podStatus({ spec }: StoredPod, ip: string, state: PodState): object {
  const ready = state.is === 'ready';
  const [{ name, image }] = spec.containers;
  const condition = (type: string, isTrue: boolean) => ({ type, status: isTrue ? 'True' : 'False' });
  const container = {
    name,
    image,
    imageID: image,
    ready,
    started: ready,
    restartCount: 0,
    state: ready
      ? { running: { startedAt: state.since } }
      : { waiting: { reason: state.reason, message: state.message } },
  };
  return {
    phase: ready ? 'Running' : 'Pending',
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', ready),
      condition('Ready', ready),
    ],
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    podIP: ip,
    podIPs: [{ ip }],
    containerStatuses: [container],
  };
}
