import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { Type } from '../../typebox.ts';
import { mcpServerReading } from './mcp-server.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

const McpServerSpec = Type.Object(
  {
    runtime: Type.String({
      example: 'python-string',
      description: 'Name of a runtime in the registry, such as python-string, or custom, which needs container.image.',
    }),
    params: Type.Optional(
      Type.String({ description: 'Parameters of the runtime. For python-string, these are the tools.' }),
    ),
    serviceAccountName: Type.Optional(
      Type.String({
        example: 'my-tools',
        description: 'ServiceAccount of the pods. Set it if the tools call the API server.',
      }),
    ),
    telemetry,
    ...workloadSpec,
  },
  { description: 'Desired state of the server.' },
);

const phase = Type.Union([Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed')], {
  description: 'Phase of the server.',
});

const McpServerStatus = Type.Object(
  {
    ...workloadStatus(phase),
    availableTools: Type.Optional(
      Type.Array(Type.String({ description: 'Name of a tool.' }), {
        description: 'Tools that the server offers, if its controller knows them.',
      }),
    ),
  },
  { description: 'State of the server.' },
);

export const mcpServerCrd: CrdDefinition = {
  kind: mcpServerReading,
  schema: customResource('A server that offers tools to agents over the Model Context Protocol.', {
    spec: McpServerSpec,
    status: McpServerStatus,
  }),
  shortNames: ['mcp', 'mcps'],
  columns: [
    { name: 'Runtime', type: 'string', jsonPath: '.spec.runtime', description: 'Runtime of the server.' },
    ...workloadColumns,
  ],
};
