import { controllers } from '../../controllers/registry.ts';

/** Where an example is: the folder has the name of its controller, or of the flag for it. */
export function folderOf(example: string): string | undefined {
  return example.split('/').at(-2);
}

/** The flag of `render` that an example is for, where its controllers are off by default. */
export function exampleFlags(example: string): readonly string[] {
  const isOnDemand = controllers.some(({ onDemand }) => onDemand?.flag === folderOf(example));
  return isOnDemand ? [`--${folderOf(example)}`] : [];
}
