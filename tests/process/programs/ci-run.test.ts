import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, runNode } from '../../support/run.ts';

const BUILT = ['HELM_SCHEMA', 'ACTIONLINT', 'PROMTOOL'];

/** Stand-ins for the programs that `.ci/run` calls: the tests check the script, not these programs. */
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

/** Runs `.ci/run`: its exit code, its errors, and the variables that it sets for the tests. */
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
  it('passes the paths of the programs that it builds to the tests', () => {
    expect(run(GO)).toEqual({ status: 0, stderr: '', variables: BUILT });
  });

  it('goes on without programs that it cannot build, and says so', () => {
    const { status, stderr, variables } = run(GO_WITHOUT_REGISTRY);
    expect(variables).toEqual([]);
    for (const name of BUILT) {
      expect(stderr).toContain(`${name} is not set`);
    }
    expect(status).toBe(0);
  });
});

describe('the summary of a run', () => {
  const NEEDS_HELM = { fullName: 'the chart (skipped: needs HELM) has pods', status: 'skipped' };
  const NEEDS_BOTH = {
    fullName: 'KrakenD (skipped: needs KRAKEND, KRAKEND_PLUGINS) starts (skipped: needs KRAKEND)',
    status: 'skipped',
  };
  const PASSED = { fullName: 'render (skipped: needs nothing) prints', status: 'passed' };

  function summaryOf(reports: Readonly<Record<string, readonly object[]>>, ...missing: string[]) {
    for (const [name, assertionResults] of Object.entries(reports)) {
      const count = (status: string) =>
        assertionResults.filter((result) => 'status' in result && result.status === status);
      const report = {
        numPassedTests: count('passed').length,
        numFailedTests: count('failed').length,
        numPendingTests: count('skipped').length,
        testResults: [{ name: path.join(folder, `${name}.test.ts`), status: 'passed', message: '', assertionResults }],
      };
      writeFileSync(path.join(folder, name), JSON.stringify(report));
    }
    return runNode(['.ci/summary.ts', ...Object.keys(reports), ...missing], { cwd: folder });
  }

  it('adds up all reports, after a line that says why tests were skipped', async () => {
    const own = { fullName: 'accepts it', status: 'skipped' };
    expect(
      await summaryOf({
        'a.json': [PASSED, NEEDS_BOTH, own],
        'b.json': [
          NEEDS_HELM,
          PASSED,
          NEEDS_HELM,
          { fullName: 'breaks', status: 'failed', failureMessages: ['Error: 1 is not 2\n    at x.ts'] },
        ],
      }),
    ).toEqual({
      code: 0,
      stdout:
        'failed: b.json.test.ts: breaks: Error: 1 is not 2\n' +
        'skipped: 2 need HELM, 1 need KRAKEND and KRAKEND_PLUGINS, 1 by the test itself\n2 passed, 1 failed, 4 skipped\n',
      stderr: '',
    });
  });

  it('is one line if nothing was skipped', async () => {
    expect(await summaryOf({ 'a.json': [PASSED] })).toEqual({ code: 0, stdout: '1 passed, 0 failed\n', stderr: '' });
  });

  it('names a file that failed as a whole', async () => {
    const failed = { name: path.join(folder, 'a.test.ts'), status: 'failed', message: 'Error: no module x\n    at y' };
    const counts = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
    const report = { ...counts, testResults: [{ ...failed, assertionResults: [] }] };
    writeFileSync(path.join(folder, 'a.json'), JSON.stringify(report));
    const { stdout } = await runNode(['.ci/summary.ts', 'a.json'], { cwd: folder });
    expect(stdout).toBe('failed: a.test.ts: Error: no module x\n0 passed, 1 failed\n');
  });

  it('counts a missing report as a failure', async () => {
    const { stdout } = await summaryOf({ 'a.json': [PASSED] }, 'b.json');
    expect(stdout).toBe('1 passed, 1 failed\n');
  });
});
