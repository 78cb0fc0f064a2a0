import { oneLine } from '../../controllers/data/quote.ts';

/** A text on lines that fit. A word that is wider than a line gets its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of oneLine(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

const LABEL_WIDTH = 'expected: '.length;
const MARGIN = 3;

/** A field with its label in front of the first line, and the other lines below its text. */
export function field(label: string, text: string, width: number): readonly string[] {
  const lines = wrapped(text, width - MARGIN - LABEL_WIDTH);
  const heads = lines.map((_, index) => (index === 0 ? `${label}:` : ''));
  return lines.map((line, index) => `${' '.repeat(MARGIN)}${heads[index]?.padEnd(LABEL_WIDTH)}${line}`);
}
