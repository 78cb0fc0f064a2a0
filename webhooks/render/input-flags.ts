import { type Command, InvalidArgumentError, Option } from 'commander';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { chartVariables } from '../settings/chart-variables.ts';
import { readSettings, type Variables } from '../settings/settings.ts';
import type { VerbCall } from '../verb.ts';
import { readValues } from './chart-files.ts';
import { addControllerFlags, chosenControllers, turnedOn } from './controller-flags.ts';
import type { Input } from './evaluate.ts';
import { kindsNamed, selectableKinds } from './selection.ts';
import { addSettingFlags, flagVariables, withGivenNames } from './setting-flags.ts';

/** The input that arguments and flags name, or a line about a setting that is not valid. */
type InputReading =
  | { readonly outcome: 'read'; readonly input: Input }
  | { readonly outcome: 'bad'; readonly line: string };

interface Flags {
  readonly namespace?: string;
  readonly kind: readonly KindNames[];
  readonly name: readonly string[];
  readonly ignore: readonly string[];
  readonly values: readonly string[];
  readonly [flag: string]: unknown;
}

/** Adds what all verbs that read documents have: the paths, which documents are wanted, and the settings. */
export function addInputFlags(command: Command): Command {
  command
    .argument('<paths...>', "files, folders, or '-' for standard input; all of them make one cluster")
    .option('-n, --namespace <name>', 'only resources of this namespace, which is also that of objects that set none')
    .addOption(kindOption())
    .addOption(repeatable('--name <name>', 'only resources of this name', 'all names'))
    .addOption(repeatable('--ignore <pattern>', 'files and folders to leave out, such as charts or "*.json"', 'none'))
    .addOption(
      repeatable('-f, --values <file>', 'values of the chart, whose release is in --system-namespace', 'none'),
    );
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
  const chart = readValues(flags.values);
  if (chart.outcome === 'bad') {
    return { outcome: 'bad', line: chart.lines.join('\nerror: ') };
  }
  const given = flagVariables(flags);
  const isChart = flags.values.length > 0;
  const ofChart = isChart ? variablesOf(chart.values, given['SYSTEM_NAMESPACE']) : {};
  const chosen = chosenControllers(controllers, flags, isChart ? chart.values : undefined);
  const reading = readSettings(
    { ...OFFLINE_VARIABLES, ...ofChart, ...turnedOn(chosen), ...variables, ...given },
    isChart ? accessRulesIn(chart.values) : {},
  );
  if (reading.outcome === 'bad') {
    return { outcome: 'bad', line: withGivenNames(reading.line, given, without(ofChart, variables)) };
  }
  const { namespace, kind, name, ignore } = flags;
  return {
    outcome: 'read',
    input: {
      sources: { paths: args, ignore, readInput },
      controllers: chosen,
      settings: reading.settings.controllers,
      selection: { namespace, kinds: kind, names: name },
      values: chart.values,
    },
  };
}

/** Offline, no gateway accepts anything, so nothing waits for it. */
function variablesOf(values: PlainObject, namespace = OFFLINE_VARIABLES['GATEWAY_NAMESPACE'] ?? ''): Variables {
  return without(chartVariables(values, namespace), { ACCESS_AWAIT_POLICIES: '' });
}

function without(variables: Variables, others: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => others[name] === undefined));
}

function accessRulesIn({ accessRules }: PlainObject): PlainObject {
  return isPlainObject(accessRules) ? accessRules : {};
}
