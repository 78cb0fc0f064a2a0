import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings, type Variables } from '../settings/settings.ts';
import { addControllerFlags, chosenControllers, turnedOn } from './controller-flags.ts';
import { OUTPUTS, type Output } from './output.ts';
import { type RenderOutput, render } from './render.ts';
import { kindsNamed, selectableKinds } from './selection.ts';
import { addSettingFlags, flagVariables, withFlagNames } from './setting-flags.ts';

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
  readonly namespace?: string;
  readonly kind: readonly KindNames[];
  readonly ignore: readonly string[];
  readonly strict?: true;
  readonly [flag: string]: unknown;
}

/**
 * The command `render`. It exits with 0 if all input was rendered, and with 1 if an argument or some input is not valid, or, with
 * `--strict`, if there is anything to remark.
 */
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
    .option('-n, --namespace <name>', 'only resources of this namespace, which is also that of objects that set none')
    .addOption(kindOption())
    .addOption(ignoreOption())
    .option('--strict', 'exit with 1 also for a problem, a note or empty input')
    .exitOverride();
  addSettingFlags(program);
  addControllerFlags(program, controllers);
  return program;
}

function ignoreOption(): Option {
  return new Option('--ignore <pattern>', 'files and folders to leave out, such as charts or "*.json"; can be repeated')
    .default([], 'none')
    .argParser((pattern, earlier: readonly string[]) => [...earlier, pattern]);
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

function run({ args, variables, readInput }: RenderInput, flags: Flags): RenderOutput {
  const given = flagVariables(flags);
  const chosen = chosenControllers(controllers, flags);
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...turnedOn(chosen), ...variables, ...given });
  if (reading.outcome === 'bad') {
    return { code: 1, stdout: '', stderr: `error: ${withFlagNames(reading.line, given)}\n` };
  }
  const { output, namespace, kind, ignore, strict = false } = flags;
  return render({
    sources: { paths: args, ignore, readInput },
    controllers: chosen,
    settings: reading.settings.controllers,
    selection: { namespace, kinds: kind },
    output,
    strict,
  });
}
