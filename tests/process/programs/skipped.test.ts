import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT, runNode } from '../../support/run.ts';

const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skipped-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs tests without helm and upstream data, and returns what the run prints. */
async function runWithout(...args: readonly string[]): Promise<string> {
  const env = { HELM: '/nowhere', UPSTREAM_DATA: '/nowhere' };
  const { code, stdout } = await runNode([VITEST, 'run', ...args], { env });
  expect({ code, stdout }).toMatchObject({ code: 0 });
  return stdout;
}

it('a test run ends with a line that says how many tests were skipped and why', { timeout: 60_000 }, async () => {
  const files = ['tests/chart/gateway.test.ts', 'tests/crds/upstream.test.ts', 'tests/docs/kubectl.test.ts'];
  const printed = await runWithout(...files);
  expect(printed).toMatch(/^skipped: \d+ need HELM, 18 need UPSTREAM_DATA$/m);
  expect(printed).not.toMatch(/ passed/);
});

it('the title of each skipped test says why', { timeout: 60_000 }, async () => {
  const report = path.join(folder, 'report.json');
  await runWithout('tests/kaos-samples.test.ts', '--reporter=json', `--outputFile=${report}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const titles: string[] = testResults[0].assertionResults.map(({ title }: { title: string }) => title);
  expect(titles.length).toBeGreaterThan(0);
  expect(titles.filter((title) => !title.endsWith(' (skipped: needs UPSTREAM_DATA)'))).toEqual([]);
});
