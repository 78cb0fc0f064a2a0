import { Type } from '@sinclair/typebox';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { agentReading } from './agent.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

function limit(range: { readonly maximum: number; readonly default: number }, description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', minimum: 1, ...range, description }));
}

const memory = Type.Object(
  {
    enabled: Type.Optional(Type.Boolean({ default: true, description: 'Whether conversations are remembered.' })),
    type: Type.Optional(
      Type.Union([Type.Literal('local')], {
        default: 'local',
        description: "Where: local is in the pod's own memory.",
      }),
    ),
    contextLimit: limit({ maximum: 100, default: 6 }, 'How many messages another agent is given with a task.'),
    maxSessions: limit({ maximum: 100_000, default: 1000 }, 'How many conversations are kept.'),
    maxSessionEvents: limit({ maximum: 10_000, default: 500 }, 'How many events of a conversation are kept.'),
  },
  { description: 'What the agent remembers.' },
);

const config = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'What the agent is for, as others are told.' })),
    instructions: Type.Optional(Type.String({ description: 'What the model is told first.' })),
    reasoningLoopMaxSteps: limit({ maximum: 20, default: 5 }, 'How many steps of reasoning a call may take.'),
    memory: Type.Optional(memory),
    telemetry,
  },
  { description: 'How the agent works.' },
);

const agentNetwork = Type.Object(
  {
    expose: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether others can call the agent: it has a Service and a route.' }),
    ),
    access: Type.Optional(
      Type.Array(Type.String({ description: 'Name of an Agent.' }), {
        description: 'Agents of the same namespace that this one may call.',
      }),
    ),
  },
  { description: 'Who calls whom over A2A.' },
);

const AgentSpec = Type.Object(
  {
    modelAPI: Type.String({ description: 'Name of the ModelAPI, in the same namespace.' }),
    model: Type.String({ description: 'Name of the model; the ModelAPI must have it.' }),
    mcpServers: Type.Optional(
      Type.Array(Type.String({ description: 'Name of an MCPServer.' }), {
        description: 'MCPServers of the same namespace whose tools the agent may use.',
      }),
    ),
    agentNetwork: Type.Optional(agentNetwork),
    config: Type.Optional(config),
    waitForDependencies: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'Whether the agent is made only when its ModelAPI and its MCPServers are ready.',
      }),
    ),
    ...workloadSpec,
  },
  { description: 'What the agent should be.' },
);

const phase = Type.Union(
  [Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed'), Type.Literal('Waiting')],
  { description: 'How far the agent is; Waiting is for its ModelAPI or an MCPServer.' },
);

const AgentStatus = Type.Object(
  {
    ...workloadStatus(phase),
    linkedResources: Type.Optional(
      Type.Record(Type.String(), Type.String({ description: 'Name of one.' }), {
        description: 'What the agent uses, by what it is.',
      }),
    ),
  },
  { description: 'What is said of the agent.' },
);

export const agentCrd: CrdDefinition = {
  kind: agentReading,
  schema: customResource('An AI agent with a model, tools and other agents that it may call.', {
    spec: AgentSpec,
    status: AgentStatus,
  }),
  shortNames: ['agent', 'agents'],
  columns: [
    { name: 'ModelAPI', type: 'string', jsonPath: '.spec.modelAPI', description: 'The ModelAPI that it uses.' },
    { name: 'Model', type: 'string', jsonPath: '.spec.model', description: 'The model that it uses.' },
    ...workloadColumns,
  ],
};
