import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../support/run.ts';

const BUILT = ['HELM_SCHEMA', 'ACTIONLINT', 'PROMTOOL'];

/** Stand-ins for the programs of `.ci/run`: what it does with them is looked at, not what they do. */
const NPM = `#!/bin/sh
case "$*" in
  *helm) echo /helm ;;
  'run check') env ;;
esac
`;
const GO_WITHOUT_REGISTRY = '#!/bin/sh\necho "no registry" >&2\nexit 1\n';
const GO = '#!/bin/sh\nexit 0\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ci-run-'));
  cpSync(path.join(ROOT, '.ci'), path.join(folder, '.ci'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What `.ci/run` ends with, and the variables that the tests would have. */
function run(go: string) {
  const programs = path.join(folder, 'programs');
  mkdirSync(programs);
  for (const [name, text] of Object.entries({ npm: NPM, git: GO, go })) {
    writeFileSync(path.join(programs, name), text, { mode: 0o755 });
  }
  for (const name of ['bash', 'dirname', 'env', 'mktemp', 'rm']) {
    symlinkSync(`/usr/bin/${name}`, path.join(programs, name));
  }
  const env = { PATH: programs, XDG_CACHE_HOME: path.join(folder, 'cache') };
  const { status, stdout, stderr } = spawnSync('/usr/bin/bash', ['.ci/run'], { cwd: folder, env, encoding: 'utf8' });
  const told = stderr.replaceAll(/^.* took \d+ s\n/gm, '');
  return { status, stderr: told, variables: BUILT.filter((name) => stdout.includes(`\n${name}=`)) };
}

describe('.ci/run', () => {
  it('names the programs that it has built to the tests', () => {
    expect(run(GO)).toEqual({ status: 0, stderr: '', variables: BUILT });
  });

  it('goes on without the programs that cannot be built, and says so', () => {
    const { status, stderr, variables } = run(GO_WITHOUT_REGISTRY);
    expect(variables).toEqual([]);
    for (const name of BUILT) {
      expect(stderr).toContain(`${name} is not set`);
    }
    expect(status).toBe(0);
  });
});
