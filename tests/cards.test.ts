import { describe, expect, it } from 'vitest';
import { Value } from '../controllers/typebox.ts';
import { CardCase, cardCases, cardsReadme } from './support/card-cases.ts';

const values = cardCases.map(({ value }) => value);

/** A row of the README's table for each case. */
const ROWS = cardCases.map(
  ({ name, value: { era, title, reference } }) =>
    `| [${name}](${name}.json) | ${era} | ${title.replaceAll('|', '\\|')} | [${new URL(reference).host}](${reference}) |`,
);

describe('the corpus of agent cards', () => {
  it.each(cardCases)('has a case in the form that its README describes: $name', ({ value }) => {
    expect([...Value.Errors(CardCase, value)].map(({ path, message }) => `${path}: ${message}`)).toEqual([]);
  });

  it('has at least 30 cases, and twelve of each era', () => {
    const of = (...eras: string[]) => values.filter(({ era }) => eras.includes(era)).length;
    expect(values.length).toBeGreaterThanOrEqual(30);
    expect(of('0.2', '0.3')).toBeGreaterThanOrEqual(12);
    expect(of('1.0')).toBeGreaterThanOrEqual(12);
  });

  it('has each title once', () => {
    const titles = values.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it.each(cardCases)('expects a card without the address of its agent, or a reason: $name', ({ value }) => {
    const { status, card, text, changed, removed } = value.expected;
    const forms = [changed ?? removed, card, text].filter((form) => form !== undefined);
    expect(forms).toHaveLength([status].flat().includes(200) ? 1 : 0);
    expect(JSON.stringify(forms)).not.toContain('{agent}');
  });

  it('has a row for each case in its README, in order', () => {
    expect(cardsReadme.split('\n').filter((line) => line.startsWith('| ['))).toEqual(ROWS);
  });
});
