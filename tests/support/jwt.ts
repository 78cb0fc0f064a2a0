import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { JWT } from './access.ts';

// Tokens as a login server issues them, and as an attacker makes them: https://www.rfc-editor.org/rfc/rfc7519

/** A pair of keys under a name. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: 'RS256' | 'ES256';
  readonly privateKey: KeyObject;
}

/** A new pair of keys. Two of one `kid` are different. */
export function signingKey(kid: string, alg: SigningKey['alg'] = 'RS256'): SigningKey {
  const { privateKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, alg, privateKey };
}

/** The public half of a pair, as an entry of a JWKS: https://www.rfc-editor.org/rfc/rfc7517 */
export function publicJwk({ kid, alg, privateKey }: SigningKey): JsonWebKey {
  return { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

/** Claims that meet `JWT` of the access rules. */
export const GOOD_CLAIMS = {
  iss: JWT.issuer,
  aud: JWT.audiences,
  sub: 'alice',
  scope: 'agents:call agents:list',
  iat: 1_700_000_000,
  /** In the year 2096. */
  exp: 4_000_000_000,
};

interface Changes {
  /** Claims besides or in place of the good ones; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Fields of the header, likewise. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A token that a pair of keys signs. Without changes it meets `JWT` of the access rules. */
export function token(key: SigningKey, changes: Changes = {}): string {
  const signed = contents({ alg: key.alg, kid: key.kid, typ: 'JWT', ...changes.header }, changes);
  const signature = sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** A token without a signature. */
export function unsignedToken({ kid }: SigningKey, changes: Changes = {}): string {
  return `${contents({ alg: 'none', kid, typ: 'JWT', ...changes.header }, changes)}.`;
}

/** A token whose HMAC has the public key as its secret: whoever uses a key as the header says accepts it. */
export function hmacToken({ kid, privateKey }: SigningKey, changes: Changes = {}): string {
  const signed = contents({ alg: 'HS256', kid, typ: 'JWT', ...changes.header }, changes);
  const secret = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function contents(header: object, { claims }: Changes): string {
  return [header, { ...GOOD_CLAIMS, ...claims }].map(encoded).join('.');
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
