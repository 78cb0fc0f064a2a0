import { defineConfig } from 'vitest/config';
import { reportersOf } from './tests/support/reporters.ts';

/** The tests with real parts. They build and start programs, so they are no part of `npm test`. */
export default defineConfig({
  test: {
    include: ['tests/cluster/**/*.test.ts'],
    globalSetup: ['tests/cluster/prepare.ts'],
    // A control plane at a time: they are there for what is true, and would be slower together.
    fileParallelism: false,
    testTimeout: 60_000,
    reporters: reportersOf('cluster-test-results.json'),
  },
});
