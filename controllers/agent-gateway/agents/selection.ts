import { shown } from '../../data/quote.ts';
import { fieldOf, namesOf, settingNamed, type Unreachable } from '../../endpoint.ts';
import { selectorText } from '../../kubernetes/objects/label-selector.ts';
import { agentReading } from '../../resources/agentic-layer/agent.ts';
import { isSelectedAgent } from '../../resources/agentic-layer/selected-agents.ts';
import type { AgentGatewaySettings, Settings } from '../../settings.ts';

/** Says that Agents are left out by their labels. The hook does not get them, so it cannot name them. */
export function selectionNotes({ agentSelector }: AgentGatewaySettings): readonly string[] {
  return agentSelector === undefined
    ? []
    : [
        `only Agents that AGENT_GATEWAY_AGENT_SELECTOR selects by their labels are served: ${shown(selectorText(agentSelector))}`,
      ];
}

/** Why no gateway serves an exposed Agent because of its labels; undefined for any other object. */
export function whyNotSelected(object: unknown, settings: Settings): string | undefined {
  const unserved = whyUnserved(object, settings);
  return unserved?.reason === 'NotSelected' ? unserved.message : undefined;
}

/** Why no gateway has an endpoint for an Agent, whatever the gateways are; undefined for any other object. */
export function whyUnserved(object: unknown, { agentGateway }: Settings): Unreachable | undefined {
  if (!agentReading.fits(object)) {
    return undefined;
  }
  const unserved = { outcome: 'unreachable', resource: namesOf(object), gateway: undefined } as const;
  if (object.spec?.exposed !== true) {
    const because = fieldOf(object, 'spec.exposed');
    return { ...unserved, reason: 'NotExposed', message: undefined, because };
  }
  return isSelectedAgent(object, agentGateway.agentSelector)
    ? undefined
    : {
        ...unserved,
        reason: 'NotSelected',
        message: 'no gateway serves it, because AGENT_GATEWAY_AGENT_SELECTOR does not select its labels',
        because: settingNamed('AGENT_GATEWAY_AGENT_SELECTOR'),
      };
}
