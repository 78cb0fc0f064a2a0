import { byteLength } from '../../data/size.ts';
import type { AgentGatewaySettings } from '../../settings.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { agentBytes } from '../krakend/krakend-config.ts';
import type { Form } from '../krakend/krakend-files.ts';
import { rowBytes } from '../krakend/settings-files.ts';

/** How much room a gateway has for agents, in bytes, and how much of it an agent takes. */
export interface Room {
  readonly bytes: number;
  readonly bytesOf: (agent: ServedAgent) => number;
  /** The setting with its value, for messages. */
  readonly limit: string;
  readonly setting: string;
}

/** The room in settings files; without them, what one file has beside an empty configuration. */
export function roomFor(emptyConfig: string, { settingsLimitKiB, configLimitKiB }: AgentGatewaySettings): Room {
  return settingsLimitKiB > 0
    ? {
        bytes: settingsLimitKiB * 1024,
        bytesOf: rowBytes,
        limit: `AGENT_GATEWAY_SETTINGS_LIMIT_KIB=${settingsLimitKiB}`,
        setting: 'AGENT_GATEWAY_SETTINGS_LIMIT_KIB',
      }
    : {
        bytes: configLimitKiB * 1024 - byteLength(emptyConfig),
        bytesOf: agentBytes,
        limit: `AGENT_GATEWAY_CONFIG_LIMIT_KIB=${configLimitKiB}`,
        setting: 'AGENT_GATEWAY_CONFIG_LIMIT_KIB',
      };
}

/** Settings files, if they are allowed and one file cannot hold the agents. */
export function formFor(
  agents: readonly ServedAgent[],
  emptyConfig: string,
  { settingsLimitKiB, configLimitKiB }: AgentGatewaySettings,
): Form {
  const bytes = agents.reduce((sum, agent) => sum + agentBytes(agent), byteLength(emptyConfig));
  return settingsLimitKiB > 0 && bytes > configLimitKiB * 1024 ? 'settings-files' : 'one-file';
}

/** What the agents take of the room, in percent, rounded up. */
export function percentOf(agents: readonly ServedAgent[], { bytes, bytesOf }: Room): number {
  const used = agents.reduce((sum, agent) => sum + bytesOf(agent), 0);
  return Math.ceil((100 * used) / Math.max(bytes, 1));
}
