import { AVAILABLE, OURS, PROGRESSING } from '../../support/gateways.ts';
import type { Manifest } from '../../support/helm.ts';
import { RUNTIME } from '../plan/manifests.ts';
import { CHILD_KINDS } from '../plan/observed.ts';
import { type HookClient, hookClient } from './hook-client.ts';
import { type Kept, type MemoryStore, memoryStore } from './memory-store.ts';
import type { Connection, Prepared, SoakCluster } from './soak-cluster.ts';
import { startStandIn } from './stand-in.ts';
import type { WorkQueue } from './work-queue.ts';

/** How long the pods of a Deployment take until they are replaced. */
const ROLLOUT_MS = 3000;

const SETTINGS = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };

const CLASS: Manifest = {
  apiVersion: RUNTIME,
  kind: 'AgentGatewayClass',
  metadata: { name: 'krakend' },
  spec: { controller: OURS },
};

/** A cluster in memory with the stand-in for Metacontroller. */
export function prepareMemoryCluster({ port, ca, token, see }: Connection): Prepared {
  const store = memoryStore();
  const hooks = hookClient(port, ca, token);
  const queues: WorkQueue[] = [];
  store.subscribe(({ type, object, isOrphan = false }) => {
    if (object.kind in CHILD_KINDS) {
      see({ type: type === 'deleted' ? 'gone' : 'there', object, isOrphan });
    }
  });
  store.subscribe(({ object }) => {
    if (object.kind === 'Deployment') {
      rollOut(store, object);
    }
  });
  store.write(CLASS, 'chart');
  return {
    environment: SETTINGS,
    start: async () => {
      queues.push(...startStandIn({ store, hooks }));
      return memoryCluster(store, hooks, queues);
    },
    stop: async () => {
      for (const queue of queues) {
        queue.stop();
      }
      hooks.close();
    },
  };
}

function memoryCluster(store: MemoryStore, hooks: HookClient, queues: readonly WorkQueue[]): SoakCluster {
  return {
    put: async ({ object, status }) => {
      const writeStatus = () => status && store.writeStatus(object, status);
      // A hidden agent with a broken address is not shown with its old one.
      writeStatus();
      store.write(object, 'kubectl');
      writeStatus();
    },
    remove: async (object) => store.remove(object),
    useToken: async (token) => hooks.useToken(token),
    activity: async () => ({
      retries: queues.reduce((sum, queue) => sum + queue.retries(), 0),
      failing: queues.flatMap((queue) => queue.failing()),
    }),
  };
}

/** The status that the Deployment's controller writes: first that its pods are being replaced, then that they are available. */
function rollOut(store: MemoryStore, deployment: Kept): void {
  const { generation } = deployment.metadata;
  const { replicas = 1 } = deployment['spec'] as { readonly replicas?: number };
  const known = deployment['status'] as { readonly observedGeneration?: number } | undefined;
  if (known?.observedGeneration !== generation) {
    const status = { observedGeneration: generation, replicas, availableReplicas: replicas };
    store.writeStatus(deployment, { ...status, updatedReplicas: 0, conditions: PROGRESSING });
    setTimeout(() => {
      if (store.read(deployment)?.metadata.generation === generation) {
        store.writeStatus(deployment, { ...status, updatedReplicas: replicas, conditions: AVAILABLE });
      }
    }, ROLLOUT_MS).unref();
  }
}
