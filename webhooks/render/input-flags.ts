import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlainObject } from '../../controllers/data/plain-object.ts';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { addClusterFlags, clusterChoice } from '../kubectl/cluster-flags.ts';
import { OFFLINE_NOW, OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings, type Variables } from '../settings/settings.ts';
import type { VerbCall } from '../verb.ts';
import { readValues } from './chart-files.ts';
import { readClusterState } from './cluster-state.ts';
import { addControllerFlags, chosenControllers, turnedOn } from './controller-flags.ts';
import type { Input } from './evaluate.ts';
import { chartPreset, clusterPreset, OFFLINE_PRESET, type Preset } from './presets.ts';
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
  readonly cluster?: true;
  readonly [flag: string]: unknown;
}

/** Adds what all verbs that read documents have: the paths, which documents are wanted, and the settings. */
export function addInputFlags(command: Command): Command {
  command
    .argument('[paths...]', "files, folders, or '-' for standard input; all of them make one cluster")
    .option(
      '--cluster',
      'read the objects and settings of a cluster by kubectl, and apply the paths to them, if there are any',
    )
    .option('-n, --namespace <name>', 'only resources of this namespace, which is also that of objects that set none')
    .addOption(kindOption())
    .addOption(repeatable('--name <name>', 'only resources of this name', 'all names'))
    .addOption(repeatable('--ignore <pattern>', 'files and folders to leave out, such as charts or "*.json"', 'none'))
    .addOption(
      repeatable('-f, --values <file>', 'values of the chart, whose release is in --system-namespace', 'none'),
    );
  addSettingFlags(command);
  addControllerFlags(command, controllers);
  addClusterFlags(command);
  return command;
}

/** An option with a text that can be given several times. */
export function repeatable(flags: string, description: string, byDefault: string): Option {
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
export function inputOf(call: VerbCall): InputReading {
  const flags = call.flags as Flags;
  if (call.args.length === 0 && !flags.cluster) {
    return { outcome: 'bad', line: "expected files, folders, '-' for standard input, or --cluster" };
  }
  const chart = readValues(flags.values);
  if (chart.outcome === 'bad') {
    return { outcome: 'bad', line: chart.lines.join('\nerror: ') };
  }
  const given = flagVariables(flags);
  const isChart = flags.values.length > 0;
  const ofFiles = isChart ? chartPreset(chart.values, given['SYSTEM_NAMESPACE']) : OFFLINE_PRESET;
  const reading = flags.cluster && !isChart ? presetOfCluster(call) : ({ outcome: 'read', preset: ofFiles } as const);
  return reading.outcome === 'bad' ? reading : inputWith(call, { preset: reading.preset, values: chart.values });
}

function presetOfCluster(call: VerbCall) {
  call.terminal.progress('reading the release of the chart in the cluster');
  return clusterPreset(clusterChoice(call), call.args.length > 0);
}

interface Presets {
  readonly preset: Preset;
  readonly values: PlainObject;
}

function inputWith(call: VerbCall, { preset, values }: Presets): InputReading {
  const { args, variables, readInput } = call;
  const flags = call.flags as Flags;
  const given = flagVariables(flags);
  const chosen = chosenControllers(controllers, flags, preset.isOn);
  const reading = readSettings(
    { ...OFFLINE_VARIABLES, ...preset.variables, ...turnedOn(chosen), ...variables, ...given },
    preset.accessRules,
  );
  if (reading.outcome === 'bad') {
    return { outcome: 'bad', line: withGivenNames(reading.line, given, without(preset.byChart, variables)) };
  }
  const { namespace, kind, name, ignore, cluster } = flags;
  return {
    outcome: 'read',
    input: {
      sources: { paths: args, ignore, readInput },
      controllers: chosen,
      settings: reading.settings.controllers,
      selection: { namespace, kinds: kind, names: name },
      values,
      clusterState: cluster && readClusterState(clusterChoice(call), chosen, call.terminal.progress),
      now: cluster ? call.now() : OFFLINE_NOW,
      remarks: preset.remarks,
      progress: call.terminal.progress,
      given: { byFlag: given, byEnvironment: variables, byChart: preset.variables },
    },
  };
}

function without(variables: Variables, others: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => others[name] === undefined));
}
