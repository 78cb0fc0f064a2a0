import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KindNames } from '../../controllers/reading.ts';
import { clusterChoice } from '../kubectl/cluster-flags.ts';
import { OFFLINE_NOW } from '../offline.ts';
import type { VerbCall } from '../verb.ts';
import { readClusterState } from './cluster-state.ts';
import type { Input } from './evaluate.ts';
import { addGivenSettings, type GivenSettings, givenSettings, repeatable } from './given-settings.ts';
import { kindsNamed, selectableKinds } from './selection.ts';

/** The input that arguments and flags name, or a line about a setting that is not valid. */
type InputReading =
  | { readonly outcome: 'read'; readonly input: Input; readonly given: GivenSettings }
  | { readonly outcome: 'bad'; readonly line: string };

interface Flags {
  readonly namespace?: string;
  readonly kind: readonly KindNames[];
  readonly name: readonly string[];
  readonly ignore: readonly string[];
  readonly cluster?: true;
}

/** Adds what all verbs that read documents have: the paths, which documents are wanted, and the settings. */
export function addInputFlags(command: Command): Command {
  command
    .argument('[paths...]', "files, folders, or '-' for standard input; all of them make one cluster")
    .option(
      '--cluster',
      'read the objects and settings of a cluster by kubectl; the paths go over its objects, and nothing is changed',
    )
    .option(
      '-n, --namespace <name>',
      'only resources of this namespace; documents that name no namespace are put into it',
    )
    .addOption(kindOption())
    .addOption(nameOption())
    .addOption(repeatable('--ignore <pattern>', 'files and folders to leave out, such as charts or "*.json"', 'none'));
  return addGivenSettings(command);
}

/** Selects resources by their names. */
export function nameOption(): Option {
  return repeatable('--name <name>', 'only resources of this name', 'all names');
}

/** Selects resources by their kinds. */
export function kindOption(): Option {
  return new Option('--kind <kind>', 'only resources of this kind, such as Agent or agents.kaos.tools; can be repeated')
    .default([], 'all kinds')
    .argParser((name, earlier: readonly KindNames[]) => {
      const kinds = kindsNamed(name);
      if (kinds.length === 0) {
        throw new InvalidArgumentError(`Allowed kinds are ${selectableKinds.join(', ')}.`);
      }
      return [...earlier, ...kinds];
    });
}

/** Reads the settings, and says which documents to read. */
export function inputOf(call: VerbCall): InputReading {
  const { namespace, kind, name, ignore, cluster } = call.flags as unknown as Flags;
  const { args, readInput, terminal } = call;
  if (args.length === 0 && !cluster) {
    return { outcome: 'bad', line: "expected files, folders, '-' for standard input, or --cluster" };
  }
  const reading = givenSettings(call, args.length > 0);
  if (reading.outcome === 'bad') {
    return reading;
  }
  const { controllers, settings, values, remarks, sources } = reading.given;
  return {
    outcome: 'read',
    given: reading.given,
    input: {
      sources: { paths: args, ignore, readInput },
      controllers,
      settings,
      selection: { namespace, kinds: kind, names: name },
      values,
      clusterState: cluster && readClusterState(clusterChoice(call), controllers, terminal.progress),
      now: cluster ? call.now() : OFFLINE_NOW,
      remarks,
      progress: terminal.progress,
      given: sources,
    },
  };
}
