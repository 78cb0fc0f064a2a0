import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from './bundle.ts';
import { libraryTypes } from './library-types.ts';
import { LIBRARY, OLDEST_OF_BUNDLES } from './programs.ts';

/** The folder that is packed. `npm run build` does not make it, so the image does not have it. */
const FOLDER = 'build/package';

/**
 * Packs the command and the library for people who have only npm, and prints the name of the archive in `build/`. The bundles have their
 * packages in them, so that an installation reads nothing from a registry.
 */
await bundle(LIBRARY, 'build/library.js');
writeFileSync('build/library.d.ts', libraryTypes());
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
const { name, version, description, private: isPrivate, type, bin, files, exports } = readProject();
const engines = { node: `>=${OLDEST_OF_BUNDLES}` };
for (const file of [...files, 'README.md']) {
  cpSync(file, path.join(FOLDER, file));
}
const manifest = { name, version, description, private: isPrivate, type, engines, bin, exports, files };
writeFileSync(path.join(FOLDER, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
process.stdout.write(
  execFileSync('npm', ['pack', '--silent', '--pack-destination', 'build', `./${FOLDER}`], { encoding: 'utf8' }),
);

function readProject(): Record<string, string> & { readonly files: readonly string[] } {
  return JSON.parse(readFileSync('package.json', 'utf8'));
}
