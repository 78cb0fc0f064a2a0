import { part } from '../tests/cluster/support/parts.ts';

/** Prints where helm is, for scripts. */
process.stdout.write(part('helm', (line) => process.stderr.write(`${line}\n`)));
