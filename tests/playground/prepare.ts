import { agentPackages } from '../cluster/support/agent-runtime.ts';
import { moduleFolder } from '../cluster/support/modules.ts';
import { part } from '../cluster/support/parts.ts';
import { USED_MODULES, USED_PARTS } from './parts.ts';

/** Builds or downloads what is missing. A process of its own, so that it can be stopped while it waits for a compiler. */
// The compiler gets the signal too. This process ends with an error then, after it has removed what is half built.
process.on('SIGINT', () => undefined);

const NEWS = /building|built|installing|installed|downloaded/;
const say = (line: string) => NEWS.test(line) && process.stdout.write(`  ${line}\n`);

try {
  for (const name of USED_PARTS) {
    part(name, say);
  }
  for (const name of USED_MODULES) {
    moduleFolder(name, say);
  }
  agentPackages(say);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
