import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Ran, ROOT, runNode } from './run.ts';

const AUTHOR = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];

/** A copy of the project's files as they are now, committed to a repository of its own. */
export interface ProjectCopy {
  readonly folder: string;
  readonly read: (file: string) => string;
  /** Replaces a text, which must be there, in a file. */
  readonly change: (file: string, from: string | RegExp, to: string) => void;
  readonly commit: () => void;
  /** Undoes all changes and commits. */
  readonly reset: () => void;
  /** Makes the files of a release, as `npm run release:files` does. */
  readonly release: (...flags: readonly string[]) => Promise<Ran>;
  readonly remove: () => void;
}

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(path.join(tmpdir(), 'project-'));
  const git = (...args: readonly string[]) => execFileSync('git', [...AUTHOR, ...args], { cwd: folder, stdio: 'pipe' });
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  for (const file of new Set(files.toString().split('\0').filter(Boolean))) {
    if (existsSync(path.join(ROOT, file))) {
      cpSync(path.join(ROOT, file), path.join(folder, file));
    }
  }
  git('init', '--quiet');
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, '.git/info/exclude'), 'node_modules\n');
  const commit = () => {
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a state');
  };
  commit();
  git('tag', 'first');
  const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
  return {
    folder,
    read,
    commit,
    reset: () => {
      git('reset', '--quiet', '--hard', 'first');
      git('clean', '--quiet', '--force', '-d');
    },
    change: (file, from, to) => {
      const text = read(file);
      const changed = text.replace(from, to);
      if (changed === text) {
        throw new Error(`${file}: has no ${from}`);
      }
      writeFileSync(path.join(folder, file), changed);
    },
    release: (...flags) => runNode(['.ci/release/main.ts', ...flags], { cwd: folder, env: environment() }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** The variables that helm and npm need. */
function environment(): Record<string, string> {
  const { HOME = '', HELM = '' } = process.env;
  return { HOME, ...(HELM !== '' && { HELM }) };
}
