import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../controllers/agent-gateway/agents/agent-address.ts';
import { agent, sync } from '../../support/gateways.ts';

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
  ])('%s', (url, host, path) => {
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
  ])('%j is refused (D2, D25)', (url) => {
    expect(readAddress(url)).toMatchObject({ outcome: 'refused', why: expect.stringContaining('status.url') });
  });
});

describe('an agent that cannot be served', () => {
  const GOOD = [agent('a/good'), agent('b/fine')];
  const alone = sync({ related: GOOD });

  it.each([
    ['no URL', agent('c/bad', { url: '' }), 'it has no status.url yet'],
    ['a bad URL', agent('c/bad', { url: 'http://x:5/' }), 'the port in status.url must be from 10 to 65535'],
    ['a reserved path', agent('chat/completions'), 'its path is reserved for OpenAI calls'],
    ['a name with a dot', agent('c/b.ad'), 'its name has a dot'],
    ['an end', agent('c/bad', { metadata: { deletionTimestamp: '2026-05-01T00:00:00Z' } }), 'it is being deleted'],
    ['no fitting form', { ...agent('c/bad'), status: { url: 5 } }, 'it does not fit the schema'],
  ])('for %s is left out and named, and all others are as if it were not there', (_why, bad, why) => {
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

  it('is one of the first ten that the status names', () => {
    const bad = Array.from({ length: 12 }, (_, index) => agent(`c/bad-${String(index).padStart(2, '0')}`, { url: '' }));
    const { message = '' } = sync({ related: bad }).conditions['ResolvedRefs'] ?? {};
    expect(message).toMatch(/^12 agents are left out: c\/bad-00 .*c\/bad-09 \([^)]*\) and more$/);
    expect(message).not.toContain('c/bad-10');
  });

  it('has no part in anything where it is not exposed, whatever its form', () => {
    const hidden = { ...agent('c/good', { exposed: false }), status: 5 };
    const { attachments, conditions } = sync({ related: [...GOOD, hidden] });
    expect({ attachments, resolvedRefs: conditions['ResolvedRefs']?.status }).toEqual({
      attachments: alone.attachments,
      resolvedRefs: 'True',
    });
  });

  it('takes a namesake its short path, also where it does not fit', () => {
    const { krakendJson } = sync({ related: [...GOOD, { ...agent('c/good'), status: { url: 5 } }] });
    expect(krakendJson).not.toContain('"/good"');
    expect(krakendJson).toContain('"/fine"');
  });

  it('costs a namesake its short path at most', () => {
    const { krakendJson } = sync({ related: [...GOOD, agent('c/good', { url: 'ftp://x' })] });
    const short = alone.krakendJson.match(/\{"endpoint":"\/good[\s\S]*?\}\]\},/g) ?? [];
    expect(short).toHaveLength(2);
    expect(krakendJson).toBe(short.reduce((text, endpoint) => text.replace(endpoint, ''), alone.krakendJson));
  });

  it.each(['models/agent', 'agent/models', 'a/a', 'chat/news', 'x/completions'])(
    '%s is served like any other',
    (id) => {
      expect(sync({ related: [agent(id)] }).conditions['ResolvedRefs']?.status).toBe('True');
    },
  );
});
