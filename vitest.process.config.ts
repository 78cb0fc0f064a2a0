import { defineConfig } from 'vitest/config';
import { reportersOf } from './tests/support/reporters.ts';

/** The tests of processes and of time: they start programs, or wait as long as a caller would. */
export default defineConfig({
  test: {
    include: ['tests/process/**/*.test.ts'],
    testTimeout: 30_000,
    // They wait more than they compute.
    maxWorkers: 4,
    reporters: reportersOf('process-test-results.json'),
  },
});
