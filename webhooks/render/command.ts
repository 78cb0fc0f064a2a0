import { Command, CommanderError, Option } from 'commander';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings, type Variables } from '../settings/settings.ts';
import { addControllerFlags, chosenControllers } from './controller-flags.ts';
import { OUTPUTS, type Output } from './output.ts';
import { type RenderOutput, render } from './render.ts';
import { addSettingFlags, flagVariables } from './setting-flags.ts';

/** The input of the command. */
export interface RenderInput {
  /** The arguments after the name of the command. */
  readonly args: readonly string[];
  /** Settings from the environment. Flags override them. */
  readonly variables: Variables;
  /** Reads standard input to its end, for the path `-`. */
  readonly readInput: () => string;
}

interface Flags {
  readonly output: Output;
  readonly namespace: string;
  readonly [flag: string]: unknown;
}

/** The command `render`. It exits with 0 if all input was rendered, and with 1 if an argument or some input is not valid. */
export function renderCommand({ args, variables, readInput }: RenderInput): RenderOutput {
  const printed = { stdout: '', stderr: '' };
  const program = renderProgram().configureOutput({
    writeOut: (text) => {
      printed.stdout += text;
    },
    writeErr: (text) => {
      printed.stderr += text;
    },
  });
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      return { code: error.exitCode, ...printed };
    }
    throw error;
  }
  return run({ args: program.args, variables, readInput }, program.opts());
}

function renderProgram(): Command {
  const program = new Command('render')
    .description('Print the objects that the service makes for these resources, without a cluster.')
    .argument('<paths...>', "files, folders, or '-' for standard input; all of them make one cluster")
    .addOption(new Option('-o, --output <format>', 'output format').choices(OUTPUTS).default('yaml'))
    .option('-n, --namespace <name>', 'namespace of objects that set none', 'default')
    .exitOverride();
  addSettingFlags(program);
  addControllerFlags(program, controllers);
  return program;
}

function run({ args, variables, readInput }: RenderInput, flags: Flags): RenderOutput {
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...variables, ...flagVariables({ ...flags }) });
  if (reading.outcome === 'bad') {
    return { code: 1, stdout: '', stderr: `${reading.line}\n` };
  }
  return render({
    paths: args,
    readInput,
    controllers: chosenControllers(controllers, flags),
    settings: reading.settings.controllers,
    ...flags,
  });
}
