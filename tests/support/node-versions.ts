import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { cacheFolder } from '../cluster/support/cache.ts';

/** The oldest Node of each line that `engines` allows, the newest line left out: it is the Node of the tests. */
export const OLDEST_NODES = [...packageJson.engines.node.matchAll(/\^(\S+)/g)].map(([, version = '']) => version);

const PROGRAM = 'node_modules/node/bin/node';

/** The program of a version of Node. npm puts it into this machine's cache the first time. */
export function nodeOfVersion(version: string): string {
  const folder = cacheFolder(`node-${version}`);
  const program = path.join(folder, PROGRAM);
  if (!existsSync(program)) {
    install(version, folder);
  }
  return program;
}

/** Installs into a folder of its own, so that an installation that is cut off leaves nothing in the cache. */
function install(version: string, folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const begun = mkdtempSync(`${folder}-`);
  const { allowScripts } = packageJson;
  writeFileSync(path.join(begun, 'package.json'), JSON.stringify({ private: true, allowScripts }));
  execFileSync('npm', ['install', '--no-audit', `node@${version}`], { cwd: begun, stdio: 'pipe' });
  renameSync(begun, folder);
}
