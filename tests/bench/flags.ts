import { Command } from 'commander';
import { positive } from '../support/flags.ts';

/** The sizes of each run. `--largest` adds one that needs some 6 GB of memory. */
const SIZES = [1, 100, 800, 10_000];
const LARGEST = 50_000;

export interface Flags {
  /** Parts of the names of cases. Without one, all cases are measured. */
  readonly only: readonly string[];
  readonly rounds: number;
  readonly sampleMs: number;
  readonly sizes: readonly number[];
  readonly against?: string;
  readonly from?: string;
  readonly output?: string;
}

/** Reads the command line. Exits with a message if it is not valid. */
export function readFlags(args: readonly string[]): Flags {
  const command = new Command('npm run bench --')
    .description('Measures calls of sync hooks, the start and the memory of the service against a floor, in turn.')
    .option('--only <part...>', 'measure only cases whose names contain one of these', [])
    .option('--rounds <number>', 'measurements of each case', positive, 5)
    .option('--sample-ms <number>', 'least time of one measurement, in milliseconds', positive, 100)
    .option('--largest', `also measure ${LARGEST} agents, which needs some 6 GB of memory`, false)
    .option('--against <file>', 'compare the ratios with those of an earlier report')
    .option('--from <file>', 'measure nothing, and take the figures of an earlier report')
    .option('--output <folder>', 'write performance.json, performance.svg and performance.md into this folder')
    .parse([...args], { from: 'user' });
  const { largest, ...flags } = command.opts();
  return { only: [], rounds: 5, sampleMs: 100, ...flags, sizes: largest ? [...SIZES, LARGEST] : SIZES };
}
