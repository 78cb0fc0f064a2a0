import { AGE, ofCondition } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { environmentOf } from '../../kubernetes/crd/environment.ts';
import { objectReference } from '../../kubernetes/crd/object-reference.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { Type } from '../../typebox.ts';
import { addedMetadataFields } from './added-metadata.ts';
import { agentGatewayReading } from './agent-gateway.ts';

const AgentGatewaySpec = Type.Object(
  {
    agentGatewayClassName: Type.Optional(
      Type.String({ example: 'krakend', description: 'Name of the AgentGatewayClass. Defaults to the default class.' }),
    ),
    replicas: Type.Optional(
      Type.Integer({ format: 'int32', minimum: 1, default: 1, description: 'Number of pods of the gateway.' }),
    ),
    timeout: Type.Optional(
      Type.String({ default: '360s', description: 'Timeout of a call, as a Go duration such as 90s or 1m30s.' }),
    ),
    ...environmentOf('the gateway'),
    ...addedMetadataFields,
    guardrails: Type.Optional(
      Type.Array(objectReference('Reference to a Guard.'), {
        description:
          'Guards that calls should pass, in this order. A gateway that does not support guards reports this in its status.',
      }),
    ),
  },
  { description: 'Desired state of the gateway.' },
);

export const agentGatewayCrd: CrdDefinition = {
  kind: agentGatewayReading,
  schema: customResource('A gateway that serves the exposed Agents of the cluster.', {
    spec: AgentGatewaySpec,
    status: Type.Object(commonStatus, { description: 'State of the gateway, as its controller reports it.' }),
  }),
  columns: [
    {
      name: 'Class',
      type: 'string',
      jsonPath: '.spec.agentGatewayClassName',
      description: 'AgentGatewayClass in the spec.',
    },
    {
      name: 'Accepted',
      type: 'string',
      jsonPath: ofCondition('Accepted', 'status'),
      description: 'Whether the controller accepts the spec.',
    },
    {
      name: 'Resolved',
      type: 'string',
      jsonPath: ofCondition('ResolvedRefs', 'status'),
      description: 'Whether the gateway serves every exposed agent and all objects that it refers to exist.',
    },
    {
      name: 'Programmed',
      type: 'string',
      jsonPath: ofCondition('Programmed', 'status'),
      description: 'Whether the pods serve the current configuration.',
    },
    AGE,
    {
      name: 'References',
      type: 'string',
      jsonPath: ofCondition('ResolvedRefs', 'message'),
      description: 'Agents that are not served, with reasons, and objects that are missing.',
      priority: 1,
    },
    {
      name: 'Rollout',
      type: 'string',
      jsonPath: ofCondition('Programmed', 'message'),
      description: 'Progress of the rollout of the current configuration.',
      priority: 1,
    },
    {
      name: 'Route',
      type: 'string',
      jsonPath: ofCondition('RouteAccepted', 'message'),
      description: 'Host names at which the Gateway sends calls here, or why it sends none.',
      priority: 1,
    },
  ],
};
