import type { PlainObject } from '../../data/plain-object.ts';
import { merge } from '../../kubernetes/pod-spec/strategic-merge.ts';
import { envVar } from '../../kubernetes/pod-spec/variable-fields.ts';
import type { EnvVar } from '../../kubernetes/pod-spec/variables.ts';
import type { ApiKey } from '../../resources/kaos/runtime-model-api.ts';
import { complaintsOf } from '../complaint.ts';
import { type ContainerEnvironment, literalIfAny } from '../workload/environment.ts';

const API_KEY = 'PROXY_API_KEY';

/** The variable with the API key or a reference to it. No variable for a reference that Kubernetes would refuse. */
export function apiKey({ value, valueFrom = {} }: ApiKey = {}): ContainerEnvironment {
  const source = keySource(valueFrom);
  if (value || source === undefined) {
    return { env: literalIfAny(API_KEY, value), complaints: [] };
  }
  const variable = { name: API_KEY, valueFrom: source };
  const reading = merge(undefined, variable, { path: 'proxyConfig.apiKey', field: envVar });
  return {
    env: reading.value === undefined ? [] : [reading.value as EnvVar],
    complaints: complaintsOf('InvalidApiKey', reading.problems),
  };
}

/** The reference to use: one with a name before one without, then a Secret before a ConfigMap. */
function keySource({ secretKeyRef, configMapKeyRef }: NonNullable<ApiKey['valueFrom']>): PlainObject | undefined {
  const sources = [...(secretKeyRef ? [{ secretKeyRef }] : []), ...(configMapKeyRef ? [{ configMapKeyRef }] : [])];
  return sources.find((source) => Object.values(source).some(({ name }) => name)) ?? sources[0];
}
