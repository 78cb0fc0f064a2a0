import { defineConfig } from 'vitest/config';
import { reportersOf } from './tests/support/reporters.ts';

/** Tests that start programs, or that wait for real time to pass. */
export default defineConfig({
  test: {
    include: ['tests/process/**/*.test.ts'],
    testTimeout: 30_000,
    // These tests mostly wait, so more of them run at once than there are cores.
    maxWorkers: 4,
    reporters: reportersOf('process-test-results.json'),
  },
});
