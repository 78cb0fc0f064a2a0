import { Type } from '@sinclair/typebox';
import { AGE, ofCondition } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { environmentOf } from '../../kubernetes/crd/environment.ts';
import { objectReference } from '../../kubernetes/crd/object-reference.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { addedMetadataFields } from './added-metadata.ts';
import { agentGatewayReading } from './agent-gateway.ts';

const AgentGatewaySpec = Type.Object(
  {
    agentGatewayClassName: Type.Optional(
      Type.String({ description: "Name of the gateway's AgentGatewayClass; the default class where it is not set." }),
    ),
    replicas: Type.Optional(
      Type.Integer({ format: 'int32', minimum: 1, default: 1, description: 'How many pods serve the gateway.' }),
    ),
    timeout: Type.Optional(
      Type.String({ default: '360s', description: 'How long a call may take, as a Go duration such as 90s or 1m30s.' }),
    ),
    ...environmentOf('the gateway'),
    ...addedMetadataFields,
    guardrails: Type.Optional(
      Type.Array(objectReference('A Guard.'), {
        description: 'Guards that calls should pass, in this order. A gateway that has none says so in its status.',
      }),
    ),
  },
  { description: 'What the gateway should be.' },
);

export const agentGatewayCrd: CrdDefinition = {
  kind: agentGatewayReading,
  schema: customResource('A gateway that serves the exposed Agents of the cluster.', {
    spec: AgentGatewaySpec,
    status: Type.Object(commonStatus, { description: 'What its controller says of the gateway.' }),
  }),
  columns: [
    {
      name: 'Class',
      type: 'string',
      jsonPath: '.spec.agentGatewayClassName',
      description: 'The class that it names.',
    },
    {
      name: 'Accepted',
      type: 'string',
      jsonPath: ofCondition('Accepted', 'status'),
      description: 'Whether it can be made as it was asked for.',
    },
    {
      name: 'Resolved',
      type: 'string',
      jsonPath: ofCondition('ResolvedRefs', 'status'),
      description: 'Whether every exposed agent is served and everything that it refers to is there.',
    },
    {
      name: 'Programmed',
      type: 'string',
      jsonPath: ofCondition('Programmed', 'status'),
      description: 'Whether its pods serve the present configuration.',
    },
    AGE,
    {
      name: 'References',
      type: 'string',
      jsonPath: ofCondition('ResolvedRefs', 'message'),
      description: 'Which agents are left out and why, and what is missing.',
      priority: 1,
    },
    {
      name: 'Rollout',
      type: 'string',
      jsonPath: ofCondition('Programmed', 'message'),
      description: 'How far the present configuration is.',
      priority: 1,
    },
  ],
};
