import type { Stored } from '../cluster/support/api.ts';
import { inParallel } from '../cluster/support/in-parallel.ts';
import { repeat } from '../local-cluster/repeat.ts';
import { writeStatus } from './collections.ts';
import type { Player } from './scale-case.ts';
import { done, watch } from './watch.ts';

const PAUSE_MS = 250;
const AT_A_TIME = 20;

/** Plays the controller of Deployments without pods: each one is ready at once, in one write. A real one takes several writes. */
export const playDeployments: Player = (api) => {
  const waiting = new Map<string, Stored>();
  const watched = watch(api, '/apis/apps/v1/deployments', ({ type, object }) => {
    const { observedGeneration } = (object['status'] ?? {}) as { readonly observedGeneration?: number };
    if (type !== 'DELETED' && observedGeneration !== object.metadata.generation) {
      waiting.set(`/apis/apps/v1/namespaces/${object.metadata.namespace}/deployments/${object.metadata.name}`, object);
    }
  });
  const step = async () => {
    await inParallel([...waiting], AT_A_TIME, async ([path, deployment]) => {
      await writeStatus(api, path, ready(deployment.metadata.generation));
      done(waiting, path, deployment);
    });
  };
  const repeated = repeat(step, (error) => process.stderr.write(`the controller of Deployments: ${error}\n`), PAUSE_MS);
  const isIdle = () => waiting.size === 0;
  return { isIdle, stop: () => Promise.all([watched.stop(), repeated.stop()]) };
};

function ready(observedGeneration: number | undefined): object {
  return { observedGeneration, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
}
