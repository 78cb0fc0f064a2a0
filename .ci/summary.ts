import { existsSync, readFileSync } from 'node:fs';

/**
 * Prints the last line of a run, from Vitest's reports. The first report is that of `npm test`. A missing report counts as
 * one failure, because the run did not reach those tests.
 */
const [first, ...others] = process.argv.slice(2).map(readReport);
const all = [first, ...others].filter((report) => report !== undefined);
const sum = (count: keyof Report) => all.reduce((total, report) => total + report[count], 0);

if (!readFileSync('README.md', 'utf8').includes(` skipped (${first?.numTotalTests})\n`)) {
  process.stdout.write(`README.md: must show ${first?.numTotalTests} tests\n`);
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
