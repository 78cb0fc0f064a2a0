import { existsSync, readFileSync } from 'node:fs';
import { skippedLine } from './skipped.ts';

/**
 * Prints what was skipped and why, and the last line of a run, from Vitest's reports. A missing report counts as one failure,
 * because the run did not reach those tests.
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
