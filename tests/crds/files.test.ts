import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { crdCharts } from '../../controllers/crds.ts';
import { crdName } from '../../controllers/kubernetes/crd/definition.ts';
import { nodes } from '../../controllers/kubernetes/crd/schema-nodes.ts';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { crdOf, schemaOf } from '../support/crds.ts';
import { template, withHelm } from '../support/helm.ts';
import { ROOT, runNode } from '../support/run.ts';

const CHART = path.join(ROOT, 'chart');
/** The limit of the API server for annotations. `kubectl apply` keeps the whole object in one. */
const ANNOTATIONS_LIMIT = 256 * 1024;
/** https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation */
const REFUSED_KEYWORDS = [
  '$ref',
  '$id',
  'const',
  'definitions',
  'deprecated',
  'discriminator',
  'id',
  'patternProperties',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'crds-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function contents(chart: string): readonly (readonly [string, string])[] {
  const charts = path.join(chart, 'charts');
  return filesIn(charts).map((file) => [path.relative(charts, file), readFileSync(file, 'utf8')]);
}

const crdsCommand = (chart: string) => runNode([path.join(ROOT, 'webhooks/crds/main.ts'), chart]);

describe('npm run crds', () => {
  it('writes the files that are in the chart, and removes all others', async () => {
    cpSync(path.join(CHART, 'Chart.yaml'), path.join(folder, 'Chart.yaml'));
    const left = path.join(folder, 'charts/agent-runtime-crds/crds/of-an-old-kind.yaml');
    mkdirSync(path.dirname(left), { recursive: true });
    writeFileSync(left, '');
    expect(await crdsCommand(folder)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(contents(folder)).toHaveLength(10);
    expect(contents(folder)).toEqual(contents(CHART));
  });

  it.each([
    ['a folder without a chart', undefined, 'Chart.yaml: file not found\n'],
    ['a chart without dependencies', 'name: x\n', 'Chart.yaml: dependencies: is required\n'],
    [
      'a chart without the dependency on the CRDs',
      'dependencies: []\n',
      'dependencies: agent-runtime-crds is missing\n',
    ],
  ])('reports the error in %s', async (_what, text, message) => {
    const chart = mkdtempSync(path.join(folder, 'chart-'));
    if (text !== undefined) {
      writeFileSync(path.join(chart, 'Chart.yaml'), text);
    }
    const { code, stderr } = await crdsCommand(chart);
    expect({ code, says: stderr.startsWith('error: ') && stderr.endsWith(message) }).toEqual({ code: 1, says: true });
    expect(filesIn(chart)).toHaveLength(text === undefined ? 0 : 1);
  });
});

const charts = crdCharts.flatMap(({ name, definitions }) => definitions.map((each) => [crdName(each), name] as const));

describe.each(charts)('the CRD %s', (name, chart) => {
  const crd = crdOf(name);

  it('is written to a file with its name, and reads back the same', () => {
    const file = readFileSync(path.join(CHART, `charts/${chart}/crds/${name}.yaml`), 'utf8');
    expect(parse(file)).toEqual(JSON.parse(JSON.stringify(crd)));
  });

  it('describes every field', () => {
    const silent = nodes(schemaOf(crd)).filter(
      ([field, { description }]) => !String(description ?? '').endsWith('.') && !field.endsWith('{}'),
    );
    expect(silent.map(([field]) => field)).toEqual(['metadata']);
    const columns = crd.spec.versions[0].additionalPrinterColumns ?? [];
    expect(columns.filter((column) => !('description' in column))).toEqual([]);
    expect(columns.map((column) => column.name)).toContain('Age');
  });

  it('has a structural schema: each value has a type and no keyword that the API server refuses', () => {
    for (const [field, schema] of nodes(schemaOf(crd))) {
      const isNumberOrText = schema['x-kubernetes-int-or-string'] === true;
      expect({ field, type: isNumberOrText || typeof schema.type }).toEqual({
        field,
        type: isNumberOrText || 'string',
      });
      expect({ field, refused: Object.keys(schema).filter((keyword) => REFUSED_KEYWORDS.includes(keyword)) }).toEqual({
        field,
        refused: [],
      });
      expect({ field, anyOfWhereItMayBe: isNumberOrText === 'anyOf' in schema }).toEqual({
        field,
        anyOfWhereItMayBe: true,
      });
    }
  });

  it('is small enough for kubectl apply', () => {
    expect(JSON.stringify(crd).length).toBeLessThan(ANNOTATIONS_LIMIT);
  });
});

withHelm.describe('the chart', () => {
  const inChart = (values: Readonly<Record<string, string>>) =>
    template(values, ['--include-crds']).manifests.filter(({ kind }) => kind === 'CustomResourceDefinition');

  it.each([
    ['agent-runtime-crds', 'agentRuntimeCRDs.enabled', 3],
    ['kaos-crds', 'kaosCRDs.enabled', 5],
  ])('installs the CRDs of %s if the values enable them', (chart, value, number) => {
    const names = inChart({ [value]: 'true' }).map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(number);
    expect(names.sort()).toEqual(charts.flatMap(([name, its]) => (its === chart ? [name] : [])).sort());
  });

  it('leaves the CRDs out otherwise', () => {
    expect(inChart({})).toEqual([]);
    expect(inChart({ 'agentGateway.enabled': 'true' })).toEqual([]);
  });
});
