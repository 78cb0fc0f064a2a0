import { Type } from '@sinclair/typebox';
import { AGE } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { agentGatewayClassReading } from './agent-gateway-class.ts';

export const agentGatewayClassCrd: CrdDefinition = {
  kind: agentGatewayClassReading,
  schema: customResource('A class of AgentGateways: it says which controller makes them.', {
    spec: Type.Object(
      { controller: Type.String({ description: 'Name of the controller that makes the gateways of this class.' }) },
      { description: 'Whose the gateways of this class are.' },
    ),
    status: Type.Object(commonStatus, { description: 'What the controller says of the class.' }),
  }),
  columns: [
    {
      name: 'Controller',
      type: 'string',
      jsonPath: '.spec.controller',
      description: 'The controller that makes the gateways of this class.',
    },
    {
      name: 'Default',
      type: 'string',
      jsonPath: '.metadata.annotations.agentgatewayclass\\.kubernetes\\.io/is-default-class',
      description: 'Whether gateways that name no class are of this one.',
    },
    AGE,
  ],
};
