import { Command, Option } from 'commander';
import { evaluate, type Input, readDocuments } from '../evaluate/evaluate.ts';
import { addInputFlags, inputOf } from '../evaluate/input-flags.ts';
import { isSelected } from '../evaluate/selection.ts';
import { type CommandOutput, failed, type Verb, type VerbCall } from '../verb.ts';
import { clashes } from './clashes.ts';
import { findingsOf } from './findings.ts';
import { CHECK_OUTPUTS, type Checked, type CheckOutput, printChecked } from './output.ts';
import { brokenReferences } from './references.ts';

interface Flags {
  readonly output: CheckOutput;
  readonly strict?: true;
}

const EXAMPLES = `
Examples:
  All manifests of a repository:
    $ agent-gateway-hooks check manifests/
  What a chart makes, with the settings of the release:
    $ helm template charts/team | agent-gateway-hooks check --gateway-hostnames agents.example.com -
  In a pull request, beside the changed lines:
    $ agent-gateway-hooks check --output github manifests/
  For a code scanner:
    $ agent-gateway-hooks check --output sarif manifests/ > check.sarif`;

/** The verb `check`. It exits with 1 if there is an error, or, with `--strict`, if there is anything to say. */
export const checkVerb: Verb = { define: checkCommand, run: runCheck };

function checkCommand(): Command {
  const command = new Command('check')
    .description('Say what is wrong with these resources, with file and line: each alone, and all of them together.')
    .addOption(new Option('-o, --output <format>', 'output format').choices(CHECK_OUTPUTS).default('text'))
    .option('--strict', 'exit with 1 also for a warning or a note')
    .addHelpText('after', EXAMPLES);
  return addInputFlags(command);
}

function runCheck(call: VerbCall): CommandOutput {
  const { output, strict = false } = call.flags as unknown as Flags;
  const reading = inputOf(call);
  if (reading.outcome === 'bad') {
    return failed(reading.line);
  }
  const checked = check(reading.input);
  const isBad = checked.findings.some(({ severity }) => strict || severity === 'error');
  return { code: isBad ? 1 : 0, stdout: printChecked(checked, output, call.terminal), stderr: '' };
}

/** Checks the documents of an input, each alone and all of them together. */
export function check(input: Input): Checked {
  const documents = readDocuments(input);
  const evaluation = evaluate(input, documents);
  const own = [...clashes(evaluation.answers), ...brokenReferences(input, documents)];
  const objects = evaluation.cluster.manifests.filter(({ object }) => isSelected(input.selection, object)).length;
  return { findings: findingsOf(evaluation, own), objects };
}
