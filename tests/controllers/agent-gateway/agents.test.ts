import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentAddress, cardUrl, readAddress } from '../../../controllers/resources/agentic-layer/agent-address.ts';
import { agent, observed, sync } from '../../support/gateways.ts';

describe('the address of an agent', () => {
  it.each([
    ['http://a.b:8000/.well-known/agent-card.json', 'http://a.b:8000', ''],
    ['http://a.b/.well-known/agent-card.json', 'http://a.b', ''],
    ['https://a.b:443/x/.well-known/agent-card.json', 'https://a.b:443', '/x'],
    ['HTTP://A_b-1:0080/', 'HTTP://A_b-1:80'.replace('HTTP', 'http'), ''],
    ['http://a.b:10//v1//x.y/', 'http://a.b:10', '/v1/x.y'],
    ['http://user:secret@a.b:80/x?token=1#y', 'http://a.b:80', '/x'],
    ['http://a.b/%78/.well-known/agent-card.json', 'http://a.b', '/x'],
    ['http://a.b/a__health/__healthy', 'http://a.b', '/a__health/__healthy'],
  ])('is read from %s as base %s and path %j', (url, host, path) => {
    expect(readAddress(url)).toEqual({ outcome: 'address', address: { host, path } });
  });

  it.each([
    'ftp://a.b/',
    'a.b:8000',
    '//a.b/',
    'http://',
    'http:///x',
    'http://[::1]:8000/',
    'http://a b/',
    'http://a*/',
    'http://{a}/',
    'http://a.b:1/',
    'http://a.b:9/',
    'http://a.b:65536/',
    'http://a.b:/',
    'http://a.b:x/',
    'http://a.b/__health',
    'http://a.b/v1/__echo/x',
    'http://a.b/__debug/.well-known/agent-card.json',
    'http://a.b/%5f%5fhealth',
    'http://a.b/{id}',
    'http://a.b/%7Bid%7D',
    'http://a.b/:id',
    'http://a.b/*',
    'http://a.b/../x',
    'http://a.b/%2e%2e/x',
    'http://a.b/a..b',
    'http://a.b/.well-known/x',
    'http://a.b/{{ env "HOME" }}',
    'http://a.b/"',
    'http://a.b/%',
    'http://a.b/%ff',
    'http://a.b/ä',
    'http://a.b/x\n',
    `http://a.b/${'x'.repeat(1014)}`,
    '\nhttp://a.b/',
  ])('is not read from %j (D2, D25)', (url) => {
    expect(readAddress(url)).toMatchObject({ outcome: 'refused', why: expect.stringContaining('status.url') });
  });
});

describe('the stored address of an agent', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
  const url = fc
    .record({
      scheme: fc.constantFrom('http', 'https', 'HTTP'),
      user: fc.constantFrom('', 'user:secret@'),
      host: fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,200}[a-zA-Z0-9])?$/),
      port: fc.constantFrom('', ':0080', ':8000', ':65535'),
      path: fc.array(fc.oneof(segment, fc.constantFrom('v1', '%78', '.well-known', '..', 'x'.repeat(900))), {
        maxLength: 8,
      }),
      end: fc.constantFrom('', '/', '/.well-known/agent-card.json', '?token=1'),
    })
    .map(({ scheme, user, host, port, path, end }) => `${scheme}://${user}${host}${port}/${path.join('/')}${end}`);

  it('is read back unchanged', () => {
    let admitted = 0;
    fc.assert(
      fc.property(url, (text) => {
        const reading = readAddress(text);
        if (reading.outcome === 'address') {
          admitted += 1;
          expect(readAddress(cardUrl(reading.address))).toEqual(reading);
        }
      }),
      { numRuns: 2000 },
    );
    expect(admitted).toBeGreaterThan(500);
  });

  it.each([996, 997, 1000, 1023, 1024, 1025])('of %i characters causes no rollout while nothing changes', (length) => {
    const start = 'http://a.b:8000/';
    const related = [agent('a/one'), agent('a/long', { url: `${start}${'x'.repeat(length - start.length)}` })];
    const first = sync({ related });
    const again = sync({ related, children: observed(first.attachments), now: '2026-06-01T00:10:00Z' });
    expect(again.attachments).toEqual(first.attachments);
    expect(again.resyncAfterSeconds).toBeUndefined();
  });

  it('may be as long as the limit, but not longer', () => {
    const readingOf = (length: number) => {
      const start = 'http://a.b/';
      const path = 'x'.repeat(length - start.length - '/.well-known/agent-card.json'.length);
      return readAddress(`${start}${path}`);
    };
    const longest = readingOf(1024) as { readonly address: AgentAddress };
    expect(cardUrl(longest.address)).toHaveLength(1024);
    expect(readingOf(1025)).toMatchObject({ why: expect.stringContaining('is 1025 characters long') });
  });
});

describe('an agent that cannot be served', () => {
  const GOOD = [agent('a/good'), agent('b/fine')];
  const alone = sync({ related: GOOD });

  it.each([
    ['no URL yet', agent('c/bad', { url: '' }), 'it has no status.url yet'],
    ['an invalid URL', agent('c/bad', { url: 'http://x:5/' }), 'the port in status.url must be from 10 to 65535'],
    ['a reserved path', agent('chat/completions'), 'its path is reserved for OpenAI calls'],
    ['a name with a dot', agent('c/b.ad'), 'its name has a dot'],
    [
      'a deletion timestamp',
      agent('c/bad', { metadata: { deletionTimestamp: '2026-05-01T00:00:00Z' } }),
      'it is being deleted',
    ],
    ['fields that do not fit the schema', { ...agent('c/bad'), status: { url: 5 } }, 'it does not fit the schema'],
  ])('is left out and named if it has %s, and the other agents are unaffected', (_why, bad, why) => {
    const id = `${bad.metadata.namespace}/${bad.metadata.name}`;
    const { attachments, conditions, reply } = sync({ related: [...GOOD, bad] });
    expect(attachments).toEqual(alone.attachments);
    expect(conditions['ResolvedRefs']).toMatchObject({ status: 'False', reason: 'AgentsLeftOut' });
    expect(conditions['ResolvedRefs']?.message).toContain(`1 agent is left out: ${id} (${why}`);
    expect(reply.problems).toContainEqual({
      reason: 'AgentLeftOut',
      about: `Agent ${id}`,
      message: expect.stringContaining(why),
    });
  });

  it('is named in the status if it is among the first ten', () => {
    const bad = Array.from({ length: 12 }, (_, index) => agent(`c/bad-${String(index).padStart(2, '0')}`, { url: '' }));
    const { message = '' } = sync({ related: bad }).conditions['ResolvedRefs'] ?? {};
    expect(message).toMatch(/^12 agents are left out: c\/bad-00 .*c\/bad-09 \([^)]*\) and more$/);
    expect(message).not.toContain('c/bad-10');
  });

  it('is ignored if it is not exposed, even if it does not fit the schema', () => {
    const hidden = { ...agent('c/good', { exposed: false }), status: 5 };
    const { attachments, conditions } = sync({ related: [...GOOD, hidden] });
    expect({ attachments, resolvedRefs: conditions['ResolvedRefs']?.status }).toEqual({
      attachments: alone.attachments,
      resolvedRefs: 'True',
    });
  });

  it('removes the short path of an agent with the same name, even if it does not fit the schema', () => {
    const { krakendJson } = sync({ related: [...GOOD, { ...agent('c/good'), status: { url: 5 } }] });
    expect(krakendJson).not.toContain('"/good"');
    expect(krakendJson).toContain('"/fine"');
  });

  it('affects no more of an agent with the same name than its short path', () => {
    const { krakendJson } = sync({ related: [...GOOD, agent('c/good', { url: 'ftp://x' })] });
    const short = alone.krakendJson.match(/\{"endpoint":"\/good[\s\S]*?\}\]\},/g) ?? [];
    expect(short).toHaveLength(2);
    expect(krakendJson).toBe(short.reduce((text, endpoint) => text.replace(endpoint, ''), alone.krakendJson));
  });

  it.each(['models/agent', 'agent/models', 'a/a', 'chat/news', 'x/completions'])(
    'is not %s, which is served like any other',
    (id) => {
      expect(sync({ related: [agent(id)] }).conditions['ResolvedRefs']?.status).toBe('True');
    },
  );
});
