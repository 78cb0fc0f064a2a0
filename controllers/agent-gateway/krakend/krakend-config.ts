import { CARD_PATH, cardUrl } from '../../resources/agentic-layer/agent-address.ts';
import type { KrakendLogLevel } from '../../settings.ts';
import type { ServedAgent, Shorthand } from '../agents/exposed-agents.ts';
import { endpointText, type KrakendEndpoint } from './endpoint-templates.ts';

/** KrakenD's configuration, format 3, for KrakenD 2.12. OpenTelemetry is added when it is written out. */
export interface KrakendConfig {
  readonly endpoints: readonly KrakendEndpoint[];
  readonly extra_config: { readonly 'plugin/http-server': HttpServerPlugins; readonly [component: string]: object };
  readonly [field: string]: unknown;
}

interface HttpServerPlugins {
  readonly name: readonly string[];
  readonly body_logger_config?: { readonly skip_paths: readonly string[] };
  readonly openai_a2a_config: { readonly agents: readonly PluginAgent[] };
}

/** The plugin mixes snake case and camel case. */
interface PluginAgent {
  readonly model_id: string;
  readonly url: string;
  readonly owned_by: string;
  readonly createdAt: number;
}

export const HEALTH_PATH = '/__health';
export const KRAKEND_PORT = 8080;
/** Where an endpoint has its card: at `agent-card.json`, and at the older `agent.json`. The script answers others with 404. */
export const CARD_PATTERN = '/.well-known/{card}';

/** What a configuration has besides its agents. */
interface KrakendChoices {
  /** KrakenD's duration, such as `360s`. */
  readonly timeout: string;
  readonly logLevel: KrakendLogLevel;
}

/** `extra_config` comes last, because the telemetry block is inserted at its end. */
export function krakendConfig({ timeout, logLevel }: KrakendChoices, agents: readonly ServedAgent[]): KrakendConfig {
  return {
    $schema: 'https://www.krakend.io/schema/v2.12/krakend.json',
    version: 3,
    name: 'agent-gateway-krakend',
    port: KRAKEND_PORT,
    timeout,
    output_encoding: 'json',
    plugin: { pattern: '.so', folder: '/unleash/tentacles/' },
    endpoints: agents.flatMap(endpointsOf),
    extra_config: {
      'plugin/http-server': {
        ...pluginsAt(logLevel),
        openai_a2a_config: { agents: agents.map(pluginAgent) },
      },
      'telemetry/logging': { level: logLevel, stdout: true, syslog: false },
      router: { disable_access_log: false, hide_version_header: true, logger_skip_paths: [HEALTH_PATH] },
    },
  };
}

/**
 * The plugins, of which the last sees a call first. The body logger keeps each body and answer in memory as a whole, several
 * times, and logs them at DEBUG only. So it is left out at other levels, where calls to an agent then cost no memory.
 */
function pluginsAt(level: KrakendLogLevel): Pick<HttpServerPlugins, 'name' | 'body_logger_config'> {
  const name = ['openai-a2a'];
  return level === 'DEBUG'
    ? { name: ['body-logger', ...name], body_logger_config: { skip_paths: [HEALTH_PATH] } }
    : { name };
}

/**
 * The card and the calls of an agent, at `/<namespace>/<name>` and, if no other agent has the name, at `/<name>`. Only the
 * backend knows the agent's own path: a script writes the gateway's path into the card.
 */
function endpointsOf({ host, path, ...agent }: ServedAgent): KrakendEndpoint[] {
  return prefixesOf(agent).flatMap((prefix): KrakendEndpoint[] => [
    {
      ...{ endpoint: `/${prefix}${CARD_PATTERN}`, kind: 'card', host, url_pattern: `${path}${CARD_PATH}` },
      ...(prefix !== agent.id && agent.shorthand === 'long' && { path_in_card: `/${agent.id}` }),
    },
    { endpoint: `/${prefix}`, kind: 'call', host, url_pattern: path || '/' },
  ]);
}

function prefixesOf({ id, name, shorthand }: Pick<ServedAgent, 'id' | 'name' | 'shorthand'>): readonly string[] {
  return shorthand === 'none' ? [id] : [id, name];
}

/** How many bytes of the configuration an agent takes. Its parts are ASCII without quotes, so their lengths can be added. */
export function agentBytes(agent: ServedAgent): number {
  return FIXED_BYTES[agent.shorthand] + variableBytes(agent);
}

/** Each prefix has two endpoints with the agent's address, and the plugin has the address once more. */
function variableBytes(agent: ServedAgent): number {
  const { id, namespace, createdAt, host, path } = agent;
  const prefixes = prefixesOf(agent);
  const inCard = agent.shorthand === 'long' ? id.length : 0;
  const names = prefixes.reduce((sum, prefix) => sum + 2 * prefix.length, id.length + namespace.length + inCard);
  const addresses = (2 * prefixes.length + 1) * (host.length + path.length) + (path === '' ? prefixes.length : 0);
  return names + addresses + String(createdAt).length;
}

function pluginAgent(agent: ServedAgent): PluginAgent {
  const { id, namespace, createdAt } = agent;
  return { model_id: id, url: cardUrl(agent), owned_by: namespace, createdAt };
}

const COMMA = 1;
/** The bytes that are the same for every agent, with or without a short path. The commas between agents count. */
const FIXED_BYTES = { none: fixedBytes('none'), short: fixedBytes('short'), long: fixedBytes('long') };

function fixedBytes(shorthand: Shorthand): number {
  const agent = { id: 'n/a', name: 'a', namespace: 'n', createdAt: 0, host: 'http://a', path: '', shorthand };
  const texts = [...endpointsOf(agent).map(endpointText), JSON.stringify(pluginAgent(agent))];
  return texts.reduce((sum, { length }) => sum + length + COMMA, 0) - variableBytes(agent);
}
