import { Command, Option } from 'commander';
import { addInputFlags, inputOf } from '../evaluate/input-flags.ts';
import { type CommandOutput, failed, type Verb, type VerbCall } from '../verb.ts';
import { OUTPUTS, type Output } from './output.ts';
import { render } from './render.ts';

interface Flags {
  readonly output: Output;
  readonly strict?: true;
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
  const command = new Command('render')
    .description('Print the objects that the service makes for these resources, or their addresses as a table.')
    .addOption(
      new Option(
        '-o, --output <format>',
        'output format; krakend is the configuration of gateways, laid out to be read',
      )
        .choices(OUTPUTS)
        .default('yaml'),
    )
    .option('--strict', 'exit with 1 also for a problem, a note or empty input')
    .addHelpText('after', EXAMPLES);
  return addInputFlags(command);
}

function runRender(call: VerbCall): CommandOutput {
  const { output, strict = false } = call.flags as unknown as Flags;
  const reading = inputOf(call);
  return reading.outcome === 'bad'
    ? failed(reading.line)
    : render(reading.input, { output, strict, terminal: call.terminal });
}
