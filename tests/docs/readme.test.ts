import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { blocks, readDocument } from '../support/documents.ts';
import { agent, sync } from '../support/gateways.ts';
import { ROOT, runNode } from '../support/run.ts';
import { idsIn } from '../support/settings-form.ts';

const README = readDocument('README.md');
const [render = '', install = ''] = blocks(README, 'sh');
const [manifest = '', made = ''] = blocks(readDocument('docs/render.md'), 'yaml');

/** The number in a row of the table against the operators. */
function figures(row: string): number[] {
  const [line = ''] = README.split('\n').filter((each) => each.startsWith(`| ${row} |`));
  return [...line.replaceAll(/\]\([^)]*\)/g, '').matchAll(/\d+/g)].map(([figure]) => Number(figure));
}

const rowsOf = (page: string) =>
  readDocument(page)
    .split('\n')
    .filter((line) => /^\| D\d+ \|/.test(line));

describe('the README', () => {
  it('is read in two minutes', () => {
    expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('shows the output of render', () => {
    const printed = execFileSync('bash', ['-euc', render.replace('npm ci\n', '')], { cwd: ROOT, encoding: 'utf8' });
    expect(printed.trim()).toBe(blocks(README, 'text')[0]);
  });

  const folder = mkdtempSync(path.join(tmpdir(), 'readme-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('leads to a page that shows what is made of a manifest', async () => {
    const file = path.join(folder, 'model-api.yaml');
    writeFileSync(file, manifest);
    const { stdout } = await runNode(['webhooks/command/main.ts', 'render', file]);
    expect(stdout.trim()).toBe(made);
  });

  it('installs by five commands, with those of the page that a test follows', () => {
    const commands = (text: string) =>
      text
        .replaceAll(/\\\n\s*/g, '')
        .split('\n')
        .map(wordsOf);
    const followed = blocks(readDocument('docs/start-kaos.md'), 'sh').flatMap(commands);
    const own = commands(install);
    expect(own).toHaveLength(5);
    expect(own.slice(0, -1).filter((words) => !followed.some((other) => `${other}` === `${words}`))).toEqual([]);
    expect(own.at(-1)).toEqual(wordsOf('helm test agent-gateway-hooks --namespace kaos-system'));
  });

  it('counts the defects of the pages about them', () => {
    const [kaos, krakend] = ['docs/defects-kaos-operator.md', 'docs/defects-krakend-operator.md'].map(rowsOf);
    const all = [...(kaos ?? []), ...(krakend ?? [])];
    const fixed = all.filter((row) => row.split(' | ')[2]?.startsWith('fixed'));
    expect(figures('known defects')).toEqual([all.length, kaos?.length, krakend?.length, fixed.length]);
  });

  it('says how many sets of agents KrakenD accepts, agents fit, and rollouts there are', () => {
    const [, sets] = /HOSTILE_SETS = (\d+)/.exec(readDocument('tests/cluster/krakend.test.ts')) ?? [];
    expect(figures('one agent with a wrong address')).toEqual([0, Number(sets)]);
    const rows = readDocument('docs/convergence.md').matchAll(
      /recommended \| 200 exposed agents in 60 s \|.*\| (\d+) \|$/gm,
    );
    const rollouts = [...rows].map(([, count]) => Number(count));
    expect([200, Math.max(...rollouts)]).toEqual(figures('200 new agents within a minute'));
  });

  it('says how many agents fit into one gateway', () => {
    // A ConfigMap of the operator has some 2620 bytes, and some 1779 more for an agent with such a name. The API server takes 1 MiB.
    const operator = Math.round((2 ** 20 - 2620) / 1779);
    const related = Array.from({ length: 45_000 }, (_, index) =>
      agent(`team-aa/agent-${String(index).padStart(13, '0')}`),
    );
    const served = idsIn(sync({ related }).attachments).length;
    expect(figures('agents in one KrakenD gateway')).toEqual([operator, served]);
  });
});

/** The words of a command in any order, because its options may be in any. */
function wordsOf(command: string): string[] {
  return command
    .split(/\s+/)
    .filter((word) => word !== '--create-namespace')
    .sort();
}
