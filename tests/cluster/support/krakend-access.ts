import Fastify from 'fastify';
import type { AccessRules, Limit } from '../../../controllers/access/access-rules.ts';
import { JWT } from '../../support/access.ts';
import { tokenKeys } from '../../support/access-codes.ts';
import { agent, sync } from '../../support/gateways.ts';
import { token } from '../../support/jwt.ts';
import { type Backend, listening } from './backends.ts';
import { type Krakend, startKrakend } from './krakend.ts';

const CARD = '/.well-known/agent-card.json';
export const KEYS = tokenKeys();
export const ORIGIN = 'https://chat.example.com';
const ids = ['a/open', 'a/guarded', 'a/limited', 'a/busy', 'a/crowded', 'a/withheld', 'shut/denied'] as const;
export type Id = (typeof ids)[number];

const three = (by: string): Limit => ({ requests: 3, per: 'hour', by });

/** Each agent of the tests has its rule. */
function rulesWith(jwksUri: string): AccessRules {
  const jwt = { ...JWT, jwksUri };
  const rule = (name: string, demand: object) => ({ match: { names: [name] }, ...demand });
  return {
    rules: [
      rule('guarded', { jwt }),
      rule('limited', { jwt, limit: three('claim:sub') }),
      rule('busy', { limit: three('all') }),
      rule('crowded', { limit: three('address') }),
      rule('withheld', { jwt: { ...jwt, audiences: ['agents', 'chats'] } }),
      { match: { namespaces: ['shut'] }, deny: true as const },
    ],
    cors: { origins: [ORIGIN] },
  };
}

/** An agent that answers calls, and calls for its card, with what it hears. It would let any page call. */
export function startMirror(): Promise<Backend> {
  const server = Fastify({ forceCloseConnections: true });
  server.addHook('onSend', async (_, reply, payload) => {
    reply.header('access-control-allow-origin', '*');
    return payload;
  });
  server.all('/*', async ({ headers }) => ({ name: 'mirror', url: 'http://inside', user: headers['x-user'] ?? null }));
  return listening(server);
}

/** The places at which an agent is called, and those of its card. */
export function placesOf(id: Id): readonly Place[] {
  const paths = [`/${id}`, `/${id.slice(id.indexOf('/') + 1)}`];
  return paths.flatMap((path) => [
    { method: 'POST', path },
    { method: 'GET', path: `${path}${CARD}` },
  ]);
}

export interface Place {
  readonly method: 'GET' | 'POST' | 'OPTIONS';
  readonly path: string;
}

export async function ask(
  { url }: Krakend,
  { method, path }: Place,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = method === 'POST' ? { body: '{}' } : {};
  return fetch(`${url}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...body });
}

/** The codes of the same call, made so many times one after the other. */
export async function codesOf(times: number, call: (index: number) => Promise<Response>): Promise<readonly number[]> {
  const codes: number[] = [];
  for (let index = 0; index < times; index += 1) {
    codes.push((await call(index)).status);
  }
  return codes;
}

export const bearer = (sub: string) => ({ authorization: `Bearer ${token(KEYS.own, { claims: { sub } })}` });

/** The configuration of a gateway whose agents are all this server, with the rules of the tests. */
export function configOf({ port }: Backend, jwksUri: string): string {
  const related = ids.map((id) => agent(id, { url: `http://127.0.0.1:${port}${CARD}` }));
  return sync({ related, rules: rulesWith(jwksUri) }).krakendJson;
}

/** Runs a check with a KrakenD of its own, whose counts and keys are new. */
export async function withAnother(krakendJson: string, check: (another: Krakend) => Promise<void>): Promise<void> {
  const another = await startKrakend(krakendJson);
  try {
    await check(another);
  } finally {
    await another.running.stop();
  }
}
