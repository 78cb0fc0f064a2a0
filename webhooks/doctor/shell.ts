import { oneLine } from '../../controllers/data/quote.ts';

/** A program with its arguments, which no shell has split or replaced. */
export type Command = readonly [program: string, ...args: readonly string[]];

/** Arguments of these characters mean the same to every shell. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A command as one pastes it into a shell. Whatever a name has in it stays one argument. */
export function shellText(command: Command): string {
  return command.map(quoted).join(' ');
}

/** The same on lines that fit, broken between arguments. The lines after the first are indented. */
export function shellLines(command: Command, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words(command)) {
    const last = lines.at(-1);
    // The break itself takes two columns.
    if (last !== undefined && last.length + 1 + word.length + 2 <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(last === undefined ? word : `  ${word}`);
    }
  }
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line} \\`));
}

/** A flag stays with its value. */
function words(command: Command): readonly string[] {
  const all = command.map(quoted);
  return all.flatMap((word, index) => {
    const before = all[index - 1] ?? '';
    const next = all[index + 1];
    if (isFlag(before)) {
      return [];
    }
    return isFlag(word) && next !== undefined ? [`${word} ${next}`] : [word];
  });
}

/** Flags of the commands here that have their value in the next argument. */
function isFlag(word: string): boolean {
  return /^--(?:namespace|set|set-json|values|version|filename|selector|field-selector|context|kube-context|kubeconfig)$/.test(
    word,
  );
}

/** Names in a cluster have no unprintable characters, but other texts may. */
function quoted(argument: string): string {
  return PLAIN.test(argument) ? argument : `'${oneLine(argument).replaceAll("'", `'\\''`)}'`;
}
