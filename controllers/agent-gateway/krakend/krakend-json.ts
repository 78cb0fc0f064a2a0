import { parsedJson } from '../../data/parsed-json.ts';
import { remember } from '../../data/remember.ts';
import { cardUrl, readAddress } from '../../resources/agentic-layer/agent-address.ts';
import { type Static, Type, Value } from '../../typebox.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import {
  endpointTemplates,
  endpointText,
  escapedJson,
  guardTemplates,
  membersOfGuards,
  withTemplatesRead,
} from './endpoint-templates.ts';
import { type Guard, guardOf } from './guard.ts';
import { type KrakendChoices, type KrakendConfig, krakendConfig } from './krakend-config.ts';
import { ENDPOINT_ROWS, modelRows, rowTemplates } from './settings-template.ts';
import { telemetryBlock } from './telemetry-block.ts';

const Blocks = Type.Object({
  'auth/validator': Type.Optional(Type.Object({})),
  'qos/ratelimit/router': Type.Optional(Type.Object({})),
});

const Endpoint = Type.Object({
  endpoint: Type.String(),
  method: Type.String(),
  backend: Type.Tuple([Type.Object({ host: Type.Tuple([Type.String()]), url_pattern: Type.String() })]),
  extra_config: Type.Optional(Blocks),
});

/** The parts of a `krakend.json` of ours that are read back: its endpoints and the agents that it serves. */
const OwnConfig = Type.Object({
  endpoints: Type.Array(Endpoint),
  extra_config: Type.Object({
    'plugin/http-server': Type.Object({
      openai_a2a_config: Type.Object({
        agents: Type.Array(Type.Object({ model_id: Type.String(), createdAt: Type.Integer() })),
      }),
    }),
  }),
});

const BLOCK_END = '{{ end }}';

const NO_ENDPOINTS = '"endpoints":[]';
const NO_MODELS = '"openai_a2a_config":{"agents":[]';

/**
 * The file that KrakenD reads: compact JSON in its flexible configuration, which is a Go template. The endpoints call
 * templates, and one block is at the end. Values have no `{{`, so they cannot become template syntax.
 */
export function krakendJson(config: KrakendConfig, choices: KrakendChoices): string {
  const json = escapedJson({ ...config, endpoints: [] });
  return withBlock(inList(json, NO_ENDPOINTS, config.endpoints.map(endpointText).join()), choices, '');
}

/** The same file for agents that are in settings files. It is the same for all agents. */
export function settingsKrakendJson(choices: KrakendChoices): string {
  const { guards } = choices;
  const json = escapedJson(krakendConfig(choices, []));
  const withRows = inList(inList(json, NO_ENDPOINTS, ENDPOINT_ROWS), NO_MODELS, modelRows(guards));
  return withBlock(withRows, choices, rowTemplates(guards));
}

/** Puts items into an empty list, whose text ends with `[]`. */
function inList(json: string, empty: string, items: string): string {
  const start = json.indexOf(empty) + empty.length - ']'.length;
  return json.slice(0, start) + items + json.slice(start);
}

/** Puts the block at the end of `extra_config`: telemetry and the templates. */
function withBlock(json: string, { gatewayName, guards, cors }: KrakendChoices, templates: string): string {
  const endOfExtraConfig = json.length - '}}'.length;
  const shared = endpointTemplates(cors !== undefined) + guardTemplates(guards) + templates;
  return [json.slice(0, endOfExtraConfig), telemetryBlock(gatewayName), shared, '}}'].join('');
}

/** An agent as a `krakend.json` of ours has it. The time of one that is not listed as a model is 0. */
export type ConfiguredAgent = Omit<ServedAgent, 'shorthand'>;

/** A text is at most a MiB long. */
const TEXTS_KEPT = 8;

/**
 * The agents in a `krakend.json` of ours; undefined for any other text, such as the Go operator's. It stays the same from one rollout to
 * the next, however often a gateway is asked for meanwhile.
 */
export const configuredAgents = remember(readAgents, TEXTS_KEPT);

function readAgents(text: string): readonly ConfiguredAgent[] | undefined {
  const config = ownConfig(text);
  const listed = config?.extra_config['plugin/http-server'].openai_a2a_config.agents ?? [];
  const times = new Map(listed.map(({ model_id, createdAt }) => [model_id, createdAt]));
  return config?.endpoints.flatMap((endpoint) => configuredAgent(endpoint, times));
}

/** An endpoint of a `krakend.json`, and what it demands of callers. */
export interface ConfiguredEndpoint extends Static<typeof Endpoint> {
  readonly guard: Guard | undefined;
}

/** The endpoints in a `krakend.json` of ours, in its order; none for any other text. */
export function configuredEndpoints(text: string): readonly ConfiguredEndpoint[] {
  return (ownConfig(text)?.endpoints ?? []).map((endpoint) => ({ ...endpoint, guard: guardAt(endpoint) }));
}

/** The timeout in a `krakend.json` of ours. */
export function timeoutIn(text: string): string | undefined {
  return /"timeout":"([^"]+)"/.exec(text)?.[1];
}

/** The guards that the templates of a `krakend.json` of ours define, by name. */
export function guardsIn(text: string): ReadonlyMap<string, Guard> {
  const blocks = [...membersOfGuards(text)].map(
    ([name, members]) => [name, guardAt({ extra_config: blocksOf(members) })] as const,
  );
  return new Map(blocks.flatMap(([name, guard]) => (guard ? [[name, guard] as const] : [])));
}

function blocksOf(members: string): Static<typeof Blocks> {
  const blocks = parsedJson(`{${members}}`);
  return Value.Check(Blocks, blocks) ? blocks : {};
}

function guardAt({ extra_config = {} }: Pick<Static<typeof Endpoint>, 'extra_config'>): Guard | undefined {
  const { 'auth/validator': validator, 'qos/ratelimit/router': limit } = extra_config;
  return guardOf({
    ...(validator && { 'auth/validator': validator }),
    ...(limit && { 'qos/ratelimit/router': limit }),
  });
}

function ownConfig(text: string): Static<typeof OwnConfig> | undefined {
  const config = parsedJson(withoutBlock(withTemplatesRead(text)));
  return Value.Check(OwnConfig, config) ? config : undefined;
}

const LONG_PATH = /^\/([^/]+)\/([^/]+)$/;

/** The agent of the endpoint for calls at a long path. Other endpoints repeat it. */
function configuredAgent(
  endpoint: Static<typeof Endpoint>,
  times: ReadonlyMap<string, number>,
): readonly ConfiguredAgent[] {
  const [path, namespace = '', name = ''] = LONG_PATH.exec(endpoint.endpoint) ?? [];
  const [{ host, url_pattern }] = endpoint.backend;
  const reading = readAddress(cardUrl({ host: host[0], path: url_pattern === '/' ? '' : url_pattern }));
  if (path === undefined || endpoint.method !== 'POST' || reading.outcome === 'refused') {
    return [];
  }
  const id = `${namespace}/${name}`;
  const guard = guardAt(endpoint);
  return [{ id, namespace, name, createdAt: times.get(id) ?? 0, ...reading.address, ...(guard && { guard }) }];
}

function withoutBlock(text: string): string {
  const start = text.indexOf('{{');
  const end = text.lastIndexOf(BLOCK_END);
  return start < 0 || end < start ? text : text.slice(0, start) + text.slice(end + BLOCK_END.length);
}
