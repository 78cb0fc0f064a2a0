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

/** The reporters of a test run. In CI one of them writes a report to this file, which `.ci/summary.ts` reads. */
export function reportersOf(report: string): NonNullable<InlineConfig['reporters']> {
  return process.env['CI'] ? ['default', skipped, ['json', { outputFile: report }]] : ['default', skipped];
}
