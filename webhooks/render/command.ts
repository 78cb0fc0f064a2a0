import { Command, CommanderError, Option } from 'commander';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings, type Variables } from '../settings/settings.ts';
import { buildCluster } from './cluster.ts';
import { addControllerFlags, chosenControllers } from './controller-flags.ts';
import { readManifests } from './manifests.ts';
import { OUTPUTS, type Output, print } from './output.ts';
import { remarks } from './remarks.ts';
import { render } from './render.ts';
import { addSettingFlags, flagVariables } from './setting-flags.ts';
import { readSources } from './sources.ts';

/** What the command takes from its process. */
export interface RenderInput {
  /** The arguments after the name of the command. */
  readonly args: readonly string[];
  /** The settings of the environment; flags go first. */
  readonly variables: Variables;
  /** Reads standard input to its end; called where the path `-` is given. */
  readonly readInput: () => string;
}

/** What the command leaves to its process to print and to end with. */
export interface RenderOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Flags {
  readonly output: Output;
  readonly namespace: string;
  readonly [flag: string]: unknown;
}

/** The command `render`: 0 where everything was rendered, 1 where an argument or a part of the input is wrong. */
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
    .description('Print what would be made of these resources: no cluster, the same functions as the server.')
    .argument('<paths...>', "files, folders, or '-' for standard input; all together are one cluster")
    .addOption(new Option('-o, --output <format>', 'what to print').choices(OUTPUTS).default('yaml'))
    .option('-n, --namespace <name>', 'the namespace of objects that name none', 'default')
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
  const read = readManifests(readSources(args, readInput));
  const chosen = chosenControllers(controllers, flags);
  const cluster = buildCluster(read.manifests, chosen, flags.namespace);
  const rendered = chosen.map((controller) => render(controller, cluster, reading.settings.controllers));
  const isWhole = [read, cluster, ...rendered].every(({ complaints }) => complaints.length === 0);
  return {
    code: isWhole ? 0 : 1,
    stdout: print(rendered, flags.output),
    stderr: remarks(read, cluster, rendered)
      .map((line) => `${line}\n`)
      .join(''),
  };
}
