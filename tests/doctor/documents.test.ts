import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { RECOMMENDED } from '../../webhooks/doctor/checks/engine-flags.ts';
import { OLDEST_MINOR } from '../../webhooks/doctor/checks/server.ts';
import { CHECKS } from '../../webhooks/doctor/checks.ts';
import { LOOK_NAMES, lookAt } from '../../webhooks/doctor/kinds.ts';
import { readDocument } from '../support/documents.ts';

it('recommends the flags of the values for Metacontroller', () => {
  const { commandArgs } = parse(readDocument('docs/metacontroller-values.yaml'));
  expect(commandArgs).toEqual(expect.arrayContaining(RECOMMENDED.map(({ flag, value }) => `${flag}=${value}`)));
  expect(readDocument('docs/install.md')).toContain('`--workers=20`');
});

it('asks for the oldest Kubernetes that the chart accepts', () => {
  expect(parse(readDocument('chart/Chart.yaml')).kubeVersion).toBe(`>=1.${OLDEST_MINOR}.0-0`);
});

it('has a row in its page for each check', () => {
  const page = readDocument('docs/doctor.md');
  expect(CHECKS.filter(({ title }) => !page.includes(`| ${title} |`))).toEqual([]);
});

it('asks in its page for the right to list each kind that it reads, and for no other', () => {
  const listed = [...readDocument('docs/doctor.md').matchAll(/--resource=(\S+)/g)].flatMap(([, list = '']) =>
    list.split(','),
  );
  const read = LOOK_NAMES.map((name) => lookAt(name).resource);
  expect(listed.toSorted()).toEqual([...new Set([...read, 'pods/log'])].toSorted());
});
