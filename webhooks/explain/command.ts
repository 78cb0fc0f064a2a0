import { Command, Option } from 'commander';
import { addInputFlags, inputOf } from '../evaluate/input-flags.ts';
import { remarkLines } from '../evaluate/remarks.ts';
import { type CommandOutput, failed, type Verb, type VerbCall } from '../verb.ts';
import type { Answer } from './answer.ts';
import { answerAddress } from './at-address.ts';
import { answerName } from './by-name.ts';
import { readTarget } from './target.ts';
import { textOf } from './text.ts';

const OUTPUTS = ['text', 'json'] as const;

interface Flags {
  readonly output: (typeof OUTPUTS)[number];
  readonly values: readonly string[];
  readonly cluster?: true;
}

const EXAMPLES = `
Examples:
  Where an agent is reachable and by whom, or why it is not:
    $ agent-gateway-hooks explain agent/research/lead manifests/
  With the settings of a release:
    $ agent-gateway-hooks explain lead --values production.yaml manifests/
  Which resource answers at an address:
    $ agent-gateway-hooks explain https://agents.example.com/research/agent/lead manifests/
  In a cluster:
    $ agent-gateway-hooks explain agentgateway/agents/public --cluster`;

/** The verb `explain`. It exits with 1 if the resource is not found or the input is wrong. Not reachable is an answer. */
export const explainVerb: Verb = { define: explainCommand, run: runExplain };

function explainCommand(): Command {
  const command = new Command('explain')
    .description('Say of one resource where it is reachable and by whom, or why not, and what to change.')
    .argument(
      '<resource>',
      'kind/namespace/name such as agent/research/lead, namespace/name or name if no other resource has it, or an address',
    )
    .addOption(new Option('-o, --output <format>', 'output format').choices(OUTPUTS).default('text'))
    .addHelpText('after', EXAMPLES);
  return addInputFlags(command);
}

function runExplain(call: VerbCall): CommandOutput {
  const { output, values, cluster } = call.flags as unknown as Flags;
  const [text = '', ...paths] = call.args;
  const target = readTarget(text);
  if (target.outcome === 'bad') {
    return failed(target.line);
  }
  const reading = inputOf({ ...call, args: paths });
  if (reading.outcome === 'bad') {
    return failed(reading.line);
  }
  const from = {
    input: reading.input,
    values,
    chart: cluster === true && values.length === 0 ? 'release' : 'values',
  } as const;
  const answer = target.outcome === 'named' ? answerName(target, from) : answerAddress(target, from);
  const { code, stdout, stderr } = printed(answer, output, call);
  return { code, stdout, stderr: remarkLines(reading.input.remarks, call.terminal.errorsHaveColours) + stderr };
}

function printed(
  { explanation, heading, errors }: Answer,
  output: Flags['output'],
  { terminal }: VerbCall,
): CommandOutput {
  const stderr = errors.map((line) => (line.startsWith('  ') ? `${line}\n` : `error: ${line}\n`)).join('');
  if (explanation === undefined) {
    return { code: 1, stdout: '', stderr };
  }
  const text =
    output === 'json'
      ? `${JSON.stringify(explanation, null, 2)}\n`
      : `${heading === undefined ? '' : `${heading}\n`}${textOf(explanation, terminal.width)}`;
  return { code: errors.length > 0 ? 1 : 0, stdout: text, stderr };
}
