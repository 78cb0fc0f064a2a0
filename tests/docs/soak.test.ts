import { expect, it } from 'vitest';
import { page } from '../soak/report/page.ts';
import { plot } from '../soak/report/plot.ts';
import { failures, type Report } from '../soak/report/report.ts';
import { readDocument } from '../support/documents.ts';

const report: Report = JSON.parse(readDocument('docs/soak.json'));

it('the page about the soak is made from the figures beside it', () => {
  expect(page(report)).toBe(readDocument('docs/soak.md'));
  expect(plot(report)).toBe(readDocument('docs/soak.svg'));
});

it('the run of the page found nothing', () => {
  expect(failures(report)).toEqual([]);
});
