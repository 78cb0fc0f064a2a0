import { nearestName } from '../data/nearest-name.ts';
import { quote } from '../data/quote.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import type { AgentGatewayClass } from '../resources/agentic-layer/agent-gateway-class.ts';
import type { AgentGatewaySettings } from '../settings.ts';

/** Other releases of this service append a hyphen and a name of their own. */
const CONTROLLER_NAME = 'runtime.agentic-layer.ai/agent-gateway-krakend-controller';
const DEFAULT_ANNOTATION = 'agentgatewayclass.kubernetes.io/is-default-class';

/**
 * Which controller a gateway belongs to. `unknown`: its class does not exist, or it names none and there is no default
 * class. Its children are kept.
 */
export type Claim = 'ours' | 'theirs' | 'unknown';

/** Whether the gateway's class, or the default class if it names none, is for this controller. */
export function claim(
  gateway: AgentGateway,
  classes: readonly AgentGatewayClass[],
  { classController }: AgentGatewaySettings,
): Claim {
  const candidates = candidatesFor(gateway, classes);
  if (candidates.some(({ spec }) => spec.controller === classController)) {
    return 'ours';
  }
  return candidates.length > 0 ? 'theirs' : 'unknown';
}

/** The mistake because of which a gateway is not ours, if it is one; undefined for the class of another controller. */
export function whyNotClaimed(
  gateway: AgentGateway,
  classes: readonly AgentGatewayClass[],
  { classController }: AgentGatewaySettings,
): string | undefined {
  const candidates = candidatesFor(gateway, classes);
  if (candidates.some(({ spec }) => spec.controller === classController)) {
    return undefined;
  }
  const [misspelt] = candidates.filter(({ spec }) => isMisspelt(spec.controller, classController));
  if (misspelt !== undefined) {
    const { metadata, spec } = misspelt;
    return `AgentGatewayClass ${quote(metadata.name)}: spec.controller: ${quote(spec.controller)} is not this controller; did you mean "${classController}"?`;
  }
  return candidates.length > 0 ? undefined : classNotFound(gateway, classes);
}

/** Whether a controller's name is nearly ours, and not that of another release. */
function isMisspelt(name: string, ours: string): boolean {
  const isOfAnother = name === CONTROLLER_NAME || name.startsWith(`${CONTROLLER_NAME}-`);
  return !isOfAnother && nearestName(name, [ours]) !== undefined;
}

function candidatesFor({ spec }: AgentGateway, classes: readonly AgentGatewayClass[]): readonly AgentGatewayClass[] {
  const named = spec?.agentGatewayClassName;
  return named
    ? classes.filter(({ metadata }) => metadata.name === named)
    : classes.filter(({ metadata }) => metadata.annotations?.[DEFAULT_ANNOTATION] === 'true');
}

const MOST_NAMED = 10;

function classNotFound({ spec }: AgentGateway, classes: readonly AgentGatewayClass[]): string {
  const named = spec?.agentGatewayClassName;
  const names = classes.map(({ metadata }) => metadata.name).sort();
  const why = named
    ? `there is no AgentGatewayClass ${quote(named)}`
    : 'is not set, and no AgentGatewayClass is the default; set it, or make one the default';
  const near = named && nearestName(named, names);
  const expected = `expected one of ${names.slice(0, MOST_NAMED).map(quote).join(', ')}`;
  const hint = names.length === 0 ? 'there is none at all, so make one' : expected;
  return `spec.agentGatewayClassName: ${why}; ${near ? `did you mean ${quote(near)}?` : hint}`;
}
