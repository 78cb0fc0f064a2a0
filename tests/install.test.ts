import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './support/run.ts';

type Package = { readonly optionalDependencies?: Readonly<Record<string, string>> };
const packages: Readonly<Record<string, Package>> = JSON.parse(
  readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'),
).packages;

it('the lock file names the packages of every platform, because npm ci fails without them', () => {
  const optional = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(optional.filter((name) => !(`node_modules/${name}` in packages))).toEqual([]);
});

it('the lock file names no registry', () => {
  expect(Object.values(packages).filter((entry) => 'resolved' in entry)).toEqual([]);
});
