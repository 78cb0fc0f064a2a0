import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { accessRulesSchema } from '../support/access-rules-schema.ts';
import { needing } from '../support/needing.ts';
import { ROOT } from '../support/run.ts';

const HELM_SCHEMA = process.env['HELM_SCHEMA'] || 'helm-values-schema-json';
const hasHelmSchema = spawnSync(HELM_SCHEMA, ['--version']).status === 0;

const SCHEMA = path.join(ROOT, 'chart/values.schema.json');
const README = path.join(ROOT, 'chart/README.md');

interface Schema {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schemaText = hasHelmSchema ? madeSchema() : readFileSync(SCHEMA, 'utf8');
const schema: Schema = JSON.parse(schemaText);
const values = parse(readFileSync(path.join(ROOT, 'chart/values.yaml'), 'utf8'));

/** The schema that the tool generates from values.yaml. */
function madeSchema(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'values-schema-'));
  const output = path.join(folder, 'values.schema.json');
  const options = ['--use-helm-docs', '--no-additional-properties', '--indent', '2'];
  const args = ['--values', 'chart/values.yaml', '--output', output, ...options];
  const { status, stderr } = spawnSync(HELM_SCHEMA, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(stderr);
  }
  const made = JSON.parse(readFileSync(output, 'utf8'));
  rmSync(folder, { recursive: true });
  return `${JSON.stringify(withAccessRules(made), null, 2)}\n`;
}

/** The access rules have the schema of the service, under the description in values.yaml. */
function withAccessRules(made: Schema): Schema {
  const { description } = made.properties?.['accessRules'] ?? {};
  return { ...made, properties: { ...made.properties, accessRules: { description, ...accessRulesSchema() } } };
}

/** One table row per described value, in the order of values.yaml. */
function rows(within: Schema, defaults: unknown, steps: readonly string[] = []): string[] {
  if (within.description !== undefined) {
    return [`| \`${steps.join('.')}\` | \`${JSON.stringify(defaults)}\` | ${within.description} |`];
  }
  return Object.entries(defaults as Record<string, unknown>).flatMap(([name, inner]) => {
    const property = within.properties?.[name];
    expect(property, `${[...steps, name].join('.')} in the schema`).toBeDefined();
    return rows(property as Schema, inner, [...steps, name]);
  });
}

describe("the chart's values", () => {
  needing({ name: 'HELM_SCHEMA', found: hasHelmSchema }).it(
    'have the schema from values.yaml, which `npm run chart` writes',
    async () => {
      await expect(schemaText).toMatchFileSnapshot(SCHEMA);
    },
  );

  it("are all in the chart's README, which `npm run chart` writes", async () => {
    const table = ['| value | default | what it does |', '|---|---|---|', ...rows(schema, values)].join('\n');
    const readme = readFileSync(README, 'utf8').replace(
      /(<!-- values -->\n).*(\n<!-- \/values -->)/s,
      (_all, start, end) => `${start}${table}${end}`,
    );
    expect(readme).toContain(table);
    await expect(readme).toMatchFileSnapshot(README);
  });
});
