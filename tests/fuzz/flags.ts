import { Command, InvalidArgumentError } from 'commander';

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
    .option('--bodies <number>', 'how many bodies to send', whole, 20_000)
    .option('--seed <number>', 'the same seed gives the same bodies', whole, 1)
    .option('--hook <part...>', 'call only hooks whose names contain one of these, such as kaos-routes/sync', [])
    .parse([...args], { from: 'user' });
  return command.opts<Flags>();
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError('expected a whole number from 1 on');
  }
  return value;
}
