import { mustApply, read, type Stored } from './api.ts';
import type { ControlPlane } from './control-plane.ts';
import { moduleObjects } from './modules.ts';
import { change } from './objects.ts';
import { type PartName, part } from './parts.ts';
import { type Running, ready, start } from './processes.ts';

/** The controllers that Deployments, owner references and namespaces need. More would only slow the machine down. */
const CONTROLLERS = [
  'deployment-controller',
  'garbage-collector-controller',
  'namespace-controller',
  'replicaset-controller',
  'serviceaccount-controller',
];

/** How long a pod takes until it is ready: the shortest delay of our gateways' readiness probe. */
const READY_MILLISECONDS = 5000;

export const NODE = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' } };

/**
 * Starts the controllers and KWOK: Deployments get pods, KWOK marks the pods as ready on a node that does not exist,
 * and objects are deleted with their owners.
 */
export async function startWorkloads({ api, kubeconfig }: ControlPlane): Promise<readonly Running[]> {
  const flags = [`--kubeconfig=${kubeconfig}`];
  const run = (name: PartName, more: readonly string[], files = {}) => start(part(name), [...flags, ...more], files);
  const running = [
    startControllers(kubeconfig),
    run('kube-scheduler', QUICK),
    run('kwok', ['--manage-all-nodes=true', '--config=stages.json'], { 'stages.json': stages() }),
  ];
  await mustApply(api, [NODE]);
  // A new node has a taint until another controller sees that it is ready.
  await change(api, NODE, { spec: { taints: null } });
  await Promise.all(running.map((program) => ready(program, async () => isReady(await read(api, NODE)))));
  return running;
}

const QUICK = ['--leader-elect=false', '--secure-port=0', '--kube-api-qps=200', '--kube-api-burst=400'];

/** Starts Kubernetes's own controllers: Deployments get pods, and objects are deleted with their owners. */
export function startControllers(kubeconfig: string): Running {
  const flags = [`--kubeconfig=${kubeconfig}`, ...QUICK, `--controllers=${CONTROLLERS.join(',')}`];
  return start(part('kube-controller-manager'), flags);
}

interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

/** KWOK's own stages for nodes and pods that become ready soon, as JSON, which is YAML too. */
function stages(): string {
  const own = ['node', 'pod'].flatMap((kind) =>
    moduleObjects('sigs.k8s.io/kwok@v0.8.0', `kustomize/stage/${kind}/fast`, `${kind}-`),
  );
  return own
    .map((stage) => stage as unknown as Stage)
    .map((stage) => (stage.metadata.name === 'pod-ready' ? later(stage) : stage))
    .map((stage) => JSON.stringify(stage))
    .join('\n---\n');
}

function later(stage: Stage): Stage {
  return { ...stage, spec: { ...stage.spec, delay: { durationMilliseconds: READY_MILLISECONDS } } };
}

function isReady(node: Stored | undefined): boolean {
  const { conditions = [] } = (node?.['status'] ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
