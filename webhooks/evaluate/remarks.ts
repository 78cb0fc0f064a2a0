import { oneLine } from '../../controllers/data/quote.ts';
import { nameOf } from './cluster-object.ts';
import { type Colour, coloured } from './colours.ts';
import type { Remark } from './remark.ts';

const LEVELS: readonly Remark['level'][] = ['error', 'problem', 'note'];

/**
 * The text for standard error: errors first, then problems, then notes. Each remark is one line, and is printed once. A problem of
 * another object than the document is followed by the names of the documents that it concerns.
 */
export function remarkLines(remarks: readonly Remark[], hasColours: boolean): string {
  const sorted = LEVELS.flatMap((level) => remarks.filter((remark) => remark.level === level));
  const same = Map.groupBy(sorted, ({ level, about, text }) => oneLine(`${level}: ${about}: ${text}`));
  return [...same].map(([line, each]) => `${hasColours ? withColour(line) : line}${concerning(each)}\n`).join('');
}

const COLOURS: Readonly<Record<Remark['level'], Colour>> = { error: 'red', problem: 'yellow', note: 'cyan' };

/** A line with its level in colour. */
function withColour(line: string): string {
  return line.replace(/^(error|problem|note):/, (head, level: Remark['level']) => coloured(head, COLOURS[level]));
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
