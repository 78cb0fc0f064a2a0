import { ObjectMetadata } from '../../kubernetes/kinds/metadata.ts';
import { defineReading } from '../../reading.ts';
import { type Static, Type, Value } from '../../typebox.ts';
import { KAOS_API_VERSION } from './shared.ts';

const Status = Type.Optional(Type.Object({ ready: Type.Optional(Type.Unknown()) }));

/** The fields of a ModelAPI that the controller of an Agent reads: its models, and whether it is ready. */
const ModelApiDependency = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('ModelAPI'),
  metadata: ObjectMetadata,
  spec: Type.Optional(
    Type.Object({
      mode: Type.Optional(Type.Union([Type.Literal('Proxy'), Type.Literal('Hosted')])),
      proxyConfig: Type.Optional(Type.Object({ models: Type.Optional(Type.Array(Type.String())) })),
      hostedConfig: Type.Optional(Type.Object({ model: Type.Optional(Type.String()) })),
    }),
  ),
  status: Status,
});
export type ModelApiDependency = Static<typeof ModelApiDependency>;

export const modelApiDependencyReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'ModelAPI', resource: 'modelapis', namespaced: true },
  ModelApiDependency,
);

/** The fields of an MCPServer that the controller of an Agent reads. */
const McpServerDependency = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MCPServer'),
  metadata: ObjectMetadata,
  status: Status,
});
export type McpServerDependency = Static<typeof McpServerDependency>;

export const mcpServerDependencyReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MCPServer', resource: 'mcpservers', namespaced: true },
  McpServerDependency,
);

/** How much of a store an Agent may read. */
export const ReadScope = Type.Union([Type.Literal('session'), Type.Literal('agent'), Type.Literal('user')]);
export type ReadScope = Static<typeof ReadScope>;

export function isReadScope(value: unknown): value is ReadScope {
  return Value.Check(ReadScope, value);
}

/** The fields of a MemoryStore that the controller of an Agent reads. An empty scope counts as none. */
const MemoryStoreDependency = Type.Object({
  apiVersion: Type.Literal(KAOS_API_VERSION),
  kind: Type.Literal('MemoryStore'),
  metadata: ObjectMetadata,
  spec: Type.Optional(Type.Object({ maxReadScope: Type.Optional(Type.Union([ReadScope, Type.Literal('')])) })),
  status: Status,
});
export type MemoryStoreDependency = Static<typeof MemoryStoreDependency>;

export const memoryStoreDependencyReading = defineReading(
  { apiVersion: KAOS_API_VERSION, kind: 'MemoryStore', resource: 'memorystores', namespaced: true },
  MemoryStoreDependency,
);
