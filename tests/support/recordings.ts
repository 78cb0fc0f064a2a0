import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../recordings');

export interface Recording {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Requests of Metacontroller 4.17.2; their names give type, hook, kind of the parent, parent and state. */
export function recordings(pattern: RegExp): Recording[] {
  return readdirSync(FOLDER)
    .filter((name) => pattern.test(name))
    .map((name) => ({ name, ...readRecording(name) }));
}

/** Leaves out content-length, because Go escapes more characters than JavaScript. */
function readRecording(name: string): Omit<Recording, 'name'> {
  const { headers, body } = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
  const { 'content-length': _length, ...rest } = headers;
  return { headers: rest, body };
}

export function recordedBody(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')).body;
}
