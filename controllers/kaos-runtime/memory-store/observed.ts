import type { DesiredObject, Snapshot } from '../../contract.ts';
import { isPlainObject } from '../../data/plain-object.ts';
import { fitting } from '../../engine/fitting.ts';
import type { PersistentVolumeClaim } from '../../kubernetes/kinds/persistent-volume-claim.ts';
import { type ModelApiDependency, modelApiDependencyReading } from '../../resources/kaos/dependency.ts';
import {
  type MemoryStoreSpec,
  memoryStoreSpec,
  type RuntimeMemoryStore,
} from '../../resources/kaos/runtime-memory-store.ts';
import type { Settings } from '../../settings.ts';
import { type Observed, observe } from '../observed.ts';
import { claimName, MEMORY_STORE_CHILD_KINDS, memoryStoreChildren } from './children.ts';
import { presentClaim, unchangedClaim } from './claim.ts';

/** A MemoryStore, the ModelAPIs of its models, and its claim. */
export interface ObservedMemoryStore extends Observed {
  readonly spec: MemoryStoreSpec;
  readonly summarization: ModelApiDependency | undefined;
  readonly embedding: ModelApiDependency | undefined;
  /** The claim that the answer repeats: a child, or one that Metacontroller does not recognise as a child yet. */
  readonly claim: DesiredObject | undefined;
  /** The same as observed, to compare its size. */
  readonly presentClaim: PersistentVolumeClaim | undefined;
}

/** Reads a MemoryStore, and finds the ModelAPIs in its namespace. */
export function observeMemoryStore(snapshot: Snapshot<RuntimeMemoryStore>, settings: Settings): ObservedMemoryStore {
  const { parent, children, related } = snapshot;
  const { namespace } = parent.metadata;
  const spec = memoryStoreSpec(parent);
  const modelApis = fitting(modelApiDependencyReading, related);
  const modelApi = (name: string | undefined) =>
    modelApis.items.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const observed = observe(snapshot, { kinds: MEMORY_STORE_CHILD_KINDS, names: memoryStoreChildren(parent) }, settings);
  const claimKey = { name: claimName(observed.naming.serviceName), namespace };
  const child = presentClaim(children, claimKey);
  const found = child ?? presentClaim(related, claimKey);
  const { labels } = observed.naming;
  return {
    ...observed,
    spec,
    summarization: modelApi(spec.models?.summarization.modelAPI),
    embedding: modelApi(spec.models?.embedding.modelAPI),
    claim: found && unchangedClaim(found, labels),
    presentClaim: found,
    children: observed.children.map((kept) => keptChild(kept, observed, child && unchangedClaim(child, labels))),
    problems: [...observed.problems, ...modelApis.problems],
  };
}

/** A present child of a held store. Its claim is as it is, and the store owns the number of its pods, so that stays too. */
function keptChild(kept: DesiredObject, { deployment }: Observed, claim: DesiredObject | undefined): DesiredObject {
  if (kept.kind === 'PersistentVolumeClaim') {
    return claim?.metadata.name === kept.metadata.name ? claim : kept;
  }
  const replicas = deployment?.spec.replicas;
  const isScaled = kept.kind === 'Deployment' && kept.metadata.name === deployment?.metadata.name;
  return isScaled && replicas !== undefined && 'spec' in kept && isPlainObject(kept.spec)
    ? ({ ...kept, spec: { ...kept.spec, replicas } } as DesiredObject)
    : kept;
}
