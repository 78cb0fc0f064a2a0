import { Command, InvalidArgumentError, Option } from 'commander';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { toYaml } from '../../controllers/data/yaml.ts';
import { secondsOf } from '../../controllers/kubernetes/values/time.ts';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { addGivenSettings } from '../evaluate/given-settings.ts';
import { kindOption, nameOption } from '../evaluate/input-flags.ts';
import type { Named } from '../evaluate/remark.ts';
import { exitCode, remarkLines } from '../evaluate/remarks.ts';
import { isSelected } from '../evaluate/selection.ts';
import { type CommandOutput, failed, type Terminal, type Verb, type VerbCall } from '../verb.ts';
import { hookNames } from '../wire/hook-names.ts';
import { type AnsweredCall, answerRecorded, settingsReader } from './answered-call.ts';
import { parentOf } from './called-hook.ts';
import { readRecording } from './recording.ts';
import { replayedText } from './replayed-text.ts';

const OUTPUTS = ['text', 'yaml', 'json'] as const;
type Output = (typeof OUTPUTS)[number];

interface Flags {
  readonly output: Output;
  readonly hook?: string;
  readonly now?: string;
  readonly namespace?: string;
  readonly kind: readonly KindNames[];
  readonly name: readonly string[];
}

const EXAMPLES = `
Examples:
  What the calls of a running Metacontroller with --zap-log-level=6 would change now:
    $ kubectl logs -n metacontroller statefulset/metacontroller | agent-gateway-hooks replay --cluster -
  The calls for one Agent in a log, with other settings:
    $ agent-gateway-hooks replay --kind Agent --name helper --gateway-hostnames agents.example.com metacontroller.log
  The answer to a fixture, as Metacontroller gets it:
    $ agent-gateway-hooks replay --output json fixtures/kaos-routes/agent.team.helper.sync.request.json`;

/** The verb `replay`. It exits with 0 if the hooks answer all calls, and with 1 if a call is refused or cannot be read. */
export const replayVerb: Verb = { define: replayCommand, run: runReplay };

function replayCommand(): Command {
  const command = new Command('replay')
    .description('Answer recorded calls of Metacontroller, and say what it would create, change and delete.')
    .argument('<file>', "the body of a call, a log of Metacontroller with --zap-log-level=6, or '-' for standard input")
    .addOption(
      new Option('-o, --output <format>', 'text says what changes; yaml and json are the answers')
        .choices(OUTPUTS)
        .default('text'),
    )
    .addOption(
      new Option('--hook <hook>', 'hook to call')
        .choices(hookNames(controllers))
        .default(undefined, 'the one that was called'),
    )
    .addOption(
      new Option('--now <time>', 'time of the calls, such as 2026-01-31T12:00:00Z')
        .argParser(readTime)
        .default(undefined, 'that of the recording'),
    )
    .option('--cluster', 'use the settings of the release in a cluster, which kubectl reads')
    .option('-n, --namespace <name>', 'only calls for resources of this namespace')
    .addOption(kindOption())
    .addOption(nameOption())
    .addHelpText('after', EXAMPLES);
  return addGivenSettings(command);
}

function readTime(text: string): string {
  if (secondsOf(text) === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) {
    throw new InvalidArgumentError('Expected a time such as 2026-01-31T12:00:00Z.');
  }
  return text;
}

function runReplay(call: VerbCall): CommandOutput {
  const { output, hook, now, namespace, kind, name } = call.flags as unknown as Flags;
  const reading = readRecording(call);
  if (reading.outcome === 'bad') {
    return failed(reading.line);
  }
  const selection = { namespace, kinds: kind, names: name };
  const calls = reading.calls.filter(({ body }) => {
    const parent = parentOf(body);
    return isPlainObject(parent) ? isSelected(selection, parent as unknown as Named) : true;
  });
  if (calls.length === 0) {
    return failed(`${reading.name}: none of its ${reading.calls.length} calls is for a selected resource`);
  }
  const choices = { settingsFor: settingsReader(call, reading.variables), hook: hook ?? reading.hook, now };
  const answered = calls.map((each) => answerRecorded(each, choices));
  const remarks = answered.flatMap((each) => each.remarks);
  return {
    code: exitCode(remarks, false),
    stdout: printed(answered, output, call.terminal),
    stderr: remarkLines(remarks, call.terminal.errorsHaveColours),
  };
}

/** A refused call has no answer to print. */
function printed(answered: readonly AnsweredCall[], output: Output, { hasColours }: Terminal): string {
  const responses = answered.flatMap(({ replayed }) => (replayed.outcome === 'refused' ? [] : [replayed.response]));
  switch (output) {
    case 'json':
      return responses.map((response) => `${JSON.stringify(response, undefined, 2)}\n`).join('');
    case 'yaml':
      return responses.map(toYaml).join('---\n');
    case 'text':
      return answered
        .map(({ title, replayed }) => replayedText(title, replayed, hasColours))
        .filter((text) => text !== '')
        .join('\n');
  }
}
