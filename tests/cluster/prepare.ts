import { agentPackages } from './support/agent-runtime.ts';
import { KRAKEND } from './support/krakend.ts';
import { METACONTROLLER_NEEDS } from './support/metacontroller.ts';
import { MODULE_NAMES, moduleFolder } from './support/modules.ts';
import { PART_NAMES, type PartName, part } from './support/parts.ts';

/** The parts that only tests with Metacontroller need. */
const ENGINE_PARTS: readonly PartName[] = ['kube-controller-manager', 'kube-scheduler', 'kwok'];
const UNUSED: readonly PartName[] = [
  ...(METACONTROLLER_NEEDS.every(({ found }) => found) ? [] : ENGINE_PARTS),
  ...(KRAKEND === '' ? [] : (['krakend-core'] as const)),
];

/** Runs before all tests: builds or downloads what they need, and prints it. */
export function setup(): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const name of PART_NAMES.filter((each) => !UNUSED.includes(each))) {
    part(name, say);
  }
  agentPackages(say);
  for (const name of MODULE_NAMES) {
    moduleFolder(name, say);
  }
}
