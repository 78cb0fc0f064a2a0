/**
 * Why an answer has no children on purpose, as the field `released` of a log line has it. An AgentGateway or a KAOS resource
 * without children can also have the reason of one of its conditions there. The reference pages print them.
 */
export const RELEASE_REASONS = {
  Deleting: 'The parent is being deleted.',
  GatewayDisabled: 'GATEWAY_API_ENABLED is false, so no KAOS resource gets a route.',
  AgentRoutesDisabled: 'AGENT_ROUTES_ENABLED is false, so no Agent of the agent runtime gets a route.',
  NotExposed: 'The Agent has spec.agentNetwork.expose: false; an Agent of the agent runtime lacks spec.exposed: true.',
  NotSelected:
    'AGENT_GATEWAY_AGENT_SELECTOR does not select the labels of the Agent, so no gateway serves it and no route leads to it.',
  NoDirectRoute: 'No route can lead straight to the Agent. The problem of the same reason says why.',
  AccessDenied: 'The access rules deny the resource.',
  AccessWithheld: 'What the access rules ask for cannot be met. The problem of the same reason says why.',
  InvalidName: 'The name of its Service would not be valid.',
  ClassOfAnother: 'The class of the AgentGateway belongs to another controller.',
  NoReaders:
    'The KAOS runtime does not read the address of this Gateway: GATEWAY_NAME and GATEWAY_NAMESPACE name another one, or GATEWAY_ADDRESS is set.',
  NameConflict: 'A foreign ConfigMap has the name that the ConfigMap of the Gateway would have.',
  NoChildren: 'The KAOS resource has no children that would stay.',
} as const;

export type ReleaseReason = keyof typeof RELEASE_REASONS;
