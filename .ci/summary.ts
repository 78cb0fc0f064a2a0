import { existsSync, readFileSync } from 'node:fs';

/** Ends a run with its one line, from Vitest's own report; without one the run did not come as far as the tests. */
const [report = ''] = process.argv.slice(2);
const counts = existsSync(report)
  ? JSON.parse(readFileSync(report, 'utf8'))
  : { numTotalTests: 0, numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };

if (!readFileSync('README.md', 'utf8').includes(` skipped (${counts.numTotalTests})\n`)) {
  process.stdout.write(`README.md: shows another number of tests than ${counts.numTotalTests}\n`);
  process.exitCode = 1;
}
const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
process.stdout.write(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed${skipped}\n`);
