import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { copyProject } from './project-copy.ts';

const ARCHIVE = `agent-gateway-hooks-${packageJson.version}.tgz`;

/** The packed command and library, installed into an empty folder without a registry. */
export interface Packed {
  readonly archive: string;
  readonly folder: string;
  readonly remove: () => void;
}

/** Packs the project as it is now, as `npm run package` does. */
export function installPacked(): Packed {
  const project = copyProject();
  const folder = mkdtempSync(path.join(tmpdir(), 'elsewhere-'));
  const remove = () => {
    project.remove();
    rmSync(folder, { recursive: true });
  };
  const printed = execFileSync('npm', ['run', '--silent', 'package'], { cwd: project.folder, encoding: 'utf8' });
  if (printed !== `${ARCHIVE}\n`) {
    throw new Error(`npm run package printed ${printed}`);
  }
  const archive = path.join(project.folder, 'build', ARCHIVE);
  // Without it npm takes the nearest folder above that has one.
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--offline', '--no-audit', archive], { cwd: folder, stdio: 'pipe' });
  return { archive, folder, remove };
}
