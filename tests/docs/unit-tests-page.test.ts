import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../webhooks/command/command.ts';
import * as library from '../../webhooks/library/library.ts';
import { commandInput } from '../support/command-input.ts';
import { blocks, pastedCommands, readDocument } from '../support/documents.ts';

const PAGE = 'docs/unit-tests.md';
const FOLDER = '/tmp/my-fixtures';

describe('the page about unit tests', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fixtures-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The output of each command of the page, in the order of the page. */
  const printed = pastedCommands(PAGE).map((text) => {
    const [program, ...args] = text.replace(FOLDER, folder).split(' ');
    const { code, stdout, stderr } = runCommand(commandInput(args));
    expect({ program, code, stderr }).toEqual({ program: 'agent-gateway-hooks', code: 0, stderr: '' });
    return stdout;
  });

  it('has commands that make fixtures, check them, and print a request', () => {
    const [made, checked, request = ''] = printed;
    expect(made).toMatch(/^kaos-routes\/agent.research.lead.sync$[\s\S]*^fixtures: 8, in /m);
    expect(existsSync(path.join(folder, 'kaos-routes/agent.research.lead.sync.response.json'))).toBe(true);
    expect(checked).toBe('fixtures: 8, errors: 0\n');
    expect(JSON.parse(request).object.metadata.name).toBe('lead');
  });

  it('has the output of the replay', () => {
    const [shown = ''] = blocks(readDocument(PAGE), 'text').filter((block) => / at \d/.test(block));
    expect(printed.at(-1)?.startsWith(`${shown}\n\n--- `)).toBe(true);
  });

  it('names functions that exist', () => {
    const names = [...readDocument(PAGE).matchAll(/`((?:sync|customize)[A-Z]\w+|answerHook|render|check)`/g)];
    expect(names.map(([, name]) => name).filter((name = '') => !(name in library))).toEqual([]);
  });
});
