import { MODULE_NAMES, moduleFolder } from './support/modules.ts';
import { PART_NAMES, part } from './support/parts.ts';

/** Before all tests: whatever they need is built or downloaded once, and told of. */
export function setup(): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const name of PART_NAMES) {
    part(name, say);
  }
  for (const name of MODULE_NAMES) {
    moduleFolder(name, say);
  }
}
