import { Type } from '@sinclair/typebox';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { agentReading } from './agent.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

function limit(range: { readonly maximum: number; readonly default: number }, description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', minimum: 1, ...range, description }));
}

const memory = Type.Object(
  {
    enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether the agent remembers conversations.' })),
    type: Type.Optional(
      Type.Union([Type.Literal('local')], {
        default: 'local',
        description: "Storage of the conversations: local keeps them in the pod's memory.",
      }),
    ),
    contextLimit: limit({ maximum: 100, default: 6 }, 'Number of messages that another agent gets with a task.'),
    maxSessions: limit({ maximum: 100_000, default: 1000 }, 'Maximum number of conversations to keep.'),
    maxSessionEvents: limit({ maximum: 10_000, default: 500 }, 'Maximum number of events to keep per conversation.'),
  },
  { description: 'Memory of the agent.' },
);

const config = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'Purpose of the agent, as other agents see it.' })),
    instructions: Type.Optional(Type.String({ description: 'System prompt of the model.' })),
    reasoningLoopMaxSteps: limit({ maximum: 20, default: 5 }, 'Maximum number of reasoning steps per call.'),
    memory: Type.Optional(memory),
    telemetry,
  },
  { description: 'Configuration of the agent.' },
);

const agentNetwork = Type.Object(
  {
    expose: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Whether others can call the agent. If true, it has a Service and a route.',
      }),
    ),
    access: Type.Optional(
      Type.Array(Type.String({ example: 'my-agent', description: 'Name of an Agent.' }), {
        description: 'Agents in the same namespace that this agent may call.',
      }),
    ),
  },
  { description: 'Calls between agents over A2A.' },
);

const AgentSpec = Type.Object(
  {
    modelAPI: Type.String({ example: 'my-models', description: 'Name of the ModelAPI, in the same namespace.' }),
    model: Type.String({ example: 'openai/gpt-4o', description: 'Name of the model. The ModelAPI must offer it.' }),
    mcpServers: Type.Optional(
      Type.Array(Type.String({ example: 'my-tools', description: 'Name of an MCPServer.' }), {
        description: 'MCPServers in the same namespace whose tools the agent may use.',
      }),
    ),
    agentNetwork: Type.Optional(agentNetwork),
    config: Type.Optional(config),
    waitForDependencies: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Whether the agent is created only when its ModelAPI and its MCPServers are ready.',
      }),
    ),
    ...workloadSpec,
  },
  { description: 'Desired state of the agent.' },
);

const phase = Type.Union(
  [Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed'), Type.Literal('Waiting')],
  { description: 'Phase of the agent. Waiting means that its ModelAPI or an MCPServer is not ready.' },
);

const AgentStatus = Type.Object(
  {
    ...workloadStatus(phase),
    linkedResources: Type.Optional(
      Type.Record(Type.String(), Type.String({ description: 'Name of the resource.' }), {
        description: 'Resources that the agent uses, by their role.',
      }),
    ),
  },
  { description: 'State of the agent.' },
);

export const agentCrd: CrdDefinition = {
  kind: agentReading,
  schema: customResource('An AI agent with a model, with tools, and with other agents that it may call.', {
    spec: AgentSpec,
    status: AgentStatus,
  }),
  shortNames: ['agent', 'agents'],
  columns: [
    { name: 'ModelAPI', type: 'string', jsonPath: '.spec.modelAPI', description: 'ModelAPI of the agent.' },
    { name: 'Model', type: 'string', jsonPath: '.spec.model', description: 'Model of the agent.' },
    ...workloadColumns,
  ],
};
