import type { OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CardCall,
  type CardCase,
  cardCases,
  filledIn,
  type NamedCase,
  repeated,
  tokensOf,
} from '../support/card-cases.ts';
import { agent, sync } from '../support/gateways.ts';
import { CARD_ELSEWHERE, type CardAgent, startCardAgent } from './support/card-agent.ts';
import { type Krakend, startKrakend } from './support/krakend.ts';
import { type RawAnswer, rawGet } from './support/raw-get.ts';

const NAMESPACE = 'cards';
const WELL_KNOWN = '/.well-known/';
/** An answer without a card says why in one line. */
const LONGEST_REASON = 300;

/** No card costs more, also where other programs use the machine. */
const SLOWEST_MS = 5000;

const CALLS = cardCases.flatMap((of) =>
  [`/${NAMESPACE}/${of.name}`, `/${of.name}`].flatMap((path) =>
    (of.value.calls ?? [{}]).map((call) => ({ of, path, call, title: `${path}, ${of.value.title} ${told(call)}` })),
  ),
);

describe('the card', () => {
  const agents = new Map<string, CardAgent>();
  let elsewhere: CardAgent;
  let krakend: Krakend;
  beforeAll(async () => {
    elsewhere = await startCardAgent(CARD_ELSEWHERE, '');
    for (const { name, value } of cardCases) {
      agents.set(name, await startCardAgent(value, elsewhere.origin));
    }
    krakend = await startKrakend(sync({ related: cardCases.map((of) => registered(of, agents)) }).krakendJson);
  });
  afterAll(async () => {
    await krakend?.running.stop();
    await Promise.all([elsewhere, ...agents.values()].map((each) => each?.stop()));
  });

  it.each(CALLS)(
    'at $title',
    async ({ of: { name, value }, path, call }) => {
      const { origin, heard } = agents.get(name) as CardAgent;
      const before = heard.length;
      const headers = call.headers as OutgoingHttpHeaders | undefined;
      const answer = await rawGet(krakend.url, `${path}${WELL_KNOWN}${call.name ?? 'agent-card.json'}`, headers ?? {});
      expectAnswer(value, answer, { ...repeated(value), agent: origin, gateway: `${krakend.url}${path}`, path });
      expectAsked(value, heard.slice(before));
    },
    SLOWEST_MS,
  );

  it('of any of these agents leaves the gateway as it was', async () => {
    expect((await fetch(`${krakend.url}/__health`)).status).toBe(200);
    expect(krakend.running.log()).not.toMatch(/panic/i);
  });
});

function registered({ name, value }: NamedCase, agents: ReadonlyMap<string, CardAgent>) {
  const url = `${agents.get(name)?.origin}${value.agentPath ?? ''}${WELL_KNOWN}agent-card.json`;
  return agent(`${NAMESPACE}/${name}`, { url });
}

function told({ name = '', headers = {} }: CardCall): string {
  return [name, ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`)].join(' ').trim();
}

type Values = Readonly<Record<string, string>> & { readonly agent: string };

function expectAnswer(of: CardCase, answer: RawAnswer, values: Values): void {
  const { expected } = of;
  expect([expected.status].flat(), answer.text.slice(0, LONGEST_REASON)).toContain(answer.status);
  for (const [header, value] of Object.entries(expected.headers ?? {})) {
    expect(answer.headers[header], header).toBe(value === null ? undefined : filledIn(value, values));
  }
  const everything = JSON.stringify(answer);
  expect((expected.hidden ?? []).filter((text) => everything.includes(filledIn(text, values)))).toEqual([]);
  if (answer.status !== 200) {
    expectReason(answer, values);
    return;
  }
  expect(answer.headers['content-type']?.split(';')[0]).toBe('application/json');
  const card = expectedCard(of);
  if (card !== undefined) {
    expect(JSON.parse(answer.text)).toStrictEqual(JSON.parse(filledIn(card, values)));
  } else if (expected.text !== undefined) {
    expect(tokensOf(answer.text)).toEqual(tokensOf(filledIn(expected.text, values)));
  }
}

/** The card of the agent with the changes that are expected, or a card that is written out. */
function expectedCard({ agent: { card }, expected: { card: whole, changed, removed = [] } }: CardCase): unknown {
  if (changed === undefined && removed.length === 0) {
    return whole;
  }
  const members = Object.entries({ ...(card as object), ...changed });
  return Object.fromEntries(members.filter(([name]) => !removed.includes(name)));
}

/** A status without a card: nothing of the agent's body and address, and one line of why, except for 304. */
function expectReason({ status, headers, text }: RawAnswer, { agent: origin }: Values): void {
  expect(JSON.stringify(headers) + text).not.toContain(new URL(origin).host);
  expect(status === 304 ? text : '').toBe('');
  expect(text.length).toBeLessThanOrEqual(LONGEST_REASON);
}

/** The first call that an agent gets is the one for its card. */
function expectAsked({ agentPath = '', expected }: CardCase, [first, ...rest]: CardAgent['heard']): void {
  const { agentIsAsked = true, agentSees = {} } = expected;
  const paths = ['agent-card.json', 'agent.json'].map((name) => `${agentPath}${WELL_KNOWN}${name}`);
  expect(agentIsAsked ? paths : [undefined]).toContain(first?.path);
  expect((rest.at(-1) ?? first)?.headers ?? {}).toMatchObject(agentSees);
}
