import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { skippedLine } from './skipped.ts';

/**
 * Prints which tests failed, what was skipped and why, and the last line of a run, from Vitest's reports. A missing report counts
 * as one failure, because the run did not reach those tests. The failures come last because a log of CI is often cut at its start.
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

for (const line of reports.flatMap(({ testResults }) => testResults).flatMap(failuresOf)) {
  process.stdout.write(`${line}\n`);
}
process.stdout.write(skippedLine(skipped));
process.stdout.write(`${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed${alsoSkipped}\n`);

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  /** Why the file failed as a whole, as when an import fails. Empty if it did not. */
  readonly message: string;
  readonly assertionResults: readonly TestResult[];
}

interface TestResult {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages?: readonly string[];
}

/** A line for each failed test of a file, or for the file if it failed as a whole: what failed, and the first line of the error. */
function failuresOf({ name, status, message, assertionResults }: FileResult): string[] {
  const file = path.relative(process.cwd(), name);
  const failed = assertionResults.filter((result) => result.status === 'failed');
  return failed.length === 0 && status === 'failed'
    ? [failureLine(file, message)]
    : failed.map(({ fullName, failureMessages }) => failureLine(`${file}: ${fullName}`, failureMessages?.[0]));
}

function failureLine(what: string, error = ''): string {
  return `failed: ${what}: ${error.split('\n')[0]}`;
}

function readReport(file: string): Report {
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };
}
