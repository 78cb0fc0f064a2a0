import { Command, InvalidArgumentError, Option } from 'commander';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings } from '../settings/settings.ts';
import type { CommandOutput, Verb, VerbCall } from '../verb.ts';
import { addControllerFlags, chosenControllers, turnedOn } from './controller-flags.ts';
import { OUTPUTS, type Output } from './output.ts';
import { render } from './render.ts';
import { kindsNamed, selectableKinds } from './selection.ts';
import { addSettingFlags, flagVariables, withFlagNames } from './setting-flags.ts';

interface Flags {
  readonly output: Output;
  readonly namespace?: string;
  readonly kind: readonly KindNames[];
  readonly name: readonly string[];
  readonly ignore: readonly string[];
  readonly strict?: true;
  readonly [flag: string]: unknown;
}

const EXAMPLES = `
Examples:
  All resources of a folder, as a table of addresses:
    $ agent-gateway-hooks render --output table manifests/
  What a chart makes of its resources, in a pipeline:
    $ helm template charts/team | agent-gateway-hooks render --strict -
  The configuration of one AgentGateway:
    $ agent-gateway-hooks render --output krakend --kind AgentGateway --name public manifests/
  The objects for the Agents of one namespace of a cluster:
    $ kubectl get agents.kaos.tools,modelapis.kaos.tools -A -o yaml | agent-gateway-hooks render --kind Agent -n support -`;

/**
 * The verb `render`. It exits with 0 if all input was rendered, and with 1 if an argument or some input is not valid, or, with
 * `--strict`, if there is anything to remark.
 */
export const renderVerb: Verb = { define: renderProgram, run: runRender };

function renderProgram(): Command {
  const program = new Command('render')
    .description('Print the objects that the service makes for these resources, without a cluster.')
    .argument('<paths...>', "files, folders, or '-' for standard input; all of them make one cluster")
    .addOption(
      new Option(
        '-o, --output <format>',
        'output format; krakend is the configuration of gateways, laid out to be read',
      )
        .choices(OUTPUTS)
        .default('yaml'),
    )
    .option('-n, --namespace <name>', 'only resources of this namespace, which is also that of objects that set none')
    .addOption(kindOption())
    .addOption(repeatable('--name <name>', 'only resources of this name', 'all names'))
    .addOption(repeatable('--ignore <pattern>', 'files and folders to leave out, such as charts or "*.json"', 'none'))
    .option('--strict', 'exit with 1 also for a problem, a note or empty input')
    .addHelpText('after', EXAMPLES);
  addSettingFlags(program);
  addControllerFlags(program, controllers);
  return program;
}

/** An option with a text that can be given several times. */
function repeatable(flags: string, description: string, byDefault: string): Option {
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

function runRender({ args, variables, readInput, terminal, flags: all }: VerbCall): CommandOutput {
  const flags = all as Flags;
  const given = flagVariables(flags);
  const chosen = chosenControllers(controllers, flags);
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...turnedOn(chosen), ...variables, ...given });
  if (reading.outcome === 'bad') {
    return { code: 1, stdout: '', stderr: `error: ${withFlagNames(reading.line, given)}\n` };
  }
  const { output, namespace, kind, name, ignore, strict = false } = flags;
  return render({
    sources: { paths: args, ignore, readInput },
    controllers: chosen,
    settings: reading.settings.controllers,
    selection: { namespace, kinds: kind, names: name },
    output,
    strict,
    terminal,
  });
}
