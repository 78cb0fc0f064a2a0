import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf, FOLDER, page, TERMINAL } from '../pictures/table.ts';
import { terminalPicture } from '../pictures/terminal.ts';
import { ROOT } from '../support/run.ts';

const fileOf = (name: string) => path.join(ROOT, FOLDER, name);
const read = (name: string) => readFileSync(fileOf(name), 'utf8');

describe('the pictures of the README', () => {
  it('show the terminal as it is', () => {
    expect(read('terminal.svg'), 'npm run pictures makes it').toBe(terminalPicture(TERMINAL));
  });

  it('show the page of graph as it is', () => {
    expect(read('graph.sha256'), 'npm run pictures makes them, with a browser').toBe(digestOf(page()));
  });

  it.each(['graph-light.png', 'graph-dark.png', 'terminal.svg'])('are small: %s', (name) => {
    expect(statSync(fileOf(name)).size).toBeLessThan(150 * 1024);
  });
});
