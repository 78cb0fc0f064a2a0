import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';
import { healthyCluster, type RecordedCluster } from './recorded-cluster.ts';
import { SET_UPS, type SetUp } from './set-ups.ts';
import { doctor, findings } from './support.ts';

function broken({ breakIt }: SetUp): RecordedCluster {
  const cluster = healthyCluster();
  breakIt(cluster);
  return cluster;
}

it('a healthy cluster has no findings', () => {
  expect(findings(healthyCluster())).toEqual([]);
  expect(doctor(healthyCluster(), '--strict').code).toBe(0);
});

it.each(SET_UPS)('$name: it comes first, with the command that mends it', (setUp) => {
  const cluster = broken(setUp);
  const [first] = findings(cluster);
  const { severity, state, object, seen } = first ?? {};
  const command = first?.mend[0] ?? first?.look[0];
  expect({ state: severity === 'warning' ? severity : state, object, seen, mend: command }).toEqual({
    state: setUp.state,
    object: expect.stringContaining(setUp.object),
    seen: expect.stringContaining(setUp.seen),
    mend: expect.stringContaining(setUp.mend),
  });
  expect(doctor(cluster).code).toBe(setUp.state === 'warning' ? 0 : 1);
  expect(doctor(cluster, '--strict').code).toBe(1);
});

describe('each set-up', () => {
  const all = SET_UPS.flatMap((setUp) => findings(broken(setUp)));

  it('is another one', () => {
    expect(SET_UPS.length).toBeGreaterThan(20);
    expect(new Set(SET_UPS.map(({ object, seen }) => `${object} ${seen}`)).size).toBe(SET_UPS.length);
  });

  it('has findings with all that a reader needs', () => {
    for (const { seen, expected, mend, look } of all) {
      expect([seen, expected, ...mend, ...look].every((text) => text.trim() !== '')).toBe(true);
      expect(mend.length + look.length).toBeGreaterThan(0);
    }
  });

  it.each([...new Set(all.map(({ page }) => page))])('names a page with that heading: %s', (page) => {
    const [file = '', anchor] = page.split('#');
    expect(existsSync(path.join(ROOT, file))).toBe(true);
    const headings = [...readDocument(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase());
    const anchors = headings.map((heading) => heading.replaceAll(/[^\w -]/g, '').replaceAll(' ', '-'));
    expect(anchor === undefined || anchors.includes(anchor)).toBe(true);
  });
});
