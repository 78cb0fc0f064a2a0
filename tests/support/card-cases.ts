import { readdirSync, readFileSync } from 'node:fs';
import { type Static, Type } from '../../controllers/typebox.ts';

/** The corpus of agent cards. Its README says what the members mean. */
const FOLDER = new URL('../cards/', import.meta.url);

const closed = { additionalProperties: false };
const Headers = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]));

const Answer = {
  status: Type.Optional(Type.Integer()),
  headers: Type.Optional(Headers),
  card: Type.Optional(Type.Unknown()),
  text: Type.Optional(Type.String()),
  gzip: Type.Optional(Type.Boolean()),
  chunked: Type.Optional(Type.Boolean()),
};

const Call = Type.Object({ name: Type.Optional(Type.String()), headers: Type.Optional(Headers) }, closed);

const Expected = Type.Object(
  {
    status: Type.Union([Type.Integer(), Type.Array(Type.Integer())]),
    headers: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
    changed: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    removed: Type.Optional(Type.Array(Type.String())),
    card: Type.Optional(Type.Unknown()),
    text: Type.Optional(Type.String()),
    hidden: Type.Optional(Type.Array(Type.String())),
    agentSees: Type.Optional(Type.Record(Type.String(), Type.String())),
    agentIsAsked: Type.Optional(Type.Literal(false)),
  },
  closed,
);

export const CardCase = Type.Object(
  {
    title: Type.String(),
    era: Type.Union(['0.2', '0.3', '1.0', 'both'].map((era) => Type.Literal(era))),
    reference: Type.String({ pattern: '^https://' }),
    note: Type.Optional(Type.String()),
    agentPath: Type.Optional(Type.String({ pattern: '^(/[a-z0-9-]+)+$' })),
    repeats: Type.Optional(Type.Record(Type.String(), Type.Object({ text: Type.String(), times: Type.Integer() }))),
    agent: Type.Object(
      {
        ...Answer,
        names: Type.Optional(Type.Array(Type.String())),
        elsewhere: Type.Optional(Type.Object(Answer, closed)),
      },
      closed,
    ),
    calls: Type.Optional(Type.Array(Call, { minItems: 1 })),
    expected: Expected,
  },
  closed,
);

export type CardCase = Static<typeof CardCase>;
export type CardAnswer = Pick<CardCase['agent'], keyof typeof Answer>;
export type CardCall = Static<typeof Call>;

/** A case and its name: that of its file. */
export interface NamedCase {
  readonly name: string;
  readonly value: CardCase;
}

/** All cases, sorted by name. `CardCase` is checked by a test. */
export const cardCases: readonly NamedCase[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => ({
    name: file.replace('.json', ''),
    value: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')),
  }));

export const cardsReadme = readFileSync(new URL('README.md', FOLDER), 'utf8');

/** A text, or JSON as a text, with a value for each placeholder such as `{agent}`. */
export function filledIn(value: unknown, values: Readonly<Record<string, string>>): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/\{([a-z]+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/** The paths at which an agent has its card. */
export function cardPaths({ agent: { names = ['agent-card.json'] }, agentPath = '' }: CardCase): readonly string[] {
  return names.map((name) => `${agentPath}/.well-known/${name}`);
}

/** The values of a case's own placeholders. */
export function repeated({ repeats = {} }: CardCase): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(repeats).map(([name, { text, times }]) => [name, text.repeat(times)]));
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s{}[\]:,"]+|[{}[\]:,]/g;

/** What a JSON text says, exactly: its tokens in order, with escapes in strings resolved, and numbers as they are written. */
export function tokensOf(json: string): readonly string[] {
  JSON.parse(json);
  return (json.match(TOKEN) ?? []).map((token) => (token.startsWith('"') ? `"${JSON.parse(token)}` : token));
}
