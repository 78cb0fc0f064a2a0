import { Type } from '@sinclair/typebox';
import { AGE, ofCondition } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { environmentOf } from '../../kubernetes/crd/environment.ts';
import { objectReference } from '../../kubernetes/crd/object-reference.ts';
import { resourcesOf } from '../../kubernetes/crd/resources.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { Volume, VolumeMount } from '../../kubernetes/crd/volumes.ts';
import { addedMetadataFields } from './added-metadata.ts';
import { agentReading } from './agent.ts';
import { SubAgent, Tool } from './agent-connections.ts';

const Protocol = Type.Object(
  {
    type: Type.Union([Type.Literal('A2A')], { description: 'The protocol.' }),
    name: Type.Optional(Type.String({ default: '', description: 'Name of the port.' })),
    port: Type.Optional(
      Type.Integer({
        format: 'int32',
        minimum: 1,
        maximum: 65535,
        description: "Number of the port; the protocol's usual one where it is not set.",
      }),
    ),
    path: Type.Optional(
      Type.String({ pattern: '^/[a-zA-Z0-9/_-]*$', description: 'Path at which the protocol is spoken.' }),
    ),
  },
  { description: 'A protocol and the port for it.' },
);

const AgentSpec = Type.Object(
  {
    exposed: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether AgentGateways serve the agent to the outside.' }),
    ),
    framework: Type.Optional(
      Type.Union([Type.Literal('google-adk'), Type.Literal('msaf'), Type.Literal('custom')], {
        description: 'What the agent is built with.',
      }),
    ),
    image: Type.Optional(
      Type.String({ description: "Image of the agent; the framework's template image where it is not set." }),
    ),
    replicas: Type.Optional(
      Type.Integer({ format: 'int32', minimum: 0, description: 'How many pods serve the agent.' }),
    ),
    description: Type.Optional(Type.String({ description: 'What the agent is for; it becomes AGENT_DESCRIPTION.' })),
    instruction: Type.Optional(
      Type.String({ description: 'What a template image tells the model first; it becomes AGENT_INSTRUCTION.' }),
    ),
    model: Type.Optional(
      Type.String({ description: "The language model, AGENT_MODEL; the agent's usual one where it is not set." }),
    ),
    aiGatewayRef: Type.Optional(objectReference('The AiGateway through which the agent reaches models.')),
    protocols: Type.Optional(
      Type.Array(Protocol, {
        description: 'What callers speak with the agent.',
        'x-kubernetes-list-type': 'atomic',
      }),
    ),
    subAgents: Type.Optional(
      Type.Array(SubAgent, { description: 'Other agents that it may call; they become SUB_AGENTS.' }),
    ),
    tools: Type.Optional(Type.Array(Tool, { description: 'Tools that it may use; they become AGENT_TOOLS.' })),
    ...environmentOf('the agent'),
    resources: Type.Optional(resourcesOf('the agent')),
    volumes: Type.Optional(Type.Array(Volume, { description: "Volumes of the agent's pods." })),
    volumeMounts: Type.Optional(
      Type.Array(VolumeMount, { description: "Where the agent's container has those volumes." }),
    ),
    ...addedMetadataFields,
  },
  { description: 'What the agent should be.' },
);

const AgentStatus = Type.Object(
  {
    url: Type.Optional(
      Type.String({ description: 'Address of the agent card in the cluster. Gateways serve the agent by it.' }),
    ),
    aiGatewayRef: Type.Optional(objectReference('The AiGateway that the agent uses.')),
    ...commonStatus,
  },
  { description: 'What the agent runtime says of the agent.' },
);

export const agentCrd: CrdDefinition = {
  kind: agentReading,
  schema: customResource('An AI agent that others call over A2A.', { spec: AgentSpec, status: AgentStatus }),
  columns: [
    {
      name: 'Exposed',
      type: 'boolean',
      jsonPath: '.spec.exposed',
      description: 'Whether AgentGateways serve it.',
    },
    {
      name: 'Ready',
      type: 'string',
      jsonPath: ofCondition('Ready', 'status'),
      description: 'Whether the agent runtime has made it.',
    },
    {
      name: 'AI Gateway',
      type: 'string',
      jsonPath: '.status.aiGatewayRef.name',
      description: 'The AiGateway that it uses.',
    },
    AGE,
    {
      name: 'URL',
      type: 'string',
      jsonPath: '.status.url',
      description: 'Where gateways find it.',
      priority: 1,
    },
  ],
};
