import type { Command, Option } from 'commander';
import { selectableKinds } from '../evaluate/selection.ts';

/** What may stand in the place of a word. */
export interface Completions {
  readonly candidates: readonly Candidate[];
  /** Whether the shell completes names of files. */
  readonly areFiles: boolean;
}

interface Candidate {
  readonly value: string;
  readonly description: string;
}

const NOTHING: Completions = { candidates: [], areFiles: false };
const FILES: Completions = { candidates: [], areFiles: true };

/** Values that no choice of the parser lists, by the placeholder of the option. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = { '<kind>': selectableKinds };
const FILE_PLACEHOLDERS = /<(file|folder)>$/;

/** What may stand for the last of the words after the name of the program. The others are complete. */
export function completionsFor(program: Command, given: readonly string[]): Completions {
  const words = withEquals(given);
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const name = before.find((word) => !word.startsWith('-'));
  if (name === undefined) {
    return starting(current.startsWith('-') ? flagsOf(program) : verbsOf(program), current);
  }
  if (name === 'help') {
    return starting(verbsOf(program), current);
  }
  const verb = program.commands.find((each) => each.name() === name);
  return verb === undefined ? NOTHING : inVerb(verb, before.slice(before.indexOf(name) + 1), current);
}

/** Bash splits `--output=sarif` into three words. */
function withEquals(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const isMerged = words[index + 1] === '=' && word.startsWith('--');
    if (word !== '=' && words[index - 1] !== '=') {
      return isMerged ? [`${word}=${words[index + 2] ?? ''}`] : [word];
    }
    return [];
  });
}

function inVerb(verb: Command, before: readonly string[], current: string): Completions {
  if (before.includes('--')) {
    return argumentsOf(verb, current);
  }
  const [, flag, begun] = /^(--[^=]+)=(.*)$/s.exec(current) ?? [];
  if (flag !== undefined && begun !== undefined) {
    const { candidates, areFiles } = valuesOf(optionNamed(verb, flag), begun);
    return { candidates: candidates.map((each) => ({ ...each, value: `${flag}=${each.value}` })), areFiles };
  }
  const option = optionNamed(verb, before.at(-1) ?? '');
  if (option?.required) {
    return valuesOf(option, current);
  }
  return current.startsWith('-') ? starting(flagsOf(verb), current) : argumentsOf(verb, current);
}

function optionNamed({ options }: Command, flag: string): Option | undefined {
  return options.find(({ short, long }) => flag !== '' && (flag === short || flag === long));
}

function valuesOf(option: Option | undefined, current: string): Completions {
  if (option === undefined || FILE_PLACEHOLDERS.test(option.flags)) {
    return option === undefined ? NOTHING : FILES;
  }
  const [placeholder = ''] = /<[^>]*>$/.exec(option.flags) ?? [];
  const values = option.argChoices ?? KNOWN_VALUES[placeholder] ?? [];
  return starting(
    values.map((value) => ({ value, description: '' })),
    current,
  );
}

/** All arguments of a verb are files, unless the parser lists their values. */
function argumentsOf({ registeredArguments: [argument] }: Command, current: string): Completions {
  return argument?.argChoices
    ? starting(
        argument.argChoices.map((value) => ({ value, description: '' })),
        current,
      )
    : FILES;
}

function verbsOf(program: Command): readonly Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((verb) => ({ value: verb.name(), description: shortened(verb.description()) }));
}

function flagsOf(command: Command): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description }) => ({ value: long ?? short ?? '', description: shortened(description) }));
}

function starting(candidates: readonly Candidate[], current: string): Completions {
  return { candidates: candidates.filter(({ value }) => value.startsWith(current)), areFiles: false };
}

/** The first sentence, because a shell shows one line. */
function shortened(description: string): string {
  return description.split(/(?<=[.:;])\s/, 1)[0]?.replace(/[.:;]$/, '') ?? '';
}
