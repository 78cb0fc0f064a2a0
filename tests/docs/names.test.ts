import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GRANT_REASONS, KAOS_REASONS } from '../../controllers/condition-reasons.ts';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { createMetrics } from '../../webhooks/observability/metrics.ts';
import { Environment, variableNames } from '../../webhooks/settings/environment.ts';
import { PAGES, readDocument } from '../support/documents.ts';
import { ROOT } from '../support/run.ts';

/** Inline code in sentences and tables, each with its page. */
const CODE = PAGES.flatMap((page) =>
  [
    ...readDocument(page)
      .replaceAll(/```.*?```/gs, '')
      .matchAll(/`([^`\n]+)`/g),
  ].map(([, text = '']) => ({ page, text })),
);
const textsOf = (pattern: RegExp) => [...new Set(CODE.map(({ text }) => text).filter((text) => pattern.test(text)))];

/** The reasons of conditions that are met. */
const MET = ['Accepted', 'ResolvedRefs', 'Programmed', 'MemoryHealthy'];

describe('names in documents', () => {
  it('are settings of the service, or variables of pods', () => {
    const source = filesIn(`${ROOT}/controllers`).map((file) => readDocument(file.slice(ROOT.length + 1)));
    const isOfPods = (name: string) => source.some((text) => text.includes(`'${name}'`));
    const isKnown = (name: string) => isConstant(name) || isOfPods(name) || isOfTests(name);
    const names = textsOf(/^[A-Z]+(_[A-Z0-9]+)+$/).filter((name) => !isKnown(name));
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => !variableNames.some((variable) => variable === name))).toEqual([]);
  });

  it('are values of the chart', () => {
    const values: object = parse(readDocument('chart/values.yaml'));
    const named = textsOf(/^[a-z]\w+(\.\w+)+(=.*)?$/)
      .map((text) => text.replace(/=.*/, '').split('.'))
      .filter(
        ([first = '', second = '']) =>
          first in values && !['crt', 'key', 'example', 'k8s', 'networking', 'envoyproxy'].includes(second),
      );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => valueAt(values, path) === undefined)).toEqual([]);
  });

  it('are the oldest version of Kubernetes that the chart accepts', () => {
    const [, version = ''] = /^kubeVersion: ">=(\d+\.\d+)\.0-0"$/m.exec(readDocument('chart/Chart.yaml')) ?? [];
    for (const page of ['README.md', 'docs/install.md']) {
      expect(readDocument(page)).toContain(`The cluster needs Kubernetes ${version} or later`);
    }
  });

  it('are metrics of the service', async () => {
    const metrics = await createMetrics().registry.getMetricsAsJSON();
    const named = textsOf(/^agent_gateway_hooks_/);
    expect(named.filter((name) => !metrics.some((metric) => metric.name === name))).toEqual([]);
  });

  it('are reasons in the code, of Gateway API or of Kubernetes', () => {
    const source = filesIn(`${ROOT}/controllers`).map((file) => readDocument(file.slice(ROOT.length + 1)));
    const page = readDocument('docs/troubleshooting.md');
    const cells = [...page.matchAll(/^ *\| .*$/gm)].flatMap(([row]) => [
      ...row.matchAll(/`(?:\w+: False`, `)?([A-Z]\w+)`/g),
    ]);
    const reasons = [...new Set(cells.map(([, reason = '']) => reason))];
    const unknown = reasons.filter((reason) => !source.some((text) => text.includes(`'${reason}'`)));
    expect(reasons.length).toBeGreaterThan(15);
    // https://gateway-api.sigs.k8s.io/reference/spec/#routeconditionreason
    expect(unknown.sort()).toEqual([
      'BackendNotFound',
      'NoMatchingListenerHostname',
      'NoMatchingParent',
      'NotAllowedByListeners',
      'SyncError',
    ]);
  });

  it('are all reasons of KAOS resources that run here, in the troubleshooting', () => {
    const tables = [...Object.values(KAOS_REASONS), ...Object.values(GRANT_REASONS)];
    const reasons = tables.flatMap((table) => Object.keys(table)).filter((reason) => !MET.includes(reason));
    const [, section = ''] = readDocument('docs/troubleshooting.md').split('\n## KAOS runtime\n');
    expect(reasons.length).toBeGreaterThan(25);
    expect(reasons.filter((reason) => !section.includes(`\`${reason}\``))).toEqual([]);
  });

  it('are all in the index, if they are pages', () => {
    const index = readDocument('docs/README.md');
    const others = PAGES.filter((page) => page !== 'docs/README.md');
    expect(others.filter((page) => !index.includes(`](${page.slice('docs/'.length)})`))).toEqual([]);
  });
});

describe('the limits', () => {
  const page = readDocument('docs/limits.md');
  const constants = [...page.matchAll(/\[`([A-Z_]+)`\]\(\.\.\/([^)]+)\), ([\d *]+) \|/g)];

  it.each(constants.map(([, name = '', file = '', value = '']) => [name, file, value] as const))(
    '%s of %s is %s',
    (name, file, value) => {
      const [, text = ''] =
        new RegExp(`^(?:export )?const ${name} = ([\\d_ *]+);$`, 'm').exec(readDocument(file)) ?? [];
      expect(text.replaceAll('_', '').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''));
    },
  );

  it('of settings equal their defaults', () => {
    const settings = [...page.matchAll(/\| `([A-Z_]+)`, (\d+) \|/g)].map(([, name = '', value]) => [
      name,
      Number(value),
    ]);
    expect(settings.length).toBeGreaterThan(2);
    const properties: Readonly<Record<string, { readonly default?: unknown }>> = Environment.properties;
    expect(settings.filter(([name, value]) => properties[String(name)]?.default !== value)).toEqual([]);
    expect(Environment.properties.GATEWAY_HOSTNAMES.maxItems).toBe(16);
  });

  it('are all checked', () => {
    const rows = [...page.matchAll(/^\| (?!limit|-)(.*)$/gm)].filter(([row]) => !/`[A-Z_]+`/.test(row));
    expect(rows.map(([, row = '']) => row.split(' |')[0])).toEqual([]);
    expect(constants.length).toBeGreaterThan(6);
  });
});

function valueAt(values: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], values);
}

/** Whether it is a variable of programs that tests run: of the playground, or of an image. */
function isOfTests(name: string): boolean {
  const folders = ['tests/playground', 'tests/local-cluster', 'tests/cluster/support'];
  const files = folders.flatMap((folder) => filesIn(`${ROOT}/${folder}`));
  return files.some((file) => new RegExp(`\\b${name}\\b`).test(readDocument(file.slice(ROOT.length + 1))));
}

function isConstant(name: string): boolean {
  return readDocument('docs/limits.md').includes(`[\`${name}\`]`);
}
