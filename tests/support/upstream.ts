import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Need, needing } from './needing.ts';
import { ROOT } from './run.ts';

const FOLDER = path.resolve(ROOT, process.env['UPSTREAM_DATA'] || '../shared/upstream');

/** The CustomResourceDefinition with a name, as its operator installs it. */
export function upstreamCrd(name: string): string | undefined {
  const [plural, ...group] = name.split('.');
  return upstreamFile(`crds/${group.join('.')}_${plural}.yaml`);
}

/** For tests that need a file of UPSTREAM_DATA; `file` is undefined if it is missing. */
export const withUpstream = (file: unknown) => needing(upstreamNeed(file !== undefined));

export const upstreamNeed = (found: boolean): Need => ({ name: 'UPSTREAM_DATA', found });

/** A file in the folder UPSTREAM_DATA, with data of systems beside this project; undefined if it is missing. */
export function upstreamFile(name: string): string | undefined {
  const file = path.join(FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
