import { type Command, Option } from 'commander';
import { Environment, type VariableName, variableNames } from '../settings/environment.ts';
import { processVariables, type Variables } from '../settings/settings.ts';

/** The variables that change answers, each with its flag: `GATEWAY_NAME` is `--gateway-name`. */
const SETTING_FLAGS = variableNames
  .filter((name) =>
    /^(AGENT_)?GATEWAY_|^(REFERENCE|DEFAULT|KAOS_RUNTIME|MODEL_API)_|^(SYSTEM_NAMESPACE|CLUSTER_DOMAIN)$/.test(name),
  )
  .map((name) => ({ name, option: settingOption(name) }));

/** These variables in the process's environment. Others are ignored, such as the `HOST` that some shells set. */
export function environmentVariables(): Variables {
  const variables = processVariables();
  return Object.fromEntries(
    SETTING_FLAGS.map(({ name }) => [name, variables[name]]).filter(([, text]) => text !== undefined),
  );
}

/** Adds a flag for each of these variables, with the description from the README's table. */
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
