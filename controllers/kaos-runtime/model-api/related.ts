import type { RelatedRule } from '../../contract.ts';
import { type ChildName, sameNames } from '../../engine/child-names.ts';
import { byNames } from '../../engine/related-rule.ts';
import { configMapReading, secretReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentStatusReading } from '../../kubernetes/kinds/deployment-status.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import { modelApiSpec, type RuntimeModelApi } from '../../resources/kaos/runtime-model-api.ts';
import type { Settings } from '../../settings.ts';
import { gatewayRules } from '../related.ts';
import { configMapName, configSecret } from './config-names.ts';

/** Objects of its children's names, and, where Secrets can be hashed, the one that holds its configuration. */
export function related(modelApi: RuntimeModelApi, settings: Settings): readonly RelatedRule[] {
  const { namespace } = modelApi.metadata;
  const { routeName } = namingOf(modelApi);
  const secret = settings.kaosRuntime.referenceHashKey === undefined ? undefined : configSecret(modelApiSpec(modelApi));
  return [
    ...sameNames(modelApiChildren(modelApi), namespace),
    ...byNames(secretReading, namespace, secret?.name ? [secret.name] : []),
    ...gatewayRules({ routeName, namespace }, settings),
  ];
}

export const MODEL_API_CHILD_KINDS = [configMapReading, deploymentStatusReading, serviceReading] as const;

export function modelApiChildren(modelApi: RuntimeModelApi): readonly ChildName[] {
  const spec = modelApiSpec(modelApi);
  const { serviceName: name } = namingOf(modelApi);
  const hasConfigMap = spec.mode === 'Proxy' && configSecret(spec) === undefined;
  return [
    ...(hasConfigMap ? [{ kind: configMapReading, name: configMapName(modelApi.metadata.name) }] : []),
    { kind: deploymentStatusReading, name },
    { kind: serviceReading, name },
  ];
}
