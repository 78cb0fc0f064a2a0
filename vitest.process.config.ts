import { defineConfig } from 'vitest/config';
import { RETRIES, reportersOf } from './tests/support/reporters.ts';

/** Tests that start programs, or that wait for real time to pass. */
export default defineConfig({
  test: {
    include: ['tests/process/**/*.test.ts'],
    testTimeout: 60_000,
    // On a crowded machine, to start a program or to sign a certificate takes longer than the 10 s of Vitest.
    hookTimeout: 120_000,
    retry: RETRIES,
    // These tests mostly wait, so more of them run at once than there are cores.
    maxWorkers: 4,
    reporters: reportersOf('process-test-results.json'),
  },
});
