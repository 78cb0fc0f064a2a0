import { gzipSync } from 'node:zlib';
import type { Dice } from './random.ts';
import { HOSTILE_NAMES, HOSTILE_NUMBERS } from './values.ts';

/** Changes the text of a body where a parsed value cannot be changed: it may no longer be JSON. */
export function mutateText(text: string, dice: Dice): Buffer {
  const mutation = dice.of(MUTATIONS);
  const changed = mutation(text, dice);
  return typeof changed === 'string' ? Buffer.from(changed) : changed;
}

type Mutation = (text: string, dice: Dice) => string | Buffer;

const NUMBER = /(?<=[:[,])-?[0-9][0-9.eE+-]*(?=[,}\]])/g;
const MEMBER = /"(?:[^"\\]|\\.)*":(?:"(?:[^"\\]|\\.)*"|[0-9]+|true|false|null)/g;
const STRUCTURE = /(?<=[{[,:])(?=["{[\]}0-9tfn-])/g;

const MUTATIONS: readonly Mutation[] = [
  (text, dice) => replaceOne(text, NUMBER, dice, () => dice.of(HOSTILE_NUMBERS)),
  (text, dice) => replaceOne(text, NUMBER, dice, () => dice.of(HOSTILE_NUMBERS)),
  // A member twice, and one with another value before it.
  (text, dice) => replaceOne(text, MEMBER, dice, (member) => `${member},${member}`),
  (text, dice) => replaceOne(text, MEMBER, dice, (member) => `${member.replace(/:.*/s, '')}:{"a":[null]},${member}`),
  (text, dice) =>
    replaceOne(text, MEMBER, dice, (member) => `${JSON.stringify(dice.of(HOSTILE_NAMES))}:{"name":"x"},${member}`),
  (text, dice) => replaceOne(text, MEMBER, dice, (member) => member.replace(/"(.)/, escapedFirst)),
  (text, dice) =>
    replaceOne(text, STRUCTURE, dice, () => dice.of([' \n\t\r', ' '.repeat(1000), ',', '\u00a0', '//x\n'])),
  (text, dice) => text.slice(0, dice.below(text.length)),
  (text, dice) => text.slice(dice.below(text.length)),
  (text, dice) => withoutSpan(text, dice),
  (text, dice) => flipped(Buffer.from(text), dice),
  (text, dice) => flipped(Buffer.from(text), dice),
  (text, dice) => Buffer.from(text, dice.of(['utf16le', 'latin1', 'base64'] as const)),
  (text, dice) =>
    dice.of([`\ufeff${text}`, `${text}${text}`, `[${text}]`, `${text}\u0000`, `"${text}"`, gzipSync(text)]),
  (text, dice) => Buffer.concat([Buffer.from(text), Buffer.from([dice.below(256), dice.below(256)])]),
];

function escapedFirst(_all: string, first: string): string {
  return `"\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function replaceOne(text: string, pattern: RegExp, dice: Dice, by: (found: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  const found = matches.length > 0 ? dice.of(matches) : undefined;
  return found === undefined
    ? text
    : text.slice(0, found.index) + by(found[0]) + text.slice(found.index + found[0].length);
}

function withoutSpan(text: string, dice: Dice): string {
  const from = dice.below(text.length);
  return text.slice(0, from) + text.slice(from + 1 + dice.below(20));
}

function flipped(bytes: Buffer, dice: Dice): Buffer {
  const flips = 1 + dice.below(3);
  for (let count = 0; count < flips; count += 1) {
    const at = dice.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
  }
  return bytes;
}
