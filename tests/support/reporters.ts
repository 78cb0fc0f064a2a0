import type { InlineConfig, Reporter } from 'vitest/node';
import { skippedLine } from '../../.ci/skipped.ts';

/** Prints at the end which tests were skipped and why. */
const skipped: Reporter = {
  onTestRunEnd(modules) {
    const tests = modules.flatMap(({ children }) => [...children.allTests('skipped')]);
    const line = skippedLine(tests.map(({ fullName }) => fullName));
    if (line !== '') {
      process.stdout.write(`\n${line}CONTRIBUTING.md says how to have what they need.\n`);
    }
  },
};

/** Names the tests that failed first and then passed, so that a second try hides nothing. */
const flaky: Reporter = {
  onTestRunEnd(modules) {
    const tests = modules.flatMap(({ children }) => [...children.allTests('passed')]);
    for (const test of tests.filter((each) => each.diagnostic()?.flaky === true)) {
      process.stdout.write(`passed at a second try: ${test.module.relativeModuleId}: ${test.fullName}\n`);
    }
  },
};

/** How often a failed test is tried again. A machine of CI can stand still for seconds, and some tests measure time. */
export const RETRIES = process.env['CI'] ? 1 : 0;

/** The reporters of a test run. In CI one of them writes a report to this file, which `.ci/summary.ts` reads. */
export function reportersOf(report: string): NonNullable<InlineConfig['reporters']> {
  return process.env['CI']
    ? ['default', skipped, flaky, ['json', { outputFile: report }]]
    : ['default', skipped, flaky];
}
