import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'tests/process/**', 'tests/cluster/**'],
    testTimeout: 30_000,
    // No test changes what another one sees, so the modules are loaded once for all files of a worker.
    isolate: false,
    maxWorkers: '100%',
    reporters: process.env['CI'] ? ['default', ['json', { outputFile: 'test-results.json' }]] : ['default'],
  },
});
