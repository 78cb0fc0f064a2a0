import { ClientFactory, DefaultAgentCardResolver } from '@a2a-js/sdk/client';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect } from 'vitest';
import { upstreamFile, withUpstream } from '../support/upstream.ts';

const text = upstreamFile('kaos-0.8/runtime.json');
const card = text === undefined ? undefined : JSON.parse(text).exampleCard;
const server = Fastify();
let url: string;

beforeAll(async () => {
  server.get('/.well-known/agent-card.json', async () => card);
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

// Decision 39 says so. Once this fails, the SDK understands the dialect of KAOS, or KAOS that of the SDK.
withUpstream(text).it(
  "the A2A SDK finds and reads the card of KAOS's runtime 0.8.4, but makes no client from it",
  async () => {
    expect(await new DefaultAgentCardResolver({}).resolve(url)).toEqual(card);
    expect(card).toMatchObject({ url: 'http://localhost:8000', protocolVersion: '0.3.0' });
    await expect(new ClientFactory().createFromUrl(url)).rejects.toThrow();
  },
);
