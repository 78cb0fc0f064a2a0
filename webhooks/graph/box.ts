import type { GraphNode } from './graph.ts';
import { stateText } from './state.ts';

/** How a node is drawn: its size, and its texts, which fit into it. */
export interface Box {
  readonly node: GraphNode;
  readonly width: number;
  readonly height: number;
  readonly caption: string;
  readonly name: string;
  readonly rows: readonly BoxRow[];
  /** The sign, the word and the reason of its state, on one or two lines; none if it is fine. */
  readonly state: readonly string[];
}

export interface BoxRow {
  readonly access: string | undefined;
  /** The width of the label with the access. */
  readonly accessWidth: number;
  readonly text: string;
  readonly through: string | undefined;
}

/** Sizes in pixels. Texts are measured by their letters, because there is no browser: too wide is better than cut off. */
export const PADDING = 14;
export const ICON = 34;
export const HEAD_HEIGHT = 52;
export const ROW_HEIGHT = 24;
export const STATE_HEIGHT = 17;
const MOST_STATE_LINES = 2;
const WIDTH_WITH_REASON = 200;
const BOTTOM = 8;
const NARROWEST = 130;
const WIDEST = 300;
/** The width of a letter as wide as x. */
const LETTER = { caption: 6.6, name: 9.2, mono: 6.7, state: 7.5, pill: 7.2 };
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijltfrI.,:;'|!()[\]{} /-]/, 0.65],
  [/[mwMW@%&#]/, 1.6],
  [/[A-Z✗…]/, 1.2],
  [/[\u1100-\u{10ffff}]/u, 2],
];
const PILL_PADDING = 26;
const PILL_GAP = 8;

/** `given` is the width of its column, once it is known. */
export function boxOf(node: GraphNode, given?: number): Box {
  const rows = node.rows.map(({ access, text, through }): BoxRow => {
    const accessWidth = access === undefined ? 0 : widthOf(access, LETTER.pill) + PILL_PADDING;
    return { access, accessWidth, text, through };
  });
  const state = [stateText(node.state), node.why].filter((text) => text).join(': ');
  const wanted = Math.max(
    NARROWEST,
    ICON + widthOf(node.caption, LETTER.caption),
    ICON + widthOf(node.name, LETTER.name),
    ...rows.map(({ accessWidth, text }) => gapped(accessWidth) + [...text].length * LETTER.mono),
    Math.min(widthOf(state, LETTER.state), WIDTH_WITH_REASON),
  );
  const width = given ?? Math.ceil(Math.min(WIDEST, wanted + 2 * PADDING));
  const inner = width - 2 * PADDING;
  const lines = wrapped(state, inner / LETTER.state);
  return {
    ...{ node, width },
    height: HEAD_HEIGHT + rows.length * ROW_HEIGHT + lines.length * STATE_HEIGHT + BOTTOM,
    caption: cut(node.caption, (inner - ICON) / LETTER.caption),
    name: cut(node.name, (inner - ICON) / LETTER.name),
    rows: rows.map((row) => ({ ...row, text: cutMono(row.text, (inner - gapped(row.accessWidth)) / LETTER.mono) })),
    state: lines,
  };
}

export function gapped(accessWidth: number): number {
  return accessWidth === 0 ? 0 : accessWidth + PILL_GAP;
}

function widthOf(text: string, letter: number): number {
  const widthIn = (character: string) => WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? 1;
  return [...text].reduce((sum, character) => sum + widthIn(character) * letter, 0);
}

/** A text on lines of so many letters. The last line is cut. */
function wrapped(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && (widthOf(longer, 1) <= most || lines.length === MOST_STATE_LINES)) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return text === '' ? [] : lines.map((line) => cut(line, most));
}

function cutMono(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, Math.floor(most) - 1).join('')}…` : text;
}

/** Cuts a text to a number of letters. */
function cut(text: string, most: number): string {
  if (widthOf(text, 1) <= most) {
    return text;
  }
  const letters = [...text];
  let width = widthOf('…', 1);
  const kept = letters.findIndex((letter) => {
    width += widthOf(letter, 1);
    return width > most;
  });
  return `${letters.slice(0, Math.max(1, kept)).join('')}…`;
}
