import { part } from '../tests/cluster/support/parts.ts';

/** Prints the path of helm, for scripts. */
process.stdout.write(part('helm', (line) => process.stderr.write(`${line}\n`)));
