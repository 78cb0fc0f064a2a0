import { Command } from 'commander';
import { settingOptions } from '../evaluate/setting-flags.ts';
import type { Verb } from '../verb.ts';

/** The verb `settings`: it lists the flags of all settings. */
export const settingsVerb: Verb = {
  define: settingsCommand,
  run: ({ terminal }) => ({ code: 0, stdout: listOf(terminal.width), stderr: '' }),
};

function settingsCommand(): Command {
  return new Command('settings').description('List the settings that are flags of the other verbs.');
}

/** As wide as help is where there is no terminal. */
const USUAL_WIDTH = 80;
const INTRODUCTION = `Each is a flag of the verbs that read documents, and an environment variable:
--gateway-hostnames is GATEWAY_HOSTNAMES. "Chart" names the value of the chart.`;

/** Each flag on a line of its own, and below it what it does. */
function listOf(width = USUAL_WIDTH): string {
  const help = new Command('settings').createHelp();
  const list = settingOptions.map(
    ({ flags, description }) => `${flags}\n${help.boxWrap(description, width - 4).replaceAll(/^/gm, '    ')}\n`,
  );
  return `${INTRODUCTION}\n\n${list.join('\n')}`;
}
