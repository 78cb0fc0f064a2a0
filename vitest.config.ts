import { configDefaults, defineConfig } from 'vitest/config';
import { reportersOf } from './tests/support/reporters.ts';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/process/**', 'tests/cluster/**'],
    testTimeout: 30_000,
    // No test changes what another one sees, so the modules are loaded once for all files of a worker.
    isolate: false,
    maxWorkers: '100%',
    reporters: reportersOf('test-results.json'),
  },
});
