import { Command, InvalidArgumentError } from 'commander';
import { positive } from '../support/flags.ts';

export interface Flags {
  readonly minutes: number;
  readonly seed: number;
  readonly replicas: number;
  readonly engine: 'metacontroller' | 'stand-in';
  readonly from?: string;
  readonly output?: string;
}

/** Reads the command line. Exits with a message if it is not valid. */
export function readFlags(args: readonly string[], hasMetacontroller: boolean): Flags {
  const { standIn, ...flags } = new Command('npm run soak --')
    .description(
      'Runs replicas of the service for minutes while the cluster changes and things break, and looks for lost children.',
    )
    .option('--minutes <number>', 'how long, at least', positive, 3)
    .option('--seed <number>', 'the same seed gives the same events', positive, 1)
    .option('--replicas <number>', 'replicas of the service, at least 2; the first one is never killed', several, 3)
    .option('--stand-in', 'use the stand-in for Metacontroller even if METACONTROLLER names the real one', false)
    .option('--from <file>', 'run nothing, and take the figures of an earlier report')
    .option('--output <folder>', 'write soak.json, soak.svg and soak.md into this folder')
    .parse([...args], { from: 'user' })
    .opts<Omit<Flags, 'engine'> & { readonly standIn: boolean }>();
  return { ...flags, engine: hasMetacontroller && !standIn ? 'metacontroller' : 'stand-in' };
}

function several(text: string): number {
  if (positive(text) < 2) {
    throw new InvalidArgumentError('expected at least 2, because the first one is never killed');
  }
  return Number(text);
}
