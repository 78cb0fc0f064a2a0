import { AGE } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { Type } from '../../typebox.ts';
import { agentGatewayClassReading } from './agent-gateway-class.ts';

export const agentGatewayClassCrd: CrdDefinition = {
  kind: agentGatewayClassReading,
  schema: customResource('A class of AgentGateways. It names the controller that implements them.', {
    spec: Type.Object(
      {
        controller: Type.String({
          example: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller',
          description: 'Name of the controller that implements the gateways of this class.',
        }),
      },
      { description: 'Desired state of the class.' },
    ),
    status: Type.Object(commonStatus, { description: 'State of the class, as its controller reports it.' }),
  }),
  columns: [
    {
      name: 'Controller',
      type: 'string',
      jsonPath: '.spec.controller',
      description: 'Controller that implements the gateways of this class.',
    },
    {
      name: 'Default',
      type: 'string',
      jsonPath: '.metadata.annotations.agentgatewayclass\\.kubernetes\\.io/is-default-class',
      description: 'Whether this is the default class.',
    },
    AGE,
  ],
};
