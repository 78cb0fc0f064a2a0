import type { RelatedRule } from '../../contract.ts';
import { sameNames } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import { modelApiDependencyReading } from '../../resources/kaos/dependency.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import { memoryStoreSpec, type RuntimeMemoryStore } from '../../resources/kaos/runtime-memory-store.ts';
import type { Settings } from '../../settings.ts';
import { gatewayRules } from '../gateway/gateway-rules.ts';
import { policyRules } from '../workload/network-policy.ts';
import { memoryStoreChildren } from './children.ts';

/** Asks for the ModelAPIs of the store's models, whose changes count at once, and for objects with children's names. */
export function related(store: RuntimeMemoryStore, settings: Settings): readonly RelatedRule[] {
  const { namespace } = store.metadata;
  const { models } = memoryStoreSpec(store);
  const { routeName } = namingOf(store);
  const modelApis = models === undefined ? [] : [models.summarization.modelAPI, models.embedding.modelAPI];
  return [
    ...byNames(modelApiDependencyReading, namespace, modelApis),
    ...sameNames(memoryStoreChildren(store), namespace),
    ...policyRules({ naming: namingOf(store), namespace }, settings.access),
    ...gatewayRules({ routeName, namespace }, settings),
  ];
}
