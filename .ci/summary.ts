import { existsSync, readFileSync } from 'node:fs';
import { skippedLine } from './skipped.ts';

/**
 * Ends a run with what was skipped and why, and with its one line, from Vitest's own reports. Where one of them is not
 * there, the run did not come as far as those tests, and that counts as a failure.
 */
const reports = process.argv.slice(2).map(readReport);
const sum = (count: 'numPassedTests' | 'numFailedTests' | 'numPendingTests') =>
  reports.reduce((total, report) => total + report[count], 0);
const skipped = reports
  .flatMap(({ testResults }) => testResults)
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status === 'skipped' || status === 'pending')
  .map(({ fullName }) => fullName);
const alsoSkipped = sum('numPendingTests') > 0 ? `, ${sum('numPendingTests')} skipped` : '';

process.stdout.write(skippedLine(skipped));
process.stdout.write(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed${alsoSkipped}\n`);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

interface TestResult {
  readonly fullName: string;
  readonly status: string;
}

function readReport(file: string): Report {
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
}
