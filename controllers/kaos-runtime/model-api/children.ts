import type { ChildName } from '../../engine/child-names.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { serviceReading } from '../../kubernetes/kinds/service.ts';
import { namingOf } from '../../resources/kaos/naming.ts';
import { modelApiSpec, type RuntimeModelApi } from '../../resources/kaos/runtime-model-api.ts';
import { configMapName, configSecret } from './config-names.ts';

/** The kinds of children that ModelAPIs have. */
export const MODEL_API_CHILD_KINDS = [
  configMapReading,
  deploymentReading,
  networkPolicyReading,
  serviceReading,
] as const;

/** The children that this ModelAPI asks for. It has a ConfigMap in mode Proxy, unless a Secret has the configuration. */
export function modelApiChildren(modelApi: RuntimeModelApi): readonly ChildName[] {
  const spec = modelApiSpec(modelApi);
  const { serviceName: name } = namingOf(modelApi);
  const hasConfigMap = spec.mode === 'Proxy' && configSecret(spec) === undefined;
  return [
    ...(hasConfigMap ? [{ reading: configMapReading, name: configMapName(modelApi.metadata.name) }] : []),
    { reading: deploymentReading, name },
    { reading: serviceReading, name },
  ];
}
