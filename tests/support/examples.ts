import { controllers } from '../../controllers/registry.ts';

/** The folder of an example, which is named after its controller or the flag for it. */
export function folderOf(example: string): string | undefined {
  return example.split('/').at(-2);
}

/** Folders with examples that are not named after one controller, and the flags that these need. */
export const MIXED: Readonly<Record<string, readonly string[]>> = {
  access: ['--access-rules-file=docs/access-rules.yaml', '--access-dialect=envoy-gateway'],
  graph: ['--access-rules-file=docs/graph-rules.yaml', '--access-dialect=envoy-gateway'],
  streaming: ['--agent-routes', '--agent-routes-hostnames=agents.example.com'],
};

/** The flags of `render` for an example: its own if its controllers are off by default. */
export function exampleFlags(example: string): readonly string[] {
  const folder = folderOf(example) ?? '';
  const isOnDemand = controllers.some(({ onDemand }) => onDemand?.flag === folder);
  return MIXED[folder] ?? (isOnDemand ? [`--${folder}`] : []);
}
