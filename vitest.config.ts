import { configDefaults, defineConfig } from 'vitest/config';
import { RETRIES, reportersOf } from './tests/support/reporters.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/process/**', 'tests/cluster/**'],
    testTimeout: 60_000,
    // On a crowded machine, to start a program or to sign a certificate takes longer than the 10 s of Vitest.
    hookTimeout: 120_000,
    retry: RETRIES,
    // Test files share no state, so a worker loads each module once for all of its files.
    isolate: false,
    maxWorkers: '100%',
    reporters: reportersOf('test-results.json'),
  },
});
