import { createHash, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import { quote } from '../../controllers/data/quote.ts';
import { readSettingFile, readSettingFolder } from '../settings/setting-files.ts';

/** The SHA-256 of a token. All hashes have the same length, and a memory dump does not reveal tokens. */
export type TokenHash = Buffer;

const TOKEN = 'one token of ASCII characters without spaces';

/**
 * Reads the tokens in a folder, one per file. Skips names that begin with a dot, because Kubernetes uses them for its own
 * entries in a mounted Secret. Throws if the folder or a file cannot be read, or if a token is not valid in a header.
 */
export function readTokens(directory: string): readonly TokenHash[] {
  const names = readSettingFolder('TOKEN_DIRECTORY', directory).filter((name) => !name.startsWith('.'));
  const texts = names.sort().map((name) => readToken(path.join(directory, name)));
  return texts.filter((text) => text !== '').map(hashOf);
}

function readToken(file: string): string {
  const text = readSettingFile('TOKEN_DIRECTORY', file).trim();
  if (!/^[!-~]*$/.test(text)) {
    throw new Error(`TOKEN_DIRECTORY: ${quote(file)} is not a valid token; expected ${TOKEN}`);
  }
  return text;
}

/** Whether an `Authorization` header carries one of the tokens. */
export function holdsToken(header: string | undefined, tokens: readonly TokenHash[]): boolean {
  const [, presented] = /^Bearer +(\S+)$/i.exec(header ?? '') ?? [];
  if (presented === undefined) {
    return false;
  }
  const hash = hashOf(presented);
  // Compares with all tokens, each in constant time, so that the duration reveals nothing about any token.
  return tokens.filter((token) => timingSafeEqual(token, hash)).length > 0;
}

function hashOf(text: string): TokenHash {
  return createHash('sha256').update(text).digest();
}
