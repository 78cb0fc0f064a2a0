import { parseAllDocuments } from 'yaml';
import type { Manifest } from './helm.ts';
import { upstreamFile } from './upstream.ts';

const NAMES = [
  '1-simple-echo-agent',
  '2-multi-agent-mcp',
  '3-hierarchical-agents',
  '4-dev-ollama-proxy-agent',
  '5-proxy-external-api',
  '6-autonomous-monitor',
  '7-memory-agent',
  '8-authorization-walkthrough',
] as const;

/** Flags with which `render` runs the samples, in the namespace `samples`. */
export const SAMPLE_FLAGS: readonly string[] = [
  '--output=json',
  '--namespace=samples',
  '--kaos-runtime',
  ...['agent', 'litellm', 'ollama', 'memory-service'].map((name) => `--default-${name}-image=${name}`),
];
/** For a Gateway that identifies users, which an Agent of the sample 7 needs. */
export const VERIFIED_USERS: readonly string[] = ['--kaos-runtime-verified-callers=users'];

export interface KaosSample {
  readonly name: string;
  /** Its text in YAML; undefined without UPSTREAM_DATA, as are its objects. */
  readonly text: string | undefined;
  readonly objects: readonly Manifest[] | undefined;
}

/** The samples that come with KAOS 0.8. */
export function kaosSamples(): readonly KaosSample[] {
  return NAMES.map((name) => {
    const text = upstreamFile(`kaos-0.8/samples/${name}.yaml`);
    return { name, text, objects: text === undefined ? undefined : objectsIn(text) };
  });
}

function objectsIn(text: string): Manifest[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}
