import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { controllers } from '../controllers/registry.ts';
import { exampleFlags, folderOf, MIXED } from './support/examples.ts';
import { renderFiles } from './support/rendering.ts';
import { ROOT } from './support/run.ts';

describe('the examples', () => {
  const files = readdirSync(path.join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );

  it.each(files)('render with the expected problems, if any: %s', (file) => {
    const { code, stdout, stderr } = renderFiles(
      '-o',
      'table',
      ...exampleFlags(file),
      path.join(ROOT, 'examples', file),
    );
    // Two examples show the problem of a broken agent.
    const said = /broken|^graph/.test(file)
      ? /^problem: Agent (agents\/broken|shop\/parcels): AgentLeftOut: .*\n$/
      : /^$/;
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(said) });
    expect(stdout.split('\n').length).toBeGreaterThan(2);
  });

  it('exist for each controller', () => {
    const folders = controllers.map(({ name, onDemand }) => onDemand?.flag ?? name);
    expect(new Set(files.map(folderOf))).toEqual(new Set([...folders, ...Object.keys(MIXED)]));
  });
});
