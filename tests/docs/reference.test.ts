import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GATEWAY_REASONS, KAOS_REASONS } from '../../controllers/condition-reasons.ts';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { CHART_VALUES } from '../../webhooks/settings/chart-variables.ts';
import { variableNames } from '../../webhooks/settings/environment.ts';
import { readDocument } from '../support/documents.ts';
import { ROOT, runNode } from '../support/run.ts';

const REFERENCE = path.join(ROOT, 'docs/reference');

describe('npm run reference', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'reference-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes the pages that are in docs/reference, and removes all others', async () => {
    writeFileSync(path.join(folder, 'of-an-old-kind.md'), '');
    expect(await runNode(['.ci/reference/main.ts', folder])).toEqual({ code: 0, stdout: '', stderr: '' });
    const contents = (place: string) =>
      readdirSync(place).map((file) => [file, readFileSync(path.join(place, file), 'utf8')]);
    expect(contents(folder)).toHaveLength(16);
    expect(contents(folder)).toEqual(contents(REFERENCE));
  });
});

describe('the chart value of each setting', () => {
  it('is in the chart, and is missing only for settings that no value sets', () => {
    const values: unknown = parse(readDocument('chart/values.yaml'));
    const without = variableNames.filter((name) => !CHART_VALUES[name]);
    expect(without).toEqual(['PORT', 'ADMIN_PORT', 'BUILD', 'SYSTEM_NAMESPACE', 'KAOS_RUNTIME_HAS_MEMORY_STORES']);
    const unknown = Object.values(CHART_VALUES).filter((value) => valueAt(values, value) === undefined);
    expect(unknown).toEqual([]);
  });

  function valueAt(values: unknown, name: string): unknown {
    return name
      .split('.')
      .reduce((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], values);
  }
});

interface Condition {
  readonly type: string;
  readonly reason: string;
}
type Meanings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The conditions that the answers of a controller's fixtures have. */
function conditionsOf(controllers: RegExp): readonly Condition[] {
  const folders = readdirSync(path.join(ROOT, 'tests/fixtures')).filter((name) => controllers.test(name));
  const files = folders.flatMap((folder) => filesIn(path.join(ROOT, 'tests/fixtures', folder)));
  return files
    .filter((file) => file.endsWith('.sync.response.json'))
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')).status?.conditions ?? []);
}

describe.each<[string, RegExp, Meanings]>([
  ['an AgentGateway', /^agent-gateway$/, GATEWAY_REASONS],
  ['a KAOS resource', /^kaos-runtime/, KAOS_REASONS],
])('the reasons of the conditions of %s', (_what, controllers, table) => {
  it('have a meaning for each condition in which a fixture has them', () => {
    const ours = conditionsOf(controllers).filter(({ type }) => type in table);
    const isReported = ({ type }: Condition) => type === 'RouteAccepted';
    const silent = ours.filter((one) => !isReported(one) && table[one.type]?.[one.reason] === undefined);
    expect(ours.length).toBeGreaterThan(20);
    expect(silent).toEqual([]);
  });

  it('are all given somewhere in the code', () => {
    const files = filesIn(path.join(ROOT, 'controllers')).filter((file) => !file.endsWith('/condition-reasons.ts'));
    const source = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    const reasons = Object.entries(table).flatMap(([type, meanings]) =>
      Object.keys(meanings).filter((one) => one !== type),
    );
    expect(reasons.filter((reason) => !source.includes(`'${reason}'`))).toEqual([]);
  });
});
