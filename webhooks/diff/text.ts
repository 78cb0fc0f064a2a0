import { coloured } from '../evaluate/colours.ts';
import type { AddressChange } from './addresses.ts';
import { isSame, type Shown } from './difference.ts';
import type { ObjectChange } from './objects.ts';
import type { ProblemText } from './problems.ts';
import { CHANGE_WORDS, detailText, objectName, objectNote, sameText, summaryTexts, whereText } from './words.ts';

const COLOURS = { '!': 'boldRed', '+': 'green', '-': 'red', '~': 'yellow', '@': 'cyan' } as const;
type Mark = keyof typeof COLOURS;

/** Puts a line into the colour of its mark, or not. */
type Paint = (mark: Mark, line: string) => string;

/** The difference for people: counts, addresses, problems, objects. Marks say the same as colours. */
export function differenceText({ difference, hasLines }: Shown, hasColours: boolean): string {
  if (isSame(difference)) {
    return `${sameText(difference.compared)}\n`;
  }
  const paint: Paint = (mark, line) => (hasColours ? coloured(line, COLOURS[mark]) : line);
  const { addresses, problems, objects } = difference;
  const sections = [
    summaryTexts(difference),
    addresses.flatMap((change) => addressLines(change, paint)),
    [...problems.appeared.map(problemLine('+', 'new', paint)), ...problems.gone.map(problemLine('-', 'gone', paint))],
    ...(hasLines ? objects : []).map((change) => objectLines(change, paint)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function addressLines(change: AddressChange, paint: Paint): readonly string[] {
  const { mark, words } = CHANGE_WORDS[change.change];
  return [
    paint(mark, `${mark} ${words}: ${whereText(change)}`),
    ...change.addresses.map((address) => `    ${address}`),
    ...change.details.map((detail) => `    ${detailText(detail)}`),
  ];
}

function problemLine(mark: '+' | '-', words: string, paint: Paint): (problem: ProblemText) => string {
  return ({ level, text }) => paint(mark === '+' ? '!' : '~', `${mark} ${words} ${level}: ${text}`);
}

function objectLines(change: ObjectChange, paint: Paint): readonly string[] {
  const note = objectNote(change);
  const name = objectName(change);
  return [
    ...(note === '' ? [] : [paint('~', `~ ${name}: ${note}`)]),
    ...change.diff
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => diffLine(line, paint)),
  ];
}

function diffLine(line: string, paint: Paint): string {
  const [mark] = /^[-+@]/.exec(line) ?? [];
  return mark === undefined ? line : paint(mark as '+' | '-' | '@', line);
}
