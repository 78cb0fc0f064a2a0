import { codeUnitOrder } from '../../data/order.ts';
import type { CrdDefinition } from '../../kubernetes/crd/definition.ts';
import { structuralSchema } from '../../kubernetes/crd/structural-schema.ts';
import { undeclaredFields } from '../../kubernetes/crd/undeclared-fields.ts';
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

function specOf({ schema }: CrdDefinition) {
  return structuralSchema(schema).properties?.['spec'] ?? {};
}

/**
 * The fields of a spec that neither KAOS 0.8 nor 0.1.4 has, sorted. Our CRDs drop them, but others may keep them: those of a newer
 * KAOS, for example. The merge checks what is in `podSpec`.
 */
export function unknownFields({ kind, spec }: { readonly kind: keyof typeof SPECS; readonly spec?: unknown }) {
  return [...undeclaredFields(spec, SPECS[kind], 'spec')].sort(codeUnitOrder);
}
