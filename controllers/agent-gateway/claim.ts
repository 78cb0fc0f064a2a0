import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import type { AgentGatewayClass } from '../resources/agentic-layer/agent-gateway-class.ts';

const CONTROLLER_NAME = 'runtime.agentic-layer.ai/agent-gateway-krakend-controller';
const DEFAULT_ANNOTATION = 'agentgatewayclass.kubernetes.io/is-default-class';

/**
 * Which controller a gateway belongs to. `unknown`: its class does not exist, or it names none and there is no default
 * class. Its children are kept.
 */
export type Claim = 'ours' | 'theirs' | 'unknown';

/** Whether the gateway's class, or the default class if it names none, is for this controller. */
export function claim(gateway: AgentGateway, classes: readonly AgentGatewayClass[]): Claim {
  const named = gateway.spec?.agentGatewayClassName;
  const candidates = named
    ? classes.filter(({ metadata }) => metadata.name === named)
    : classes.filter(({ metadata }) => metadata.annotations?.[DEFAULT_ANNOTATION] === 'true');
  if (candidates.some(({ spec }) => spec.controller === CONTROLLER_NAME)) {
    return 'ours';
  }
  return candidates.length > 0 ? 'theirs' : 'unknown';
}
