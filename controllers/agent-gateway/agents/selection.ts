import { shown } from '../../data/quote.ts';
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
export function whyNotSelected(object: unknown, { agentGateway }: Settings): string | undefined {
  const isExposed = agentReading.fits(object) && object.spec?.exposed === true;
  return isExposed && !isSelectedAgent(object, agentGateway.agentSelector)
    ? 'no gateway serves it, because AGENT_GATEWAY_AGENT_SELECTOR does not select its labels'
    : undefined;
}
