import { controllers } from '../../controllers/registry.ts';

/** The folder of an example, which is named after its controller or the flag for it. */
export function folderOf(example: string): string | undefined {
  return example.split('/').at(-2);
}

/** The flags of `render` for an example: its own if its controllers are off by default. */
export function exampleFlags(example: string): readonly string[] {
  const isOnDemand = controllers.some(({ onDemand }) => onDemand?.flag === folderOf(example));
  return isOnDemand ? [`--${folderOf(example)}`] : [];
}
