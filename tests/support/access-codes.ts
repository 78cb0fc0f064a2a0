import { hmacToken, type SigningKey, signingKey, token, unsignedToken } from './jwt.ts';

/** The code that each gateway answers to a caller of an agent whose rule has `JWT` of the access rules. */
export interface AccessCase {
  readonly name: string;
  /** The value of Authorization, if the caller sends one. `key` is the issuer's. */
  readonly authorization: (key: SigningKey) => string | undefined;
  readonly krakend: number;
  readonly envoy: number;
}

const PAST = 1_000_000_000;
const FUTURE = 3_900_000_000;

const bearer = (make: (key: SigningKey) => string) => (key: SigningKey) => `Bearer ${make(key)}`;
const claims = (changed: Readonly<Record<string, unknown>>) => bearer((key) => token(key, { claims: changed }));
const both = (code: number) => ({ krakend: code, envoy: code });

/** One table for all gateways. Where their codes differ, docs/access.md says so. */
export const ACCESS_CASES: readonly AccessCase[] = [
  { name: 'no token', authorization: () => undefined, ...both(401) },
  { name: 'a good token', authorization: bearer(token), ...both(200) },
  { name: 'a token for several audiences', authorization: claims({ aud: ['others', 'agents'] }), ...both(200) },
  { name: 'scopes as a list', authorization: claims({ scope: ['agents:list', 'agents:call'] }), ...both(200) },
  { name: 'an expired token', authorization: claims({ exp: PAST }), ...both(401) },
  { name: 'a token without a time', authorization: claims({ exp: undefined }), ...both(200) },
  { name: 'a token of the future', authorization: claims({ nbf: FUTURE }), ...both(401) },
  { name: 'a foreign issuer', authorization: claims({ iss: 'https://evil.example.com/' }), ...both(401) },
  { name: 'no issuer', authorization: claims({ iss: undefined }), ...both(401) },
  { name: 'a wrong audience', authorization: claims({ aud: ['others'] }), krakend: 401, envoy: 403 },
  { name: 'no audience', authorization: claims({ aud: undefined }), krakend: 401, envoy: 403 },
  { name: 'a missing scope', authorization: claims({ scope: 'agents:list' }), ...both(403) },
  { name: 'no scope', authorization: claims({ scope: undefined }), ...both(403) },
  { name: 'a longer scope', authorization: claims({ scope: 'agents:call2' }), ...both(403) },
  { name: 'the algorithm none', authorization: bearer((key) => unsignedToken(key)), ...both(401) },
  { name: 'the public key as a secret', authorization: bearer((key) => hmacToken(key)), ...both(401) },
  { name: 'the key of another', authorization: bearer(({ kid }) => token(signingKey(kid))), ...both(401) },
  { name: 'an unknown key', authorization: bearer(() => token(signingKey('other'))), ...both(401) },
  { name: 'no token after the scheme', authorization: () => 'Bearer ', ...both(401) },
  { name: 'a text that is not a token', authorization: () => 'Bearer a.b.c', ...both(401) },
  { name: 'the scheme Basic', authorization: (key) => `Basic ${token(key)}`, ...both(401) },
  { name: 'the scheme in lower case', authorization: (key) => `bearer ${token(key)}`, krakend: 200, envoy: 401 },
];
