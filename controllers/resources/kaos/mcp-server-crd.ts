import { Type } from '@sinclair/typebox';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { mcpServerReading } from './mcp-server.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

const McpServerSpec = Type.Object(
  {
    runtime: Type.String({
      description:
        'Name of a runtime of the registry, such as python-string; or custom, for which container.image is needed.',
    }),
    params: Type.Optional(Type.String({ description: 'What the runtime is to do: for python-string, the tools.' })),
    serviceAccountName: Type.Optional(
      Type.String({ description: 'ServiceAccount of the pods, where the tools call the API server.' }),
    ),
    telemetry,
    ...workloadSpec,
  },
  { description: 'What the server should be.' },
);

const phase = Type.Union([Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed')], {
  description: 'How far the server is.',
});

const McpServerStatus = Type.Object(
  {
    ...workloadStatus(phase),
    availableTools: Type.Optional(
      Type.Array(Type.String({ description: 'Name of a tool.' }), {
        description: 'The tools that the server offers, where its controller knows them.',
      }),
    ),
  },
  { description: 'What is said of the server.' },
);

export const mcpServerCrd: CrdDefinition = {
  kind: mcpServerReading,
  schema: customResource('A server of tools for agents, over the Model Context Protocol.', {
    spec: McpServerSpec,
    status: McpServerStatus,
  }),
  shortNames: ['mcp', 'mcps'],
  columns: [
    { name: 'Runtime', type: 'string', jsonPath: '.spec.runtime', description: 'The runtime that it uses.' },
    ...workloadColumns,
  ],
};
