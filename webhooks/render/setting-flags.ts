import { type Command, Option } from 'commander';
import { Environment, type VariableName, variableNames } from '../settings/environment.ts';
import { processVariables, type Variables } from '../settings/settings.ts';

/** A flag for each variable that decides what is made: `GATEWAY_NAME` is `--gateway-name`. */
const SETTING_FLAGS = variableNames
  .filter((name) =>
    /^(AGENT_)?GATEWAY_|^(REFERENCE|DEFAULT|KAOS_RUNTIME)_|^(SYSTEM_NAMESPACE|CLUSTER_DOMAIN)$/.test(name),
  )
  .map((name) => ({ name, option: settingOption(name) }));

/** What the process's environment says of these; a shell's own `HOST` is none of our business. */
export function environmentVariables(): Variables {
  const variables = processVariables();
  return Object.fromEntries(
    SETTING_FLAGS.map(({ name }) => [name, variables[name]]).filter(([, text]) => text !== undefined),
  );
}

/** Adds a flag for each of these variables, described as in the README's table. */
export function addSettingFlags(program: Command): void {
  for (const { option } of SETTING_FLAGS) {
    program.addOption(option);
  }
}

/** The flags that were given, as variables. */
export function flagVariables(flags: Readonly<Record<string, unknown>>): Variables {
  const given = SETTING_FLAGS.map(({ name, option }) => [name, flags[option.attributeName()]] as const);
  return Object.fromEntries(given.filter((entry): entry is [VariableName, string] => typeof entry[1] === 'string'));
}

function settingOption(name: VariableName): Option {
  const flag = name.toLowerCase().replaceAll('_', '-');
  return new Option(`--${flag} <value>`, Environment.properties[name].description);
}
