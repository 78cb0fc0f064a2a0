import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { hmacToken, type SigningKey, signingKey, token, unsignedToken } from '../support/jwt.ts';
import { type JwksServer, jwksServer } from './support/jwks.ts';

/** Whether the published keys have the one of a token, and it made the signature. */
async function isSigned({ uri }: JwksServer, bearer: string): Promise<boolean> {
  const { keys } = (await (await fetch(uri)).json()) as { readonly keys: (JsonWebKey & { kid: string })[] };
  const [header = '', claims, signature = ''] = bearer.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
  const key = keys.find((each) => each.kid === kid);
  return (
    key !== undefined &&
    verify(
      'sha256',
      Buffer.from(`${header}.${claims}`),
      { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
  );
}

describe('the login server of these tests', () => {
  let server: JwksServer;
  const started = async (...keys: SigningKey[]) => {
    server = await jwksServer(...keys);
    await server.start();
  };
  afterEach(() => server?.stop());

  it.each(['RS256', 'ES256'] as const)(
    'publishes the key of tokens that it signs with %s, and of no others',
    async (alg) => {
      const [own, other] = [signingKey('own', alg), signingKey('own', alg)];
      await started(own);
      const tokens = [token(own), token(other), unsignedToken(own), hmacToken(own)];
      expect(await Promise.all(tokens.map((each) => isSigned(server, each)))).toEqual([true, false, false, false]);
      expect(server.fetches()).toBe(tokens.length);
    },
  );

  it('rotates its keys, stops, and starts again at the same address', async () => {
    const [first, second] = [signingKey('first'), signingKey('second')];
    await started(first);
    server.rotate(second);
    expect([await isSigned(server, token(first)), await isSigned(server, token(second))]).toEqual([false, true]);
    await server.stop();
    await expect(fetch(server.uri)).rejects.toThrow('fetch failed');
    await server.start();
    expect(await isSigned(server, token(second))).toBe(true);
  });
});
