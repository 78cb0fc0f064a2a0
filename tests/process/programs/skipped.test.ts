import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT, runNode } from '../../support/run.ts';

it('a run ends with what was skipped and why', { timeout: 60_000 }, async () => {
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
  const files = ['tests/chart/gateway.test.ts', 'tests/crds/upstream.test.ts', 'tests/docs/kubectl.test.ts'];
  const env = { HELM: '/nowhere', UPSTREAM_DATA: '/nowhere' };
  const { code, stdout } = await runNode([vitest, 'run', ...files], { env });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^skipped: \d+ need HELM, 18 need UPSTREAM_DATA$/m);
  expect(stdout).not.toMatch(/ passed/);
});
