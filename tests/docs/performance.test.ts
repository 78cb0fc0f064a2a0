import { expect, it } from 'vitest';
import { page } from '../bench/page.ts';
import { plot } from '../bench/plot.ts';
import type { Report } from '../bench/report.ts';
import { readDocument } from '../support/documents.ts';

const report: Report = JSON.parse(readDocument('docs/performance.json'));

it('the page about performance is made from the figures beside it', () => {
  expect(page(report)).toBe(readDocument('docs/performance.md'));
  expect(plot(report)).toBe(readDocument('docs/performance.svg'));
});
