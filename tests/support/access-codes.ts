import { GOOD_CLAIMS, hmacToken, type SigningKey, signingKey, token, unsignedToken } from './jwt.ts';

/** The keys of a login server, and of others. */
export interface TokenKeys {
  /** The key that the login server publishes. */
  readonly own: SigningKey;
  /** A key under the name of the published one. */
  readonly namesake: SigningKey;
  /** A key under a name that nobody publishes. */
  readonly unknown: SigningKey;
  /** A key of another algorithm, which the login server publishes too. */
  readonly otherAlgorithm: SigningKey;
}

export function tokenKeys(): TokenKeys {
  return {
    own: signingKey('own'),
    namesake: signingKey('own'),
    unknown: signingKey('unknown'),
    otherAlgorithm: signingKey('curve', 'ES256'),
  };
}

/** A call of a resource whose rule demands `JWT`, and the codes of the gateways. */
export interface AccessCase {
  readonly title: string;
  readonly headers: (keys: TokenKeys) => Readonly<Record<string, string>>;
  /** The query of the call, such as `?access_token=…`. */
  readonly query?: (keys: TokenKeys) => string;
  /** Where the two differ, docs/access.md says so. */
  readonly krakend: number;
  readonly envoy: number;
}

const bearer = (value: string, more: Readonly<Record<string, string>> = {}) => ({
  authorization: `Bearer ${value}`,
  ...more,
});
const withClaims =
  (claims: Readonly<Record<string, unknown>>) =>
  ({ own }: TokenKeys) =>
    bearer(token(own, { claims }));
const AN_HOUR_AGO = GOOD_CLAIMS.iat - 3600;

/** One table for all gateways: what callers send to a resource that demands a token, and what they get. */
export const ACCESS_CASES: readonly AccessCase[] = [
  { title: 'no token', headers: () => ({}), krakend: 401, envoy: 401 },
  { title: 'a good token', headers: ({ own }) => bearer(token(own)), krakend: 200, envoy: 200 },
  {
    title: 'a token for several audiences',
    headers: withClaims({ aud: ['others', 'agents'] }),
    krakend: 200,
    envoy: 200,
  },
  { title: 'an expired token', headers: withClaims({ exp: AN_HOUR_AGO }), krakend: 401, envoy: 401 },
  { title: 'a token that never expires', headers: withClaims({ exp: undefined }), krakend: 200, envoy: 200 },
  {
    title: 'a token that is not valid yet',
    headers: withClaims({ nbf: GOOD_CLAIMS.exp - 1 }),
    krakend: 401,
    envoy: 401,
  },
  {
    title: 'a token of a foreign issuer',
    headers: withClaims({ iss: 'https://login.evil.example/' }),
    krakend: 401,
    envoy: 401,
  },
  {
    title: 'a token of an issuer without its last slash',
    headers: withClaims({ iss: 'https://login.example.com' }),
    krakend: 401,
    envoy: 401,
  },
  { title: 'a token without an issuer', headers: withClaims({ iss: undefined }), krakend: 401, envoy: 401 },
  { title: 'a token for another audience', headers: withClaims({ aud: 'others' }), krakend: 401, envoy: 403 },
  { title: 'a token without an audience', headers: withClaims({ aud: undefined }), krakend: 401, envoy: 403 },
  { title: 'a token without the scope', headers: withClaims({ scope: 'agents:list' }), krakend: 403, envoy: 403 },
  {
    title: 'a token whose scope begins like the demanded one',
    headers: withClaims({ scope: 'agents:call-me' }),
    krakend: 403,
    envoy: 403,
  },
  { title: 'a token without scopes', headers: withClaims({ scope: undefined }), krakend: 403, envoy: 403 },
  {
    title: 'a good token, and a forged claim',
    headers: ({ own }) => bearer(token(own), { 'x-user': 'root' }),
    krakend: 200,
    envoy: 200,
  },
  { title: 'no token, and a forged claim', headers: () => ({ 'x-user': 'root' }), krakend: 401, envoy: 401 },
  { title: 'a token without a signature', headers: ({ own }) => bearer(unsignedToken(own)), krakend: 401, envoy: 401 },
  {
    title: 'a token with the public key as secret',
    headers: ({ own }) => bearer(hmacToken(own)),
    krakend: 401,
    envoy: 401,
  },
  {
    title: 'a token with the public key as secret, said to be RS256',
    headers: ({ own }) => bearer(hmacToken(own, { header: { alg: 'RS256' } })),
    krakend: 401,
    envoy: 401,
  },
  { title: 'a token of an unknown key', headers: ({ unknown }) => bearer(token(unknown)), krakend: 401, envoy: 401 },
  {
    title: 'a token of another key of the same name',
    headers: ({ namesake }) => bearer(token(namesake)),
    krakend: 401,
    envoy: 401,
  },
  {
    title: "a token of another algorithm than the rule's",
    headers: ({ otherAlgorithm }) => bearer(token(otherAlgorithm)),
    krakend: 401,
    envoy: 200,
  },
  {
    title: 'a token in the query',
    headers: () => ({}),
    query: ({ own }) => `?access_token=${token(own)}`,
    krakend: 401,
    envoy: 401,
  },
  {
    title: 'a token in a cookie',
    headers: ({ own }) => ({ cookie: `access_token=${token(own)}` }),
    krakend: 401,
    envoy: 401,
  },
  {
    title: 'a token of another scheme',
    headers: ({ own }) => ({ authorization: `Basic ${token(own)}` }),
    krakend: 401,
    envoy: 401,
  },
  { title: 'text that is not a token', headers: () => bearer('x.y.z'), krakend: 401, envoy: 401 },
  {
    title: 'scopes in a list',
    headers: withClaims({ scope: ['agents:list', 'agents:call'] }),
    krakend: 200,
    envoy: 200,
  },
  {
    title: 'a scheme in lower case, `bearer`',
    headers: ({ own }) => ({ authorization: `bearer ${token(own)}` }),
    krakend: 200,
    envoy: 401,
  },
  { title: 'a scheme without a token', headers: () => bearer(''), krakend: 401, envoy: 401 },
];
