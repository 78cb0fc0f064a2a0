import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type InputOptions, rolldown } from 'rolldown';
import { OLDEST_OF_BUNDLES } from './programs.ts';

/** Writes the bundle of a program or a library, in plain JavaScript. Returns the modules in it. */
export async function bundle(input: string, file: string): Promise<readonly string[]> {
  const banner = readFileSync(path.join(import.meta.dirname, 'node-20.js'), 'utf8');
  const build = await rolldown({
    input,
    platform: 'node',
    transform: { target: `node${OLDEST_OF_BUNDLES}` },
    onLog: refuseUnresolved,
  });
  const { output } = await build.write({ file, format: 'esm', codeSplitting: false, sourcemap: true, banner });
  await build.close();
  return output.flatMap((each) => (each.type === 'chunk' ? Object.keys(each.modules) : []));
}

/** A bundle that imports a package would run only where that package is installed. */
const refuseUnresolved: InputOptions['onLog'] = (level, log, report) => {
  if (log.code === 'UNRESOLVED_IMPORT') {
    throw new Error(`${log.message}\nInstall the packages of this project: npm ci`);
  }
  report(level, log);
};
