import { Command, Option } from 'commander';
import { type Evaluation, evaluate } from '../evaluate/evaluate.ts';
import { repeatable } from '../evaluate/given-settings.ts';
import { addInputFlags } from '../evaluate/input-flags.ts';
import { placed } from '../evaluate/placed-remark.ts';
import type { Remark } from '../evaluate/remark.ts';
import { remarkLines } from '../evaluate/remarks.ts';
import { type CommandOutput, failed, type Terminal, type Verb, type VerbCall } from '../verb.ts';
import { differenceOf, isSame, type Shown } from './difference.ts';
import { differenceJson } from './json.ts';
import { differenceMarkdown } from './markdown.ts';
import { readSides, type Side } from './sides.ts';
import { differenceText } from './text.ts';

const DIFF_OUTPUTS = ['text', 'json', 'markdown'] as const;

interface Flags {
  readonly output: (typeof DIFF_OUTPUTS)[number];
  readonly objects: boolean;
}

const EXAMPLES = `
Exit codes: 0 if nothing differs, 1 if something does, 2 if there is an error.

Examples:
  What the changes of the working tree do:
    $ agent-gateway-hooks diff --against-revision HEAD manifests/
  What a pull request does, in a job of GitHub:
    $ agent-gateway-hooks diff --against-revision HEAD^1 --output markdown manifests/ >> "$GITHUB_STEP_SUMMARY"
  What kubectl apply would do to a cluster:
    $ agent-gateway-hooks diff --against-cluster manifests/
  What other values of the chart do to the same resources:
    $ agent-gateway-hooks diff --values new.yaml --against-values old.yaml manifests/`;

const ERROR = 2;

/** The verb `diff`. It exits with 1 if something differs, and with 2 if an argument or a document is wrong. */
export const diffVerb: Verb = { define: diffCommand, run: runDiff, usageErrorCode: ERROR };

function diffCommand(): Command {
  const against = (option: Option) => option.helpGroup('Compare with one of:');
  const command = new Command('diff')
    .description(
      'Say what differs between two states: who may call which address, problems, and the objects that are made.',
    )
    .addOption(against(repeatable('--against <path>', "files or folders, or '-' for standard input", 'none')))
    .addOption(against(new Option('--against-revision <revision>', 'the same paths in a revision of git')))
    .addOption(against(new Option('--against-cluster', 'the cluster as it is, to which the paths are applied')))
    .addOption(
      repeatable(
        '--against-values <file>',
        'values of the chart for the other state, which has the same paths unless another flag names it',
        'those of --values',
      ),
    )
    .addOption(new Option('-o, --output <format>', 'output format').choices(DIFF_OUTPUTS).default('text'))
    .option('--no-objects', 'leave out the lines of objects')
    .addHelpText('after', EXAMPLES);
  addInputFlags(command);
  command.options.find(({ long }) => long === '--cluster')?.hideHelp();
  return command;
}

function runDiff(call: VerbCall): CommandOutput {
  const { output, objects } = call.flags as unknown as Flags;
  const sides = readSides(call);
  if (sides.outcome === 'bad') {
    return failed(sides.line, ERROR);
  }
  const before = evaluated(sides.before, call.terminal, 'the other state');
  const after = evaluated(sides.after, call.terminal, 'the paths');
  const difference = differenceOf(before, after);
  const errors = after.remarks.filter(({ level }) => level === 'error').map(placed(after.texts));
  const remarks = [...sides.after.input.remarks, ...unused(before), ...unused(after), ...errors];
  const code = isSame(difference) ? 0 : 1;
  return {
    code: errors.length > 0 ? ERROR : code,
    stdout: print({ difference, hasLines: objects }, output, call.terminal),
    stderr: remarkLines(remarks, call.terminal.errorsHaveColours),
  };
}

function evaluated({ input, documents }: Side, { progress }: Terminal, what: string): Evaluation {
  progress(`evaluating ${what}`);
  return evaluate(input, documents);
}

/** What was passed over, if nothing else was there. */
function unused({ answers, remarks }: Evaluation): readonly Remark[] {
  const isEmpty = answers.every(({ parents }) => parents.length === 0);
  return isEmpty ? remarks.filter(({ level }) => level === 'note') : [];
}

function print(shown: Shown, output: Flags['output'], terminal: Terminal): string {
  switch (output) {
    case 'text':
      return differenceText(shown, terminal.hasColours);
    case 'json':
      return differenceJson(shown);
    case 'markdown':
      return differenceMarkdown(shown);
  }
}
