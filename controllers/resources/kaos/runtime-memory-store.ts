import { KeySelector } from '../../kubernetes/kinds/config-map.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';
import { OptionalTelemetry, ResourceMetadata, ResourceStatus, usableSpec, workloadFields } from './spec-fields.ts';

const text = Type.Optional(Type.String());
const count = Type.Optional(Type.Integer({ minimum: 0 }));
const flag = Type.Optional(Type.Boolean());

const Model = Type.Object({ modelAPI: Type.String({ minLength: 1 }), model: Type.String({ minLength: 1 }) });

const Storage = Type.Object({
  type: Type.Union([Type.Literal('local'), Type.Literal('external')]),
  local: Type.Optional(Type.Object({ collection: text, persistentVolume: Type.Optional(Type.Object({ size: text })) })),
  external: Type.Optional(
    Type.Object({ collection: text, connectionSecretRef: Type.Optional(KeySelector), embeddingDims: count }),
  ),
});

const LongTerm = Type.Object({
  enabled: flag,
  defaultTopK: count,
  scoreThreshold: Type.Optional(Type.Number()),
  rerank: flag,
  extraction: Type.Optional(Type.Object({ concurrency: count, maxRetries: count, systemPrompt: text })),
});

const MemoryStoreSpec = Type.Object({
  storage: Type.Optional(Storage),
  replicas: count,
  models: Type.Optional(Type.Object({ summarization: Model, embedding: Model })),
  shortTerm: Type.Optional(Type.Object({ tokenBudget: count, hardEventCap: count })),
  mediumTerm: Type.Optional(
    Type.Object({
      enabled: flag,
      compactionTrigger: count,
      compactionTarget: count,
      digestRetention: count,
      systemPrompt: text,
    }),
  ),
  longTerm: Type.Optional(LongTerm),
  requestConcurrency: count,
  defaultFailureMode: text,
  telemetry: OptionalTelemetry,
  gatewayRoute: GatewayRoute,
  container: workloadFields.container,
});
export type MemoryStoreSpec = Static<typeof MemoryStoreSpec>;

/** The fields of a MemoryStore that the KAOS runtime reads. `kaos-routes` reads fewer: errors in others must not remove a route. */
const RuntimeMemoryStore = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MemoryStore'),
  metadata: ResourceMetadata,
  spec: Type.Optional(MemoryStoreSpec),
  status: ResourceStatus,
});
export type RuntimeMemoryStore = Static<typeof RuntimeMemoryStore>;

/** The MemoryStore's spec. The CRDs accept a MemoryStore without a spec; it then has no storage and no models. */
export function memoryStoreSpec({ spec }: RuntimeMemoryStore): MemoryStoreSpec {
  return usableSpec(spec) ?? {};
}

export const runtimeMemoryStoreReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MemoryStore', resource: 'memorystores', namespaced: true },
  RuntimeMemoryStore,
);
