import { Command, CommanderError, Help } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { checkVerb } from '../check/command.ts';
import { answerCompletion, completionVerb } from '../completion/command.ts';
import { COMPLETE } from '../completion/scripts.ts';
import { diffVerb } from '../diff/command.ts';
import { doctorVerb } from '../doctor/command.ts';
import { settingOptions } from '../evaluate/setting-flags.ts';
import { explainVerb } from '../explain/command.ts';
import { fixtureVerb } from '../fixtures/command.ts';
import { graphVerb } from '../graph/command.ts';
import { renderVerb } from '../render/command.ts';
import { replayVerb } from '../replay/command.ts';
import type { CommandInput, CommandOutput, Verb } from '../verb.ts';
import { settingsVerb } from './settings-verb.ts';

const VERBS: readonly Verb[] = [
  renderVerb,
  checkVerb,
  explainVerb,
  graphVerb,
  diffVerb,
  doctorVerb,
  replayVerb,
  fixtureVerb,
  completionVerb,
  settingsVerb,
];

/** The name of the program, if it was not called by another one. */
const NAME = 'agent-gateway-hooks';

/** Runs the command. `name` is how the user called it, for its help. */
export function runCommand(input: CommandInput, name: string = NAME): CommandOutput {
  const printed = { stdout: '', stderr: '' };
  let answer: CommandOutput | undefined;
  const program = programOf(name).configureOutput({
    writeOut: (text) => {
      printed.stdout += text;
    },
    writeErr: (text) => {
      printed.stderr += text;
    },
  });
  for (const verb of VERBS) {
    const command = verb.define().copyInheritedSettings(program).exitOverride(exitWith(verb.usageErrorCode));
    command.action(() => {
      answer = verb.run({ ...input, args: command.args, flags: command.opts() });
    });
    program.addCommand(command);
  }
  program.showHelpAfterError(`\n${name} --help lists the verbs`);
  const [first, ...words] = input.args;
  if (first === COMPLETE) {
    return answerCompletion(program, words);
  }
  try {
    program.parse([...input.args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      return { code: error.exitCode, ...printed };
    }
    throw error;
  }
  return answer ?? { code: 0, ...printed };
}

/** Help ends with 0, and a usage error with the code of the verb. */
function exitWith(usageErrorCode: number | undefined): (error: CommanderError) => never {
  return (error) => {
    throw error.exitCode === 0 || usageErrorCode === undefined
      ? error
      : new CommanderError(usageErrorCode, error.code, error.message);
  };
}

function programOf(name: string): Command {
  return new Command(name)
    .description(
      'See what agent-gateway-hooks makes of your resources, and what is wrong with them: in files, in a cluster, or both.',
    )
    .version(packageJson.version)
    .helpCommand('help [verb]', 'Print the help of a verb.')
    .addHelpText('after', `\nThe help of a verb has examples: ${name} help render`)
    .configureHelp({ formatHelp: formatWithoutSettings, subcommandTerm: (verb) => verb.name() })
    .exitOverride();
}

/** Settings are left out of the help alone: an option that is hidden is not proposed for a misspelt one either. */
function formatWithoutSettings(command: Command, help: Help): string {
  const visibleOptions = (of: Command) => help.visibleOptions(of).filter((option) => !settingOptions.includes(option));
  const shown: Help = Object.assign(Object.create(help), { visibleOptions });
  return Help.prototype.formatHelp.call(shown, command, shown);
}
