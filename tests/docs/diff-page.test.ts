import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runCommand } from '../../webhooks/command/command.ts';
import { commandInput } from '../support/command-input.ts';
import { blocks, readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

it('the page about diff shows what it prints when an agent gets the label of public ones', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'diff-page-'));
  const team = path.join(ROOT, 'examples/access/team.yaml');
  const before = readDocument('examples/access/team.yaml');
  const after = before.replace(/^( +)name: tickets\n/m, '$&$1labels: {audience: public}\n');
  const changed = path.join(folder, 'team.yaml');
  writeFileSync(changed, after);
  const values = path.join(folder, 'values.json');
  writeFileSync(
    values,
    '{"gatewayAPI": {"enabled": true, "hostnames": ["agents.example.com"]}, "kaosRoutes": {"enabled": true}}',
  );
  const flags = ['--values', values, '--values', path.join(ROOT, 'docs/access-values.yaml')];
  const { stdout } = runCommand(commandInput(['diff', '--no-objects', ...flags, '--against', team, changed]));
  rmSync(folder, { recursive: true });
  expect(after).not.toBe(before);
  expect(stdout.trimEnd()).toBe(blocks(readDocument('docs/diff.md'), 'text')[1]);
});
