import { type Command, Option } from 'commander';
import { CHART_VALUES } from '../settings/chart-variables.ts';
import { Environment, type VariableName, variableNames } from '../settings/environment.ts';
import { processVariables, type Variables } from '../settings/settings.ts';

/**
 * The variables that change answers, each with its flag: `GATEWAY_NAME` is `--gateway-name`. What a controller's own flag turns
 * on has none.
 */
const SETTING_FLAGS = variableNames
  .filter((name) =>
    /^(AGENT_)?GATEWAY_|^(ACCESS|REFERENCE|DEFAULT|KAOS_RUNTIME(?!_ENABLED)|MODEL_API|SECURITY)_|^(AGENT_ROUTES_(HOSTNAMES|TIMEOUT)|SYSTEM_NAMESPACE|CLUSTER_DOMAIN)$/.test(
      name,
    ),
  )
  .map((name) => ({ name, flag: settingFlag(name), option: settingOption(name) }));

/** Whether a variable has a flag, because it changes answers. */
export function isSettingFlag(variable: string): boolean {
  return SETTING_FLAGS.some(({ name }) => name === variable);
}

/** These variables in the process's environment. Others are ignored, such as the `HOST` that some shells set. */
export function environmentVariables(): Variables {
  const variables = processVariables();
  return Object.fromEntries(
    SETTING_FLAGS.map(({ name }) => [name, variables[name]]).filter(([, text]) => text !== undefined),
  );
}

/** Adds a flag for each of these variables. There are many, so the verb `settings` lists them, and not the help of every verb. */
export function addSettingFlags(program: Command): void {
  for (const { option } of SETTING_FLAGS) {
    program.addOption(option);
  }
  program.addHelpText('after', SETTINGS_HELP);
}

const SETTINGS_HELP = `
Settings:
  Each setting that changes answers is a flag too, such as --gateway-hostnames: agent-gateway-hooks settings`;

/** These flags, to be listed. */
export const settingOptions: readonly Option[] = SETTING_FLAGS.map(({ option }) => option);

/** The flags that were given, as variables. */
export function flagVariables(flags: Readonly<Record<string, unknown>>): Variables {
  const given = SETTING_FLAGS.map(({ name, option }) => [name, flags[option.attributeName()]] as const);
  return Object.fromEntries(given.filter((entry): entry is [VariableName, string] => typeof entry[1] === 'string'));
}

function settingOption(name: VariableName): Option {
  const chart = CHART_VALUES[name];
  const description = (Environment.properties[name].description ?? '').replaceAll('`', '');
  return new Option(
    `${settingFlag(name)} <value>`,
    chart === undefined ? description : `${description} Chart: ${chart}`,
  );
}

/** The flag of a setting: `GATEWAY_NAME` is `--gateway-name`. */
export function settingFlag(name: string): string {
  return `--${name.toLowerCase().replaceAll('_', '-')}`;
}

/** Texts in quotes, which can have any content, and names of variables. */
const QUOTE_OR_NAME = /"(?:[^"\\]|\\.)*"|\b[A-Z][A-Z_]+\b/g;

/** A line about settings with the names under which they were given: flags, values of the chart, or else variables. */
export function withGivenNames(line: string, byFlag: Variables, byChart: Variables): string {
  return line.replaceAll(QUOTE_OR_NAME, (found) => {
    const own = SETTING_FLAGS.find(({ name }) => name === found);
    if (own === undefined) {
      return found;
    }
    return byFlag[own.name] === undefined ? chartName(own.name, byChart) : own.flag;
  });
}

function chartName(name: VariableName, byChart: Variables): string {
  return byChart[name] === undefined ? name : (CHART_VALUES[name] ?? name);
}
