import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../../webhooks/settings/settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'access-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string, variables: Readonly<Record<string, string>> = {}) {
  const file = path.join(folder, 'access-rules.yaml');
  writeFileSync(file, text);
  const reading = readSettings({ ACCESS_RULES_FILE: file, ...variables });
  return reading.outcome === 'read'
    ? reading.settings.controllers.access
    : reading.line.replace(JSON.stringify(file), 'FILE');
}

/** The complaint about a file, without its beginning. */
function faults(text: string, variables?: Readonly<Record<string, string>>): string {
  const line = String(read(text, variables));
  const begin = 'ACCESS_RULES_FILE: FILE is not valid: ';
  expect(line.slice(0, begin.length)).toBe(begin);
  return line.slice(begin.length);
}

const JWT =
  'jwt: { issuer: https://login.example.com/, jwksUri: https://login.example.com/jwks.json, audiences: [agents], claimHeaders: { sub: X-User } }';
const rule = (text: string) => `rules: [{ ${text} }]`;

/** Matches of two rules of which the first decides whatever fits the second. */
const UNREACHABLE = [
  ['', 'match: { names: [other-*] },'],
  ['match: {},', ''],
  ['match: { kinds: [Agent] },', 'match: { kinds: [Agent.kaos.tools], names: [a] },'],
  ['match: { namespaces: ["team-*", b] },', 'match: { namespaces: ["team-a*", b] },'],
  ['match: { labels: { tier: internal } },', 'match: { labels: { tier: internal, app: a } },'],
] as const;
/** Two of which the second decides something. */
const REACHABLE = [
  ['match: { kinds: [Agent.kaos.tools] },', 'match: { kinds: [Agent] },'],
  ['match: { namespaces: ["team-a*"] },', 'match: { namespaces: ["team-*"] },'],
  ['match: { names: [a] },', 'match: { names: [a, b] },'],
  ['match: { labels: { tier: internal, app: a } },', 'match: { labels: { tier: internal } },'],
  ['match: { kinds: [Agent], names: [a] },', 'match: { kinds: [Agent] },'],
] as const;

describe('ACCESS_RULES_FILE', () => {
  it('is not needed: then everybody may call', () => {
    const reading = readSettings({});
    expect(reading).toMatchObject({
      settings: {
        controllers: {
          access: { rules: {}, dialect: 'none', httpJwks: false, awaitPolicies: true, settleSeconds: 12 },
        },
      },
    });
  });

  it('may be empty of rules', () => {
    expect(read('{}')).toEqual({ rules: {}, dialect: 'none', httpJwks: false, awaitPolicies: true, settleSeconds: 12 });
  });

  it('is read with every field', () => {
    const text = `
default: deny
rules:
  - match: { kinds: [Agent], namespaces: [support, "team-*"], names: [desk], labels: { tier: internal } }
    jwt:
      issuer: https://login.example.com/
      jwksUri: https://login.example.com/jwks.json
      audiences: [agents]
      algorithm: ES256
      scopes: { all: [agents:call] }
      claimHeaders: { sub: X-User }
    limit: { requests: 60, per: minute, by: claim:sub }
    from: { namespaces: [frontend] }
  - match: { kinds: [ModelAPI] }
    deny: true
  - allow: true
cors: { origins: ["https://*.example.com"], credentials: true, maxAge: 12h, methods: [POST], headers: [X-A], exposeHeaders: [X-B] }
`;
    expect(read(text, { ACCESS_DIALECT: 'envoy-gateway' })).toMatchObject({
      dialect: 'envoy-gateway',
      rules: {
        default: 'deny',
        rules: [{ limit: { by: 'claim:sub' } }, { deny: true }, { allow: true }],
        cors: { maxAge: '12h' },
      },
    });
  });

  it.each([
    ['text', 'it is not a map'],
    ['', 'it is not a map'],
    ['rules: {}', 'rules: is an object; expected a list of at most 64'],
    ['default: open', 'default: "open" is not valid; expected one of "allow", "deny"'],
    ['rule: []', 'rule: is not a field, so it has no effect; did you mean rules'],
    ['rules: []\nrules: []', 'Map keys must be unique'],
    [
      rule('match: {kinds: [Agents]}, deny: true'),
      'rules[0].match.kinds[0]: "Agents" is not valid; expected one of "Agent"',
    ],
    [rule('match: {kinds: [Agents]}, deny: true'), 'did you mean "Agent"?'],
    [rule('match: {kind: Agent}, deny: true'), 'rules[0].match.kind: is not a field, so it has no effect'],
    [rule('match: {namespaces: [A]}, deny: true'), 'rules[0].match.namespaces[0]: "A" is not valid'],
    [
      rule('match: {names: []}, deny: true'),
      'rules[0].match.names: is an empty list; expected a list of at least 1 of at most 64',
    ],
    [
      rule('match: {labels: {tier: 1}}, deny: true'),
      'rules[0].match.labels.tier: is a number; expected text; put the value in quotes',
    ],
    [rule('deny: false'), 'rules[0].deny: false is not valid; expected true'],
    [
      rule('match: {}'),
      'rules[0]: says nothing; expected allow: true, deny: true, or one or more of jwt, limit and from',
    ],
    [rule('allow: true, deny: true'), 'rules[0]: says two things; expected'],
    [rule(`deny: true, ${JWT}`), 'rules[0]: says two things; expected'],
    [rule('jwt: {}'), 'rules[0].jwt.issuer: is required'],
    [rule('jwt: {}'), 'rules[0].jwt.audiences: is required'],
    [rule(JWT.replace('[agents]', '[]')), 'rules[0].jwt.audiences'],
    [rule(JWT.replace('X-User', 'Authorization')), 'rules[0].jwt.claimHeaders.sub: "Authorization" is not valid'],
    [rule(JWT.replace('X-User', 'X-Forwarded-For')), 'rules[0].jwt.claimHeaders.sub: "X-Forwarded-For" is not valid'],
    [rule(JWT.replace('X-User', 'X-Forwarded-For')), 'does not begin with X-Envoy, X-Forwarded, X-Kaos or X-Real-Ip'],
    [
      rule('limit: {requests: 5, per: day, by: "header:X-Forwarded-For"}'),
      'does not begin with X-Envoy, X-Forwarded, X-Kaos or X-Real-Ip',
    ],
    [rule(JWT.replace('{ sub:', '{ a.b:')), 'rules[0].jwt.claimHeaders: "a.b" is not a valid claim'],
    [
      rule(JWT.replace('X-User }', 'X-User, name: x-user }')),
      'rules[0].jwt.claimHeaders: two claims have the same header',
    ],
    [rule(JWT.replace('audiences', 'scopes: {}, audiences')), 'rules[0].jwt.scopes: expected either all or any'],
    [rule(JWT.replace('audiences', 'scopes: {all: [a], any: [b]}, audiences')), 'expected either all or any'],
    [
      rule(JWT.replace('audiences', 'scopes: {all: ["a b"]}, audiences')),
      'rules[0].jwt.scopes.all[0]: "a b" is not valid',
    ],
    [rule(JWT.replace('audiences', 'algorithm: HS256, audiences')), 'rules[0].jwt.algorithm: "HS256" is not valid'],
    [rule(JWT.replace('https://login.example.com/jwks.json', 'http://login/jwks')), 'ACCESS_HTTP_JWKS set to true'],
    [
      rule(JWT.replace('https://login.example.com/jwks.json', 'ftp://login/jwks')),
      'rules[0].jwt.jwksUri: "ftp://login/jwks" is not valid',
    ],
    [
      rule('limit: {requests: 0, per: minute, by: all}'),
      'rules[0].limit.requests: 0 is not valid; expected a whole number from 1',
    ],
    [
      rule('limit: {requests: 5, per: min, by: all}'),
      'rules[0].limit.per: "min" is not valid; expected one of "second", "minute"',
    ],
    [rule('limit: {requests: 5, per: day, by: user}'), 'rules[0].limit.by: "user" is not valid'],
    [rule('limit: {requests: 5, per: day, by: "claim:sub"}'), 'rules[0].limit.by: "claim:sub" has no header'],
    [rule(`${JWT}, limit: {requests: 5, per: day, by: "claim:org"}`), 'expected jwt.claimHeaders.org in the same rule'],
    [rule('from: {namespaces: ["team-*"]}'), 'rules[0].from.namespaces[0]: "team-*" is not valid'],
    ['rules: [{ allow: true }, { deny: true }]', 'rules[1]: is never reached, because rules[0] is for all resources'],
    [
      rule(`${JWT}, limit: {requests: 5, per: day, by: "claim:constructor"}`),
      'rules[0].limit.by: "claim:constructor" has no header',
    ],
    [rule(`${JWT}, limit: {requests: 5, per: day, by: "claim:__proto__"}`), '"claim:__proto__" has no header'],
    ['default:', 'default: is null; expected a value, or no such field'],
    ['rules:', 'rules: is null'],
    [rule('match: , allow: true'), 'rules[0].match: is null'],
    [rule('match: {namespaces: }, allow: true'), 'rules[0].match.namespaces: is null'],
    [rule('match: {labels: {tier: }}, allow: true'), 'rules[0].match.labels.tier: is null'],
    [rule('jwt: , limit: {requests: 5, per: day, by: all}'), 'rules[0].jwt: is null'],
    [rule(JWT.replace('audiences', 'scopes: , audiences')), 'rules[0].jwt.scopes: is null'],
    [rule(JWT.replace('audiences', 'scopes: {all: , any: [a]}, audiences')), 'rules[0].jwt.scopes.all: is null'],
    [rule(JWT.replace('https://login.example.com/,', '"a\\u0000",')), 'rules[0].jwt.issuer: "a\\u0000" is not valid'],
    [rule(JWT.replace('[agents]', '["a\\n"]')), 'rules[0].jwt.audiences[0]: "a\\n" is not valid'],
    [rule(JWT.replace('com/jwks', 'com:65536/jwks')), 'expected a port from 1 to 65535'],
    [rule(JWT.replace('com/jwks', 'com:0/jwks')), 'expected a port from 1 to 65535'],
    ['cors: { origins: ["http://a", "http://a"] }', 'cors.origins[1]: repeats an earlier item'],
    ['cors: { origins: ["*"], methods: [GET, GET] }', 'cors.methods[1]: repeats an earlier item'],
    ['cors: { origins: ["*"], headers: [A, A] }', 'cors.headers[1]: repeats an earlier item'],
    ['cors: { origins: ["*"], exposeHeaders: [A, A] }', 'cors.exposeHeaders[1]: repeats an earlier item'],
    ['cors: { origins: ["*", "http://a"] }', 'cors.origins: "*" is not valid beside other items'],
    ['cors: { origins: ["*"], headers: ["*", A] }', 'cors.headers: "*" is not valid beside other items'],
    ['cors: { origins: [] }', 'cors.origins'],
    ['cors: { origins: [chat.example.com] }', 'cors.origins[0]: "chat.example.com" is not valid'],
    ['cors: { origins: ["https://chat.example.com/"] }', 'cors.origins[0]'],
    ['cors: { origins: ["*"], credentials: true }', 'cors.origins: "*" is not valid with credentials: true'],
  ])('is refused: %s', (text, fault) => {
    expect(faults(text)).toContain(fault);
  });

  it.each(UNREACHABLE)('may not have a rule %s before a rule %s', (first, then) => {
    expect(
      faults(`rules: [{ ${first} deny: true }, { match: { names: [another] }, deny: true }, { ${then} allow: true }]`),
    ).toContain(
      'rules[2]: is never reached, because rules[0] is for all resources that it is for; put it before that one, or remove it',
    );
  });

  it.each(REACHABLE)('may have a rule %s before a rule %s', (first, then) => {
    expect(read(`rules: [{ ${first} deny: true }, { ${then} allow: true }]`)).toMatchObject({ dialect: 'none' });
  });

  it('may name keys at http:// if a setting says so', () => {
    const text = rule(JWT.replace('https://login.example.com/jwks.json', 'http://login/jwks'));
    expect(read(text, { ACCESS_HTTP_JWKS: 'true' })).toMatchObject({ httpJwks: true });
  });

  it('must exist', () => {
    expect(readSettings({ ACCESS_RULES_FILE: '/nowhere' })).toEqual({
      outcome: 'bad',
      line: 'ACCESS_RULES_FILE: "/nowhere" does not exist; expected the path of a file with access rules',
    });
  });

  it('is not asked to be a path if its content is not valid', () => {
    expect(faults('default: open')).toBe('default: "open" is not valid; expected one of "allow", "deny"');
    expect(faults('')).toBe('it is not a map; expected access rules: docs/access.md');
  });

  it('names every fault at once', () => {
    expect(faults('default: open\nrules: [{ denied: true }]')).toMatch(/default: .*; .*rules\[0\]\.denied: /);
  });
});
