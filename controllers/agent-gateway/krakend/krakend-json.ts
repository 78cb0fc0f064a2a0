import { readAddress } from '../../resources/agentic-layer/agent-address.ts';
import { type Static, Type, Value } from '../../typebox.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { endpointText, escapedJson, TEMPLATES, withTemplatesCalled } from './endpoint-templates.ts';
import type { KrakendConfig } from './krakend-config.ts';
import { telemetryBlock } from './telemetry-block.ts';

const Endpoint = Type.Object({
  endpoint: Type.String(),
  method: Type.String(),
  backend: Type.Tuple([Type.Object({ host: Type.Tuple([Type.String()]), url_pattern: Type.String() })]),
});

/** The parts of a `krakend.json` of ours that are read back: its endpoints and the agents that it serves. */
const OwnConfig = Type.Object({
  endpoints: Type.Array(Endpoint),
  extra_config: Type.Object({
    'plugin/http-server': Type.Object({
      openai_a2a_config: Type.Object({
        agents: Type.Array(Type.Object({ model_id: Type.String(), url: Type.String(), createdAt: Type.Integer() })),
      }),
    }),
  }),
});

const BLOCK_END = '{{ end }}';

const NO_ENDPOINTS = '"endpoints":[]';

/**
 * The file that KrakenD reads: compact JSON in its flexible configuration, which is a Go template. The endpoints call
 * templates, and one block is at the end. Values have no `{{`, so they cannot become template syntax.
 */
export function krakendJson(config: KrakendConfig, gatewayName: string): string {
  const json = escapedJson({ ...config, endpoints: [] });
  const endpoints = config.endpoints.map(endpointText).join();
  const start = json.indexOf(NO_ENDPOINTS) + NO_ENDPOINTS.length - ']'.length;
  const endOfExtraConfig = json.length - '}}'.length;
  const block = telemetryBlock(gatewayName) + TEMPLATES;
  return [json.slice(0, start), endpoints, json.slice(start, endOfExtraConfig), block, '}}'].join('');
}

/** An agent as a `krakend.json` of ours lists it. */
export type ConfiguredAgent = Omit<ServedAgent, 'shorthand'>;

/** The agents in a `krakend.json` of ours; undefined for any other text, such as the Go operator's. */
export function configuredAgents(text: string): readonly ConfiguredAgent[] | undefined {
  return ownConfig(text)?.extra_config['plugin/http-server'].openai_a2a_config.agents.flatMap(configuredAgent);
}

/** The endpoints in a `krakend.json` of ours, in its order; none for any other text. */
export function configuredEndpoints(text: string): readonly Static<typeof Endpoint>[] {
  return ownConfig(text)?.endpoints ?? [];
}

function ownConfig(text: string): Static<typeof OwnConfig> | undefined {
  const config = parse(withoutBlock(withTemplatesCalled(text)));
  return Value.Check(OwnConfig, config) ? config : undefined;
}

function configuredAgent({
  model_id: id,
  url,
  createdAt,
}: {
  model_id: string;
  url: string;
  createdAt: number;
}): ConfiguredAgent[] {
  const [namespace = '', name = ''] = id.split('/');
  const reading = readAddress(url);
  return reading.outcome === 'address' ? [{ id, namespace, name, createdAt, ...reading.address }] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutBlock(text: string): string {
  const start = text.indexOf('{{');
  const end = text.lastIndexOf(BLOCK_END);
  return start < 0 || end < start ? text : text.slice(0, start) + text.slice(end + BLOCK_END.length);
}
