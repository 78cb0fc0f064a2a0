import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { KrakendConfig } from './krakend-config.ts';
import { telemetryBlock } from './telemetry-block.ts';

/** The part of a `krakend.json` of ours that tells which agents it serves. */
const OwnConfig = Type.Object({
  extra_config: Type.Object({
    'plugin/http-server': Type.Object({
      openai_a2a_config: Type.Object({ agents: Type.Array(Type.Object({ model_id: Type.String() })) }),
    }),
  }),
});

const BLOCK_END = '{{ end }}';

/**
 * The file that KrakenD reads: compact JSON with one block of its flexible configuration, which is a Go template. In the
 * JSON no `{{` is left, so no value can become template syntax; and nothing of a user is in the block.
 */
export function krakendJson(config: KrakendConfig, gatewayName: string): string {
  const json = JSON.stringify(config).replaceAll('{{', '\\u007b\\u007b');
  const endOfExtraConfig = json.length - '}}'.length;
  return json.slice(0, endOfExtraConfig) + telemetryBlock(gatewayName) + json.slice(endOfExtraConfig);
}

/** The ids of the agents in a `krakend.json` of ours; undefined where it is none, as the Go operator's is not. */
export function servedIds(text: string): readonly string[] | undefined {
  try {
    const config: unknown = JSON.parse(withoutBlock(text));
    return Value.Check(OwnConfig, config)
      ? config.extra_config['plugin/http-server'].openai_a2a_config.agents.map((agent) => agent.model_id)
      : undefined;
  } catch {
    return undefined;
  }
}

function withoutBlock(text: string): string {
  const start = text.indexOf('{{');
  const end = text.lastIndexOf(BLOCK_END);
  return start < 0 || end < start ? text : text.slice(0, start) + text.slice(end + BLOCK_END.length);
}
