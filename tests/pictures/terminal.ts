import { runCommand } from '../../webhooks/command/command.ts';
import { commandInput, terminalOf } from '../support/command-input.ts';

const COLUMNS = 100;
const SIZE = { letter: 7.8, line: 20, padding: 20, bar: 36 };

/** The colours of a dark terminal, by their codes. */
const COLOURS: Readonly<Record<string, string>> = {
  31: '#ff7b72',
  33: '#e3b341',
  36: '#79c0ff',
  1: '#f0f6fc',
  2: '#9da7b1',
  32: '#7ee787',
};
const PLAIN = '#e6edf3';

/** Letters of one colour. */
interface Run {
  readonly text: string;
  readonly colour: string;
}

/** A picture of a terminal in which these commands ran. It needs no browser, so the same output always gives the same text. */
export function terminalPicture(commands: readonly (readonly string[])[]): string {
  const lines = commands.flatMap((args, index) => [
    ...(index === 0 ? [] : [[]]),
    [
      { text: '$ ', colour: COLOURS[32] ?? PLAIN },
      { text: `agent-gateway-hooks ${args.join(' ')}`, colour: PLAIN },
    ],
    ...outputOf(args),
  ]);
  const width = Math.round(COLUMNS * SIZE.letter + 2 * SIZE.padding);
  const height = SIZE.bar + lines.length * SIZE.line + SIZE.padding;
  const label = commands.map((args) => `agent-gateway-hooks ${args.join(' ')}`).join(', then ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal: ${label}">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="#0d1117" stroke="#3d444d"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, index) => `<circle cx="${22 + index * 20}" cy="19" r="6" fill="${fill}"/>`,
    ),
    '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="13">',
    ...lines.map(lineText),
    '</g>\n</svg>\n',
  ].join('\n');
}

/** What a command prints on a terminal, in lines that fit. */
function outputOf(args: readonly string[]): readonly (readonly Run[])[] {
  const { stdout, stderr } = runCommand(commandInput(args, { terminal: terminalOf(COLUMNS) }));
  return `${stdout}${stderr}`
    .trimEnd()
    .split('\n')
    .flatMap((line) => wrapped(runsOf(line)));
}

function runsOf(line: string): readonly Run[] {
  let colour = PLAIN;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of colours begin with one.
  return line.split(/(\u001b\[\d*m)/).flatMap((part) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the same.
    const [, code] = /^\u001b\[(\d*)m$/.exec(part) ?? [];
    if (code !== undefined) {
      colour = COLOURS[code] ?? PLAIN;
    }
    return code !== undefined || part === '' ? [] : [{ text: part, colour }];
  });
}

/** Breaks a line at the last column, as a terminal does. */
function wrapped(runs: readonly Run[]): readonly (readonly Run[])[] {
  const letters = runs.flatMap(({ text, colour }) => [...text].map((letter) => ({ text: letter, colour })));
  const count = Math.max(1, Math.ceil(letters.length / COLUMNS));
  return Array.from({ length: count }, (_, index) => joined(letters.slice(index * COLUMNS, (index + 1) * COLUMNS)));
}

function joined(letters: readonly Run[]): readonly Run[] {
  const runs: Run[] = [];
  for (const letter of letters) {
    const last = runs.at(-1);
    if (last?.colour === letter.colour) {
      runs[runs.length - 1] = { ...last, text: last.text + letter.text };
    } else {
      runs.push(letter);
    }
  }
  return runs;
}

function lineText(runs: readonly Run[], index: number): string {
  const y = SIZE.bar + (index + 1) * SIZE.line - 6;
  const spans = runs.map(({ text, colour }) => `<tspan fill="${colour}">${escaped(text)}</tspan>`);
  return `<text x="${SIZE.padding}" y="${y}">${spans.join('')}</text>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll(' ', '\u00a0');
}
