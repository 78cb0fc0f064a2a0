import { oneLine } from '../../controllers/data/quote.ts';
import type { Remark } from './remark.ts';

const LEVELS: readonly Remark['level'][] = ['error', 'problem', 'note'];

/** The text for standard error: errors first, then problems, then notes. Each remark is one line. */
export function remarkLines(remarks: readonly Remark[]): string {
  const sorted = LEVELS.flatMap((level) => remarks.filter((remark) => remark.level === level));
  return sorted.map(({ level, about, text }) => `${oneLine(`${level}: ${about}: ${text}`)}\n`).join('');
}
