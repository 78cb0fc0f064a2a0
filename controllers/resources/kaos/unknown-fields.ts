import { codeUnitOrder } from '../../data/order.ts';
import type { CrdDefinition } from '../../kubernetes/crd/definition.ts';
import { type StructuralSchema, structuralSchema } from '../../kubernetes/crd/structural-schema.ts';
import { prune } from '../../kubernetes/crd/unknown-fields.ts';
import { agentCrd } from './agent-crd.ts';
import { mcpServerCrd } from './mcp-server-crd.ts';
import { memoryStoreCrd } from './memory-store-crd.ts';
import { modelApiCrd } from './model-api-crd.ts';

const SPECS = {
  Agent: specOf(agentCrd),
  MCPServer: specOf(mcpServerCrd),
  MemoryStore: specOf(memoryStoreCrd),
  ModelAPI: specOf(modelApiCrd),
};

/** The schema of an object with a spec alone. */
function specOf({ schema }: CrdDefinition): StructuralSchema {
  const { spec = {} } = structuralSchema(schema).properties ?? {};
  return { type: 'object', properties: { spec } };
}

/**
 * The fields of a spec that neither KAOS 0.8 nor 0.1.4 has, sorted. Our CRDs drop them, but others may keep them: those of a newer
 * KAOS, for example. The merge checks what is in `podSpec`.
 */
export function unknownFields({ kind, spec }: { readonly kind: keyof typeof SPECS; readonly spec?: unknown }) {
  const { unknown } = prune({ spec }, SPECS[kind]);
  return unknown.map(({ path }) => path).sort(codeUnitOrder);
}
