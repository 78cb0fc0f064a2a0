import { type Command, InvalidArgumentError, Option } from 'commander';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings } from '../settings/settings.ts';
import type { VerbCall } from '../verb.ts';
import { addControllerFlags, chosenControllers, turnedOn } from './controller-flags.ts';
import type { Input } from './evaluate.ts';
import { kindsNamed, selectableKinds } from './selection.ts';
import { addSettingFlags, flagVariables, withFlagNames } from './setting-flags.ts';

/** The input that arguments and flags name, or a line about a setting that is not valid. */
type InputReading =
  | { readonly outcome: 'read'; readonly input: Input }
  | { readonly outcome: 'bad'; readonly line: string };

interface Flags {
  readonly namespace?: string;
  readonly kind: readonly KindNames[];
  readonly name: readonly string[];
  readonly ignore: readonly string[];
  readonly [flag: string]: unknown;
}

/** Adds what all verbs that read documents have: the paths, which documents are wanted, and the settings. */
export function addInputFlags(command: Command): Command {
  command
    .argument('<paths...>', "files, folders, or '-' for standard input; all of them make one cluster")
    .option('-n, --namespace <name>', 'only resources of this namespace, which is also that of objects that set none')
    .addOption(kindOption())
    .addOption(repeatable('--name <name>', 'only resources of this name', 'all names'))
    .addOption(repeatable('--ignore <pattern>', 'files and folders to leave out, such as charts or "*.json"', 'none'));
  addSettingFlags(command);
  addControllerFlags(command, controllers);
  return command;
}

/** An option with a text that can be given several times. */
function repeatable(flags: string, description: string, byDefault: string): Option {
  return new Option(flags, `${description}; can be repeated`)
    .default([], byDefault)
    .argParser((text, earlier: readonly string[]) => [...earlier, text]);
}

function kindOption(): Option {
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
export function inputOf({ args, variables, readInput, flags: all }: VerbCall): InputReading {
  const flags = all as Flags;
  const given = flagVariables(flags);
  const chosen = chosenControllers(controllers, flags);
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...turnedOn(chosen), ...variables, ...given });
  if (reading.outcome === 'bad') {
    return { outcome: 'bad', line: withFlagNames(reading.line, given) };
  }
  const { namespace, kind, name, ignore } = flags;
  return {
    outcome: 'read',
    input: {
      sources: { paths: args, ignore, readInput },
      controllers: chosen,
      settings: reading.settings.controllers,
      selection: { namespace, kinds: kind, names: name },
    },
  };
}
