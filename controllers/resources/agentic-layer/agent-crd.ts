import { AGE, ofCondition } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { environmentOf } from '../../kubernetes/crd/environment.ts';
import { objectReference } from '../../kubernetes/crd/object-reference.ts';
import { resourcesOf } from '../../kubernetes/crd/resources.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { Volume, VolumeMount } from '../../kubernetes/crd/volumes.ts';
import { Type } from '../../typebox.ts';
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
        example: 8000,
        description: "Number of the port. Defaults to the protocol's usual port.",
      }),
    ),
    path: Type.Optional(
      Type.String({ pattern: '^/[a-zA-Z0-9/_-]*$', example: '/a2a', description: 'URL path of the protocol.' }),
    ),
  },
  { description: 'A protocol and its port.' },
);

const AgentSpec = Type.Object(
  {
    exposed: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether AgentGateways expose the agent to outside callers.' }),
    ),
    framework: Type.Optional(
      Type.Union([Type.Literal('google-adk'), Type.Literal('msaf'), Type.Literal('custom')], {
        description: 'Framework of the agent.',
      }),
    ),
    image: Type.Optional(
      Type.String({
        example: 'ghcr.io/example/agent:1.0',
        description: "Image of the agent. Defaults to the framework's template image.",
      }),
    ),
    replicas: Type.Optional(Type.Integer({ format: 'int32', minimum: 0, description: 'Number of pods of the agent.' })),
    description: Type.Optional(
      Type.String({ description: 'Purpose of the agent. Sets the variable AGENT_DESCRIPTION.' }),
    ),
    instruction: Type.Optional(
      Type.String({
        description: 'System prompt that a template image gives the model. Sets the variable AGENT_INSTRUCTION.',
      }),
    ),
    model: Type.Optional(
      Type.String({
        description: "Language model. Sets the variable AGENT_MODEL. Defaults to the agent's own choice.",
      }),
    ),
    aiGatewayRef: Type.Optional(objectReference('AiGateway through which the agent calls models.')),
    protocols: Type.Optional(
      Type.Array(Protocol, {
        description: 'Protocols that the agent serves.',
        'x-kubernetes-list-type': 'atomic',
      }),
    ),
    subAgents: Type.Optional(
      Type.Array(SubAgent, { description: 'Other agents that this agent may call. Sets the variable SUB_AGENTS.' }),
    ),
    tools: Type.Optional(
      Type.Array(Tool, { description: 'Tools that the agent may use. Sets the variable AGENT_TOOLS.' }),
    ),
    ...environmentOf('the agent'),
    resources: Type.Optional(resourcesOf('the agent')),
    volumes: Type.Optional(Type.Array(Volume, { description: "Volumes of the agent's pods." })),
    volumeMounts: Type.Optional(
      Type.Array(VolumeMount, { description: "Mounts of these volumes in the agent's container." }),
    ),
    ...addedMetadataFields,
  },
  { description: 'Desired state of the agent.' },
);

const AgentStatus = Type.Object(
  {
    url: Type.Optional(
      Type.String({ description: 'URL of the agent card in the cluster. Gateways reach the agent through it.' }),
    ),
    aiGatewayRef: Type.Optional(objectReference('AiGateway that the agent uses.')),
    ...commonStatus,
  },
  { description: 'State of the agent, as the agent runtime reports it.' },
);

export const agentCrd: CrdDefinition = {
  kind: agentReading,
  schema: customResource('An AI agent that is called over A2A.', { spec: AgentSpec, status: AgentStatus }),
  columns: [
    {
      name: 'Exposed',
      type: 'boolean',
      jsonPath: '.spec.exposed',
      description: 'Whether AgentGateways expose the agent.',
    },
    {
      name: 'Ready',
      type: 'string',
      jsonPath: ofCondition('Ready', 'status'),
      description: 'Whether the agent runtime reports the agent as ready.',
    },
    {
      name: 'AI Gateway',
      type: 'string',
      jsonPath: '.status.aiGatewayRef.name',
      description: 'AiGateway that the agent uses.',
    },
    AGE,
    {
      name: 'URL',
      type: 'string',
      jsonPath: '.status.url',
      description: 'URL of the agent card in the cluster.',
      priority: 1,
    },
  ],
};
