import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { BROKEN_SET_UPS } from './support/explained-set-ups.ts';
import { explainFiles, unwrapped } from './support/explaining.ts';

describe('explain names the cause of', () => {
  it.each(BROKEN_SET_UPS)('$title', ({ documents, files = {}, args, says }) => {
    const all = { 'team.yaml': documents.map((document) => stringify(document)).join('---\n'), ...files };
    const { code, stdout, stderr } = explainFiles(all, [...args, 'team.yaml']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of says) {
      expect(unwrapped(stdout)).toContain(line);
    }
  });
});
