import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { licenceTexts } from './licences.ts';
import { OLDEST_OF_BUNDLES, PROGRAMS } from './programs.ts';

const FOLDER = 'build';

/** Makes a bundle of plain JavaScript of each program, and a file with the licences of the packages in them. */
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
const modules = await Promise.all(Object.entries(PROGRAMS).map(([name, input]) => bundle(name, input)));
writeFileSync(path.join(FOLDER, 'licences.txt'), licenceTexts(modules.flat()));

/** Writes the bundle of a program. Returns the modules in it. */
async function bundle(name: string, input: string): Promise<readonly string[]> {
  const banner = readFileSync(path.join(import.meta.dirname, 'node-20.js'), 'utf8');
  const build = await rolldown({ input, platform: 'node', transform: { target: `node${OLDEST_OF_BUNDLES}` } });
  const { output } = await build.write({
    ...{ file: path.join(FOLDER, `${name}.js`), format: 'esm', codeSplitting: false },
    ...{ sourcemap: true, banner },
  });
  await build.close();
  return output.flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
}
