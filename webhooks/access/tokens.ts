import { createHash, timingSafeEqual } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The SHA-256 of a token: all have one length, and what lies in memory is of no use to anyone. */
export type TokenHash = Buffer;

/**
 * The tokens in a folder, one a file. Kubernetes keeps its own entries of a mounted Secret under names that begin with a
 * dot. Throws where the folder or a file of it cannot be read, or holds what no header could carry.
 */
export function readTokens(directory: string): readonly TokenHash[] {
  const names = readdirSync(directory).filter((name) => !name.startsWith('.'));
  const texts = names.sort().map((name) => readToken(path.join(directory, name)));
  return texts.filter((text) => text !== '').map(hashOf);
}

function readToken(file: string): string {
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[!-~]*$/.test(text)) {
    throw new Error(`${file}: expected one token of ASCII characters without a space`);
  }
  return text;
}

/** Whether an `Authorization` header holds one of the tokens. */
export function holdsToken(header: string | undefined, tokens: readonly TokenHash[]): boolean {
  const [, presented] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
  if (presented === undefined) {
    return false;
  }
  const hash = hashOf(presented);
  // Compared with all of them, in constant time each: how long it takes says nothing about any.
  return tokens.filter((token) => timingSafeEqual(token, hash)).length > 0;
}

function hashOf(text: string): TokenHash {
  return createHash('sha256').update(text).digest();
}
