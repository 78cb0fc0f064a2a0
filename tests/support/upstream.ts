import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.ts';

const FOLDER = path.resolve(ROOT, process.env['UPSTREAM_DATA'] || '../shared/upstream');

/** The CustomResourceDefinition of a name, as its operator has it. */
export function upstreamCrd(name: string): string | undefined {
  const [plural, ...group] = name.split('.');
  return upstreamFile(`crds/${group.join('.')}_${plural}.yaml`);
}

/** Data of the systems that this project works beside; tests that need a file say that they are skipped where it is not. */
export function upstreamFile(name: string): string | undefined {
  const file = path.join(FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
