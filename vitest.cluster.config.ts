import { defineConfig } from 'vitest/config';
import { RETRIES, reportersOf } from './tests/support/reporters.ts';

/** Tests with real components. They build and start programs, so `npm test` does not run them. */
export default defineConfig({
  test: {
    include: ['tests/cluster/**/*.test.ts'],
    globalSetup: ['tests/cluster/prepare.ts'],
    // One file at a time: several control planes at once would be slower.
    fileParallelism: false,
    testTimeout: 60_000,
    // On a crowded machine, to start a program or to sign a certificate takes longer than the 10 s of Vitest.
    hookTimeout: 120_000,
    retry: RETRIES,
    reporters: reportersOf('cluster-test-results.json'),
  },
});
