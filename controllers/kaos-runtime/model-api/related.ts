import type { RelatedRule } from '../../contract.ts';
import { sameNames } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import { secretReading } from '../../kubernetes/kinds/config-map.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import { modelApiSpec, type RuntimeModelApi } from '../../resources/kaos/runtime-model-api.ts';
import type { Settings } from '../../settings.ts';
import { gatewayRules } from '../gateway/gateway-rules.ts';
import { policyRules } from '../workload/network-policy.ts';
import { modelApiChildren } from './children.ts';
import { configSecret } from './config-names.ts';

/** Asks for objects with children's names and, if Secrets are hashed, for the Secret with LiteLLM's configuration. */
export function related(modelApi: RuntimeModelApi, settings: Settings): readonly RelatedRule[] {
  const { namespace } = modelApi.metadata;
  const { routeName } = namingOf(modelApi);
  const secret = settings.kaosRuntime.referenceHashKey === undefined ? undefined : configSecret(modelApiSpec(modelApi));
  return [
    ...sameNames(modelApiChildren(modelApi), namespace),
    ...byNames(secretReading, namespace, secret?.name ? [secret.name] : []),
    ...policyRules({ naming: namingOf(modelApi), namespace }, settings.access),
    ...gatewayRules({ routeName, namespace }, settings),
  ];
}
