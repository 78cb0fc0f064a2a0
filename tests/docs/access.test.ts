import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSettings } from '../../webhooks/settings/settings.ts';
import { ACCESS_CASES } from '../support/access-codes.ts';
import { blocks, readDocument } from '../support/documents.ts';
import { renderFiles } from '../support/rendering.ts';

const page = readDocument('docs/access.md');
const rulesOfValues = (text: string): unknown => parse(text).accessRules;

it('the values with access rules have the list that `render` reads', () => {
  expect(rulesOfValues(readDocument('docs/access-values.yaml'))).toEqual(parse(readDocument('docs/access-rules.yaml')));
});

it('the page about access shows the table that its command prints', () => {
  const [command = ''] = blocks(page, 'sh').filter((block) => block.startsWith('npm run --silent render'));
  const [, arguments_ = ''] = command.split(' -- ');
  const { code, stdout } = renderFiles(...arguments_.split(' '));
  expect(code).toBe(0);
  expect(blocks(page, 'text')).toEqual([stdout.trimEnd()]);
});

it('the list at the top of the page is one that the service accepts', () => {
  const [values = ''] = blocks(page, 'yaml');
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'access-')), 'rules.json');
  writeFileSync(file, JSON.stringify(rulesOfValues(values)));
  expect(readSettings({ ACCESS_RULES_FILE: file })).toMatchObject({ outcome: 'read' });
  rmSync(path.dirname(file), { recursive: true });
});

it.each(ACCESS_CASES.filter(({ krakend, envoy }) => krakend !== envoy))(
  'the page says that gateways answer differently to $title',
  ({ title, krakend, envoy }) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${title}`));
    expect(row?.split(' | ').slice(1, 3)).toEqual([`${krakend}`, `${envoy}`]);
  },
);
