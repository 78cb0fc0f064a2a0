import { ObjectMetadata } from '../../kubernetes/kinds/metadata.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { GatewayRoute, KAOS_API_VERSION } from './shared.ts';

/** The fields of a KAOS MemoryStore that `kaos-routes` reads. KAOS has the kind since 0.8. */
const MemoryStore = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MemoryStore'),
  metadata: ObjectMetadata,
  spec: Type.Optional(Type.Object({ gatewayRoute: GatewayRoute })),
});
export type MemoryStore = Static<typeof MemoryStore>;

export const memoryStoreReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MemoryStore', resource: 'memorystores', namespaced: true },
  MemoryStore,
);
