import { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';
import { OptionalTelemetry, ResourceMetadata, ResourceStatus, usableSpec, workloadFields } from './spec-fields.ts';

const ApiKey = Type.Object({
  value: Type.Optional(Type.String()),
  valueFrom: Type.Optional(
    Type.Object({ secretKeyRef: Type.Optional(KeySelector), configMapKeyRef: Type.Optional(KeySelector) }),
  ),
});
export type ApiKey = Static<typeof ApiKey>;

const ProxyConfig = Type.Object({
  models: Type.Array(Type.String()),
  provider: Type.Optional(Type.String()),
  apiBase: Type.Optional(Type.String()),
  apiKey: Type.Optional(ApiKey),
  configYaml: Type.Optional(
    Type.Object({ fromString: Type.Optional(Type.String()), fromSecretKeyRef: Type.Optional(KeySelector) }),
  ),
});
export type ProxyConfig = Static<typeof ProxyConfig>;

const ModelApiSpec = Type.Object({
  mode: Type.Optional(Type.Union([Type.Literal('Proxy'), Type.Literal('Hosted')])),
  proxyConfig: Type.Optional(ProxyConfig),
  hostedConfig: Type.Optional(Type.Object({ model: Type.String() })),
  telemetry: OptionalTelemetry,
  gatewayRoute: GatewayRoute,
  ...workloadFields,
});
export type ModelApiSpec = Static<typeof ModelApiSpec>;

/** The fields of a ModelAPI that the KAOS runtime reads. `kaos-routes` reads fewer: errors in others must not remove a route. */
const RuntimeModelApi = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('ModelAPI'),
  metadata: ResourceMetadata,
  spec: Type.Optional(ModelApiSpec),
  status: ResourceStatus,
});
export type RuntimeModelApi = Static<typeof RuntimeModelApi>;

/** The ModelAPI's spec. The CRDs accept a ModelAPI without a spec; it then has no mode. */
export function modelApiSpec({ spec }: RuntimeModelApi): ModelApiSpec {
  return usableSpec(spec) ?? {};
}

export const runtimeModelApiReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'ModelAPI', resource: 'modelapis', namespaced: true },
  RuntimeModelApi,
);
