import { type Command, Option } from 'commander';
import type { Controller } from '../../controllers/contract.ts';
import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { controllers } from '../../controllers/registry.ts';
import type { Settings } from '../../controllers/settings.ts';
import { addClusterFlags, clusterChoice } from '../kubectl/cluster-flags.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings, type Variables } from '../settings/settings.ts';
import type { VerbCall } from '../verb.ts';
import { readValues } from './chart-files.ts';
import { addControllerFlags, chosenControllers, turnedOn } from './controller-flags.ts';
import type { GivenVariables } from './evaluate.ts';
import { chartPreset, clusterPreset, OFFLINE_PRESET, type Preset } from './presets.ts';
import type { Remark } from './remark.ts';
import { addSettingFlags, flagVariables, withGivenNames } from './setting-flags.ts';

/** The settings of a call, and the controllers that are on. */
export interface GivenSettings {
  readonly controllers: readonly Controller[];
  readonly settings: Settings;
  /** The variables that are not the offline defaults. */
  readonly variables: Variables;
  readonly accessRules: PlainObject;
  /** The values of the chart, from which it makes objects that controllers read. */
  readonly values: PlainObject;
  readonly remarks: readonly Remark[];
  readonly sources: GivenVariables;
}

/** The settings, or a line about one that is not valid. */
export type GivenReading =
  | { readonly outcome: 'read'; readonly given: GivenSettings }
  | { readonly outcome: 'bad'; readonly line: string };

interface Flags {
  readonly values: readonly string[];
  readonly cluster?: true;
  readonly [flag: string]: unknown;
}

/** Adds the flags that give settings, and those that select the cluster of `--cluster`, which each verb describes itself. */
export function addGivenSettings(command: Command): Command {
  command.addOption(repeatable('-f, --values <file>', 'values of the chart, as for helm install', 'none'));
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

/** Reads the settings. `isApplied`: whether files go over the objects of a cluster. */
export function givenSettings(call: VerbCall, isApplied: boolean): GivenReading {
  const { values, cluster, ...flags } = call.flags as Flags;
  const chart = readValues(values);
  if (chart.outcome === 'bad') {
    return { outcome: 'bad', line: chart.lines.join('\nerror: ') };
  }
  if (cluster && values.length === 0) {
    call.terminal.progress('reading the release of the chart in the cluster');
    const reading = clusterPreset(clusterChoice(call), isApplied);
    return reading.outcome === 'bad' ? reading : withPreset(call, reading.preset, chart.values);
  }
  const preset =
    values.length > 0 ? chartPreset(chart.values, flagVariables(flags)['SYSTEM_NAMESPACE']) : OFFLINE_PRESET;
  return withPreset(call, preset, chart.values);
}

function withPreset({ flags, variables: ofEnvironment }: VerbCall, preset: Preset, values: PlainObject): GivenReading {
  const byFlag = flagVariables(flags);
  const chosen = chosenControllers(controllers, flags, preset.isOn);
  const variables = { ...preset.variables, ...turnedOn(chosen), ...ofEnvironment, ...byFlag };
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...variables }, preset.accessRules);
  if (reading.outcome === 'bad') {
    return { outcome: 'bad', line: withGivenNames(reading.line, byFlag, without(preset.byChart, ofEnvironment)) };
  }
  const { accessRules, remarks } = preset;
  const { controllers: settings } = reading.settings;
  const sources = { byFlag, byEnvironment: ofEnvironment, byChart: preset.variables };
  return {
    outcome: 'read',
    given: { controllers: chosen, settings, variables, accessRules, values, remarks, sources },
  };
}

function without(variables: Variables, others: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => others[name] === undefined));
}
