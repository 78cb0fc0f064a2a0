import type { Hook } from './corpus.ts';
import { grammarOf } from './grammar.ts';
import { mutateText } from './mutate-text.ts';
import { mutateValue } from './mutate-value.ts';
import { type Dice, diceOf } from './random.ts';

/** A call of a hook. */
export interface Call {
  readonly index: number;
  readonly hook: Hook;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the body arrives in two halves. */
  readonly isHalved: boolean;
}

/** Makes the calls of a run: the same seed and number give the same call. */
export function callMaker(hooks: readonly Hook[], seed: number): (index: number) => Call {
  const parsed = new Map(hooks.map((hook) => [hook, hook.bodies.map((body) => JSON.parse(body))]));
  const all = [...parsed.values()].flat();
  const grammar = grammarOf(all);
  return (index) => {
    const dice = diceOf(seed, index);
    const hook = hooks[index % hooks.length] as Hook;
    const body = bodyOf(hook, { dice, all, grammar });
    return { index, hook, ...wire(hook, dice), body };
  };
}

interface Means {
  readonly dice: Dice;
  readonly all: readonly unknown[];
  readonly grammar: (dice: Dice) => unknown;
}

/** Several changes can multiply a body. Large ones are for the tests of memory. */
const MOST_BYTES = 2 * 1024 * 1024;

function bodyOf(hook: Hook, { dice, all, grammar }: Means): Buffer {
  const original = dice.of(hook.bodies);
  const known = JSON.parse(original);
  const way = dice.next();
  if (way < 0.65) {
    mutateValue(known, all, dice);
  } else if (way < 0.85) {
    replaceByGrammar(known, grammar, dice);
  }
  const changed = JSON.stringify(known);
  const text = changed.length > MOST_BYTES ? original : changed;
  return way < 0.8 ? Buffer.from(text) : mutateText(text, dice);
}

/** A part of the parent, of a child or of a related object that follows from the grammar. */
function replaceByGrammar(body: Record<string, unknown>, grammar: Means['grammar'], dice: Dice): void {
  const parent = (body['object'] ?? body['parent']) as Record<string, unknown>;
  const maps = [body['attachments'], body['children'], body['related']].flatMap((map) => Object.values(map ?? {}));
  const objects = maps.flatMap((byKey) => Object.values(byKey as object));
  const owner = dice.chance(0.6) || objects.length === 0 ? parent : dice.of(objects);
  const field = dice.of(['spec', 'spec', 'spec', 'status', 'metadata', 'data']);
  const made = grammar(dice);
  const before = owner[field];
  const isMerged = typeof before === 'object' && typeof made === 'object' && dice.chance(0.7);
  owner[field] = isMerged ? { ...before, ...made } : made;
}

const TYPES = [
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/json;charset=utf-16',
  'text/plain',
  '',
];
const HOSTILE_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  { traceparent: 'x'.repeat(5000) },
  { 'content-encoding': 'gzip' },
  { 'transfer-encoding': 'chunked' },
  { expect: '100-continue' },
  { authorization: `Bearer ${'x'.repeat(8000)}` },
  { 'x-forwarded-for': '127.0.0.1', host: '::' },
  { cookie: 'a=b; '.repeat(500) },
];
const QUERIES = ['?build=other', '?build=', '?build=a&build=b', '?__proto__=1', '?%zz', '?a[b]=c'];

function wire(hook: Hook, dice: Dice): Pick<Call, 'path' | 'headers' | 'isHalved'> {
  return {
    path: `/${hook.name}${dice.chance(0.05) ? dice.of(QUERIES) : ''}`,
    headers: {
      'content-type': dice.chance(0.02) ? dice.of(TYPES) : 'application/json',
      ...(dice.chance(0.05) && dice.of(HOSTILE_HEADERS)),
    },
    isHalved: dice.chance(0.1),
  };
}
