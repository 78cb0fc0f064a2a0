import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { Type } from '../../typebox.ts';
import { agentReading } from './agent.ts';
import { memory } from './agent-memory-crd.ts';
import { telemetry, workloadColumns, workloadSpec, workloadStatus } from './workload-crd.ts';

function limit(maximum: number, description: string) {
  return Type.Optional(Type.Integer({ format: 'int32', minimum: 0, maximum, description }));
}

const autonomous = Type.Object(
  {
    goal: Type.Optional(Type.String({ description: 'Goal on which the agent works by itself, from its start on.' })),
    intervalSeconds: limit(3600, 'Seconds between the end of a run and the next one.'),
    maxIterRuntimeSeconds: limit(86_400, 'Maximum seconds of a run.'),
  },
  { description: 'Work without a caller.' },
);

const taskConfig = Type.Object(
  {
    maxIterations: limit(1000, 'Maximum number of iterations. The runtime stops at 10 if this is not set.'),
    maxRuntimeSeconds: limit(86_400, 'Maximum seconds. The runtime stops after 300 if this is not set.'),
    maxToolCalls: limit(10_000, 'Maximum number of tool calls. The runtime stops at 50 if this is not set.'),
  },
  { description: 'Budgets of a task.' },
);

const toolCallMode = Type.Optional(
  Type.Union([Type.Literal('auto'), Type.Literal('native'), Type.Literal('string')], {
    default: 'auto',
    description: 'How the model calls tools: in its API (native), in its text (string), or as the runtime finds best.',
  }),
);

const config = Type.Object(
  {
    description: Type.Optional(Type.String({ description: 'Purpose of the agent, as other agents see it.' })),
    instructions: Type.Optional(Type.String({ description: 'What the model is told to do.' })),
    systemPrompt: Type.Optional(Type.String({ description: 'System prompt of the model, before the instructions.' })),
    toolCallMode,
    reasoningLoopMaxSteps: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: 1,
        maximum: 20,
        default: 5,
        description: 'Maximum number of reasoning steps per call.',
      }),
    ),
    autonomous: Type.Optional(autonomous),
    taskConfig: Type.Optional(taskConfig),
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
        description:
          'Whether the agent is created only when its ModelAPI, its MCPServers and its MemoryStore are ready.',
      }),
    ),
    ...workloadSpec,
  },
  { description: 'Desired state of the agent.' },
);

const phase = Type.Union(
  [Type.Literal('Pending'), Type.Literal('Ready'), Type.Literal('Failed'), Type.Literal('Waiting')],
  { description: 'Phase of the agent. Waiting means that its ModelAPI, an MCPServer or its MemoryStore is not ready.' },
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
