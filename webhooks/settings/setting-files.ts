import { readdirSync, readFileSync } from 'node:fs';
import { messageOf, quote } from '../../controllers/data/quote.ts';
import { allowed, Environment, type VariableName } from './environment.ts';

/** What is wrong with a path, by the code of Node's error. */
const WHYS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by the user of this process',
  EISDIR: 'is a folder',
  ENOTDIR: 'is not a folder',
};

/** A text file that a variable names. Throws with a line that names the variable, the path and what is wrong. */
export function readSettingFile(name: VariableName, file: string): string {
  return readable(name, file, () => readFileSync(file, 'utf8'));
}

/** The names in a folder that a variable names. Throws in the same way. */
export function readSettingFolder(name: VariableName, folder: string): readonly string[] {
  return readable(name, folder, () => readdirSync(folder));
}

/** `TLS_CERT_FILE: "/tls.crt" does not exist; expected the path of a file`. */
export function fileComplaint(name: VariableName, path: string, why: string): Error {
  return new Error(`${name}: ${quote(path)} ${why}; expected ${allowed(Environment.properties[name])}`);
}

/** Why a path could not be read, to be put after its name: `does not exist`. */
export function whyUnread(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WHYS[code] ?? `cannot be read: ${messageOf(error)}`;
}

function readable<Content>(name: VariableName, path: string, read: () => Content): Content {
  try {
    return read();
  } catch (error) {
    throw fileComplaint(name, path, whyUnread(error));
  }
}
