import type { AddressChange } from './addresses.ts';
import { isSame, type Shown } from './difference.ts';
import type { ObjectChange } from './objects.ts';
import type { ProblemChanges } from './problems.ts';
import { CHANGE_WORDS, detailText, objectName, objectNote, sameText, summaryTexts, whereText } from './words.ts';

/** A comment of GitHub has at most 65,536 characters. */
const MOST_CHARACTERS = 60_000;
/** Of which the rows of addresses, and the problems, take so many at most. */
const MOST_FOR_ROWS = 20_000;

/** The difference for a comment in a pull request: addresses as a table, and the objects folded. */
export function differenceMarkdown({ difference, hasLines }: Shown): string {
  if (isSame(difference)) {
    return `${TITLE}\n\n${sameText(difference.compared)}\n`;
  }
  const head = [
    `${TITLE}\n`,
    summaryTexts(difference)
      .map((text) => `- ${text}\n`)
      .join(''),
    addressTable(difference.addresses),
    problemList(difference.problems),
  ].filter((text) => text !== '');
  const used = head.reduce((sum, text) => sum + text.length, 0);
  return [...head, ...objectDetails(hasLines ? difference.objects : [], MOST_CHARACTERS - used)].join('\n');
}

const TITLE = '### What this change does to the agents';

function addressTable(changes: readonly AddressChange[]): string {
  const rows = changes.map((change) => {
    const { mark, words } = CHANGE_WORDS[change.change];
    const name = mark === '!' ? `**${words}**` : words;
    const cells = [
      `\`${mark}\` ${name}`,
      code(whereText(change)),
      change.addresses.map(code).join('<br>'),
      change.details.map((detail) => code(detailText(detail))).join('<br>'),
    ].map((cell) => cell.replaceAll('|', '\\|'));
    return `| ${cells.join(' | ')} |\n`;
  });
  return rows.length === 0
    ? ''
    : `| | resource | addresses | what |\n|---|---|---|---|\n${fitting(rows, 'changes of addresses')}`;
}

function problemList({ appeared, gone }: ProblemChanges): string {
  const lines = [
    ...appeared.map(({ level, text }) => `- **new ${level}**: ${code(text)}\n`),
    ...gone.map(({ level, text }) => `- gone ${level}: ${code(text)}\n`),
  ];
  return fitting(lines, 'problems');
}

/** As many parts as fit, and how many do not. */
function fitting(parts: readonly string[], what: string): string {
  const count = fittingCount(parts, MOST_FOR_ROWS);
  const more = parts.length - count;
  return `${parts.slice(0, count).join('')}${more > 0 ? `\n${more} more ${what} do not fit here: ${WHOLE}.\n` : ''}`;
}

const WHOLE = 'the verb `diff` prints all of them with `--output text`';

function fittingCount(parts: readonly string[], room: number): number {
  let used = 0;
  const end = parts.findIndex((part) => {
    used += part.length;
    return used > room;
  });
  return end < 0 ? parts.length : end;
}

function objectDetails(objects: readonly ObjectChange[], room: number): readonly string[] {
  if (objects.length === 0) {
    return [];
  }
  const blocks = objects.map(objectBlock);
  const count = fittingCount(blocks, room);
  const more = objects.slice(count).map((change) => `- ${code(objectName(change))}\n`);
  const named = more.slice(0, MOST_NAMED).join('');
  const others = more.length > MOST_NAMED ? `- and ${more.length - MOST_NAMED} others\n` : '';
  return [
    `<details><summary>Objects: ${objects.length}</summary>\n\n${blocks.slice(0, count).join('\n')}\n</details>\n`,
    ...(more.length > 0 ? [`The lines of ${more.length} objects do not fit here, ${WHOLE}:\n\n${named}${others}`] : []),
  ];
}

const MOST_NAMED = 20;

function objectBlock(change: ObjectChange): string {
  const note = objectNote(change);
  const lines = change.diff.trimEnd();
  const heading = note === '' ? '' : `${code(objectName(change))}: ${note}\n`;
  return lines === '' ? heading : `${heading}\n${fenced(lines)}`;
}

/** A fence is longer than any in the text. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}diff\n${text}\n${fence}\n`;
}

/** A text that Markdown prints as it is. */
function code(text: string): string {
  const ticks = '`'.repeat(longestTicks(text) + 1);
  const space = ticks.length > 1 ? ' ' : '';
  return `${ticks}${space}${text}${space}${ticks}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
