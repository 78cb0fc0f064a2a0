import type { WholeCors } from '../../access/whole-cors.ts';
import { CARD_PATH, cardUrl } from '../../resources/agentic-layer/agent-address.ts';
import type { KrakendLogLevel } from '../../settings.ts';
import type { ServedAgent, Shorthand } from '../agents/exposed-agents.ts';
import type { AccessBlocks } from './access-blocks.ts';
import { corsBlock } from './cors-block.ts';
import { endpointText, type KrakendEndpoint } from './endpoint-templates.ts';
import { countsAddresses, type Guard, guardOf, isListed } from './guard.ts';

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
export interface KrakendChoices {
  readonly gatewayName: string;
  /** KrakenD's duration, such as `360s`. */
  readonly timeout: string;
  readonly logLevel: KrakendLogLevel;
  /** What endpoints may demand of callers. */
  readonly guards: readonly Guard[];
  /** Which pages from elsewhere may call; undefined if none may. */
  readonly cors: WholeCors | undefined;
}

/**
 * `extra_config` comes last, because the telemetry block is inserted at its end. KrakenD takes the address of a caller from
 * `X-Forwarded-For`, which a caller can choose, unless it is told not to: then it is the address that connects.
 */
export function krakendConfig(choices: KrakendChoices, agents: readonly ServedAgent[]): KrakendConfig {
  const { timeout, logLevel, guards, cors } = choices;
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
        openai_a2a_config: { agents: agents.flatMap(pluginAgents) },
      },
      'telemetry/logging': { level: logLevel, stdout: true, syslog: false },
      router: {
        ...{ disable_access_log: false, hide_version_header: true, logger_skip_paths: [HEALTH_PATH] },
        ...(guards.some(countsAddresses) && { forwarded_by_client_ip: false }),
      },
      ...(cors && { 'security/cors': corsBlock(cors) }),
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
export function endpointsOf({ host, path, guard, ...agent }: ServedAgent): KrakendEndpoint[] {
  const guarded = guard && { guard: guard.name };
  return prefixesOf(agent).flatMap((prefix): KrakendEndpoint[] => [
    {
      ...{ endpoint: `/${prefix}${CARD_PATTERN}`, kind: 'card', host, url_pattern: `${path}${CARD_PATH}` },
      ...(prefix !== agent.id && agent.shorthand === 'long' && { path_in_card: `/${agent.id}` }),
      ...guarded,
    },
    { endpoint: `/${prefix}`, kind: 'call', host, url_pattern: path || '/', ...guarded },
  ]);
}

function prefixesOf({ id, name, shorthand }: Pick<ServedAgent, 'id' | 'name' | 'shorthand'>): readonly string[] {
  return shorthand === 'none' ? [id] : [id, name];
}

/** How many bytes of the configuration an agent takes. Its parts are ASCII without quotes, so their lengths can be added. */
export function agentBytes(agent: ServedAgent): number {
  return FIXED_BYTES[agent.shorthand][guardKind(agent.guard)] + variableBytes(agent);
}

/** Each prefix has two endpoints with the agent's address, and the plugin's list has the address once more. */
function variableBytes(agent: ServedAgent): number {
  const { id, namespace, createdAt, host, path } = agent;
  const prefixes = prefixesOf(agent);
  const inCard = agent.shorthand === 'long' ? id.length : 0;
  const address = host.length + path.length;
  const names = prefixes.reduce((sum, prefix) => sum + 2 * prefix.length, inCard);
  const addresses = 2 * prefixes.length * address + (path === '' ? prefixes.length : 0);
  const inList = id.length + namespace.length + address + String(createdAt).length;
  return names + addresses + (isListed(agent.guard) ? inList : 0);
}

function pluginAgents(agent: ServedAgent): readonly PluginAgent[] {
  const { id, namespace, createdAt, guard } = agent;
  return isListed(guard) ? [{ model_id: id, url: cardUrl(agent), owned_by: namespace, createdAt }] : [];
}

const COMMA = 1;
/** The bytes that are the same for every agent, by its short path and its guard. The commas between agents count. */
const FIXED_BYTES = { none: byGuard('none'), short: byGuard('short'), long: byGuard('long') };

/** The names of all guards are equally long. */
function guardKind(guard: Guard | undefined): 'open' | 'listed' | 'unlisted' {
  const guarded = isListed(guard) ? 'listed' : 'unlisted';
  return guard === undefined ? 'open' : guarded;
}

function byGuard(shorthand: Shorthand) {
  return {
    open: fixedBytes(shorthand),
    listed: fixedBytes(shorthand, { 'qos/ratelimit/router': {} }),
    unlisted: fixedBytes(shorthand, { 'auth/validator': {} }),
  };
}

function fixedBytes(shorthand: Shorthand, blocks: AccessBlocks = {}): number {
  const guard = guardOf(blocks);
  const place = { id: 'n/a', name: 'a', namespace: 'n', createdAt: 0, host: 'http://a', path: '' };
  const agent = { ...place, shorthand, ...(guard && { guard }) };
  const rows = pluginAgents(agent).map((row) => JSON.stringify(row));
  const texts = [...endpointsOf(agent).map(endpointText), ...rows];
  return texts.reduce((sum, { length }) => sum + length + COMMA, 0) - variableBytes(agent);
}
