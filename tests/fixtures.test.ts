import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { controllers } from '../controllers/registry.ts';
import { whyNotAsExpected } from '../webhooks/fixtures/check-fixture.ts';
import { findFixtures } from '../webhooks/fixtures/fixture-files.ts';
import { ROOT } from './support/run.ts';

const { fixtures, orphans } = findFixtures(path.join(ROOT, 'tests/fixtures'));

describe('the fixtures', () => {
  it.each(fixtures)('get their expected responses: $name', (fixture) => {
    expect(whyNotAsExpected(fixture, controllers)).toBeUndefined();
  });

  it('have no file without a request, and exist for each controller', () => {
    expect(orphans).toEqual([]);
    const names = new Set(fixtures.map(({ controller }) => controller));
    expect(names).toEqual(new Set(controllers.map(({ name }) => name)));
  });
});
