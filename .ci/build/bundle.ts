import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { OLDEST_OF_BUNDLES } from './programs.ts';

/** Writes the bundle of a program or a library, in plain JavaScript. Returns the modules in it. */
export async function bundle(input: string, file: string): Promise<readonly string[]> {
  const banner = readFileSync(path.join(import.meta.dirname, 'node-20.js'), 'utf8');
  const build = await rolldown({ input, platform: 'node', transform: { target: `node${OLDEST_OF_BUNDLES}` } });
  const { output } = await build.write({ file, format: 'esm', codeSplitting: false, sourcemap: true, banner });
  await build.close();
  return output.flatMap((each) => (each.type === 'chunk' ? Object.keys(each.modules) : []));
}
