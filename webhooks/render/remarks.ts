import { oneLine } from '../../controllers/data/quote.ts';
import { nameOf } from './cluster-object.ts';
import type { Remark } from './remark.ts';

const LEVELS: readonly Remark['level'][] = ['error', 'problem', 'note'];

/**
 * The text for standard error: errors first, then problems, then notes. Each remark is one line, and is printed once. A problem of
 * another object than the document is followed by the names of the documents that it concerns.
 */
export function remarkLines(remarks: readonly Remark[], hasColours: boolean): string {
  const sorted = LEVELS.flatMap((level) => remarks.filter((remark) => remark.level === level));
  const same = Map.groupBy(sorted, ({ level, about, text }) => oneLine(`${level}: ${about}: ${text}`));
  return [...same].map(([line, each]) => `${hasColours ? coloured(line) : line}${concerning(each)}\n`).join('');
}

/** The codes of red, yellow and cyan: https://en.wikipedia.org/wiki/ANSI_escape_code#Colors */
const COLOURS: Readonly<Record<Remark['level'], number>> = { error: 31, problem: 33, note: 36 };

/** A line with its level in colour. */
function coloured(line: string): string {
  return line.replace(
    /^(error|problem|note):/,
    (head, level: Remark['level']) => `\u001b[${COLOURS[level]}m${head}\u001b[0m`,
  );
}

/** ` (AgentGateway agents/one, AgentGateway agents/two)` */
function concerning(remarks: readonly Remark[]): string {
  const names = remarks.flatMap(({ level, about, of }) => {
    const name = level === 'problem' && of ? nameOf(of) : about;
    return name === about ? [] : [name];
  });
  return names.length === 0 ? '' : oneLine(` (${[...new Set(names)].join(', ')})`);
}

/** 1 if a remark is an error, or under `--strict` if there is any. */
export function exitCode(remarks: readonly Remark[], strict: boolean): number {
  return remarks.some(({ level }) => strict || level === 'error') ? 1 : 0;
}
