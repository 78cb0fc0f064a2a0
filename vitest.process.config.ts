import { defineConfig } from 'vitest/config';

/** The tests of processes and of time: they start programs, or wait as long as a caller would. */
export default defineConfig({
  test: {
    include: ['tests/process/**/*.test.ts'],
    testTimeout: 30_000,
    // They wait more than they compute.
    maxWorkers: 4,
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'process-test-results.json' }]] : ['default'],
  },
});
