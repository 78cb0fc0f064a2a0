import type { Controller } from '../../controllers/contract.ts';
import type { Settings } from '../../controllers/settings.ts';
import type { Cluster } from './cluster.ts';
import { identityOf } from './cluster-object.ts';

/** The cluster with the objects that controllers make and others read, unless the input has them. */
export function withReadByOthers(cluster: Cluster, controllers: readonly Controller[], settings: Settings): Cluster {
  const held = new Set(cluster.manifests.map(({ object }) => identityOf(object)));
  const added = controllers.flatMap(({ name, onDemand }) =>
    cluster.manifests
      .flatMap(({ object }) => onDemand?.readByOthers?.(object, settings) ?? [])
      .filter((object) => !held.has(identityOf(object)))
      .map((object) => ({ origin: name, object })),
  );
  return { ...cluster, manifests: [...cluster.manifests, ...added] };
}
