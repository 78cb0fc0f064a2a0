import { Command } from 'commander';
import { positive } from '../support/flags.ts';

export interface Flags {
  readonly bodies: number;
  readonly seed: number;
  /** Parts of the names of hooks, such as `kaos-routes/sync`. Without one, all hooks are called. */
  readonly hook: readonly string[];
}

/** Reads the command line. Exits with a message if it is not valid. */
export function readFlags(args: readonly string[]): Flags {
  const command = new Command('npm run fuzz --')
    .description('Calls every hook of a real service with mutated and generated bodies, and judges each answer.')
    .option('--bodies <number>', 'how many bodies to send', positive, 20_000)
    .option('--seed <number>', 'the same seed gives the same bodies', positive, 1)
    .option('--hook <part...>', 'call only hooks whose names contain one of these, such as kaos-routes/sync', [])
    .parse([...args], { from: 'user' });
  return command.opts<Flags>();
}
