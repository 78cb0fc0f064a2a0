import { Argument, Command, InvalidArgumentError } from 'commander';
import { positive } from '../support/flags.ts';
import { CASES } from './cases.ts';
import type { ScaleCase, Size } from './scale-case.ts';

export interface Flags extends Size {
  readonly scaleCase: ScaleCase;
  readonly patienceSeconds: number;
  readonly output?: string;
}

/** The first agent of KAOS resources is the fourth one. */
const FEWEST = 4;

/** Reads the command line. Exits with a message if it is not valid. */
export function readFlags(args: readonly string[]): Flags {
  const names = CASES.map(({ name }) => name);
  const command = new Command('npm run scale --')
    .description(
      'Creates many resources in a cluster of its own with the real Metacontroller, and counts what that costs.',
    )
    .addArgument(new Argument('<what>', 'what to create').choices(names))
    .requiredOption('--count <number>', `how many resources, at least ${FEWEST}`, several)
    .option('--namespaces <number>', 'the namespaces over which they are spread', positive, 1)
    .option('--patience <seconds>', 'the time after which a step is given up', positive, 3600)
    .option('--output <file>', 'write the figures as JSON into this file')
    .parse([...args], { from: 'user' });
  const { patience, ...options } = command.opts();
  const scaleCase = CASES.find(({ name }) => name === command.args[0]) as ScaleCase;
  return { count: 0, namespaces: 1, ...options, scaleCase, patienceSeconds: patience };
}

function several(text: string): number {
  if (positive(text) < FEWEST) {
    throw new InvalidArgumentError(`expected at least ${FEWEST}: one agent is changed afterwards`);
  }
  return Number(text);
}
