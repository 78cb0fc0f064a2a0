import { Composer, type CST, type Document, Lexer, LineCounter, Parser, type SchemaOptions } from 'yaml';

/** A YAML text as one document, and what tells of an offset in it (`at line 1, column 2`); or why it is refused. */
export type DocumentReading =
  | {
      readonly outcome: 'read';
      readonly document: Document.Parsed | Document;
      readonly placeOf: (offset: number) => string;
    }
  | { readonly outcome: 'refused'; readonly why: string };

/**
 * How scalars are read. `texts`: as text, or as null; KAOS reads them into Go fields of type string, with the same result.
 * `typed`: also as numbers and booleans, as in YAML 1.2 and JSON.
 */
export type Scalars = 'texts' | 'typed';
const SCHEMAS: Readonly<Record<Scalars, SchemaOptions>> = {
  texts: { schema: 'failsafe', customTags: ['null'] },
  typed: { schema: 'core' },
};
/**
 * Words, spaces, line breaks and punctuation marks that a text may have. A model of LiteLLM takes about 40 of them. The library
 * needs up to 200 ms for so many.
 */
const MOST_PARTS = 30_000;
/** The library reads nested lists and maps by recursion. */
const DEEPEST_YAML = 100;

/** Parses a text. The cost grows with the length of the text, and a text that would cost too much is refused early. */
export function parseYaml(text: string, scalars: Scalars = 'texts'): DocumentReading {
  const lines = new LineCounter();
  const tokens = tokensOf(text, lines);
  if (tokens === undefined) {
    return refused(`expected at most ${MOST_PARTS} words, spaces, line breaks and punctuation marks`);
  }
  if (isTooDeep(tokens)) {
    return refused(`expected at most ${DEEPEST_YAML} levels of nesting`);
  }
  const composer = new Composer({ ...SCHEMAS[scalars], merge: true, logLevel: 'error', uniqueKeys: false });
  const [document, another] = composer.compose(tokens, true, text.length);
  const [error] = document?.errors ?? [];
  if (error) {
    return refused(`${error.message} ${placeIn(lines, error.pos[0])}`);
  }
  return document === undefined || another !== undefined
    ? refused('expected one document, without another one after a line ---')
    : { outcome: 'read', document, placeOf: (offset) => placeIn(lines, offset) };
}

function refused(why: string): DocumentReading {
  return { outcome: 'refused', why };
}

/** The documents of a text before they are composed; undefined if the text has too many parts. */
function tokensOf(text: string, lines: LineCounter): readonly CST.Token[] | undefined {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  let parts = 0;
  for (const lexeme of new Lexer().lex(text)) {
    parts += 1;
    if (parts > MOST_PARTS) {
      return undefined;
    }
    tokens.push(...parser.next(lexeme));
  }
  return [...tokens, ...parser.end()];
}

/** Whether lists and maps are in one another too often; told without recursion. */
function isTooDeep(tokens: readonly CST.Token[]): boolean {
  let level: readonly CST.Token[] = tokens;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_YAML) {
      return true;
    }
    level = level.flatMap(inside);
  }
  return false;
}

function inside(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') {
    return token.value ? [token.value] : [];
  }
  return 'items' in token ? token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat()) : [];
}

function placeIn(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `at line ${line}, column ${col}`;
}
