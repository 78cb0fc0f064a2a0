import { existsSync, readFileSync } from 'node:fs';

/**
 * Ends a run with its one line, from Vitest's own reports: the first is that of `npm test`. Where one is not there, the
 * run did not come as far as those tests, and that counts as a failure.
 */
const [first, ...others] = process.argv.slice(2).map(readReport);
const all = [first, ...others].filter((report) => report !== undefined);
const sum = (count: keyof Report) => all.reduce((total, report) => total + report[count], 0);

if (!readFileSync('README.md', 'utf8').includes(` skipped (${first?.numTotalTests})\n`)) {
  process.stdout.write(`README.md: shows another number of tests than ${first?.numTotalTests}\n`);
  process.exitCode = 1;
}
const skipped = sum('numPendingTests') > 0 ? `, ${sum('numPendingTests')} skipped` : '';
process.stdout.write(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed${skipped}\n`);

interface Report {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

function readReport(file: string): Report {
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { numTotalTests: 0, numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 };
}
