import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { controllers } from '../controllers/registry.ts';
import { readValues } from '../webhooks/evaluate/chart-files.ts';
import { chosenControllers, isInstalled } from '../webhooks/evaluate/controller-flags.ts';
import { chartVariables } from '../webhooks/settings/chart-variables.ts';
import { AGENT, renderStdin, table } from './support/rendering.ts';
import { ROOT } from './support/run.ts';

const CHART = path.join(ROOT, 'tests/chart');
const cases = readdirSync(CHART)
  .filter((name) => name.endsWith('.values.yaml'))
  .map((name) => name.replace('.values.yaml', ''));

/** The objects that helm made with the values of a case. */
const golden = (name: string) =>
  parseAllDocuments(readFileSync(path.join(CHART, `${name}.golden.yaml`), 'utf8'))
    .map((document) => document.toJS())
    .filter(Boolean);

function valuesOf(name: string) {
  const reading = readValues([path.join(CHART, `${name}.values.yaml`)]);
  if (reading.outcome === 'bad') {
    throw new Error(reading.lines.join());
  }
  return reading.values;
}

describe.each(cases)('values of the chart: %s', (name) => {
  it('are the variables that helm makes of them', () => {
    const { data } = golden(name).find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'agent-gateway-hooks',
    );
    // Paths of mounted files, and what the cluster has.
    const isOther = (variable: string) => /_FILE$|^TOKEN_DIRECTORY$|^KAOS_RUNTIME_HAS_MEMORY_STORES$/.test(variable);
    const expected = Object.fromEntries(Object.entries(data).filter(([variable]) => !isOther(variable)));
    expect(chartVariables(valuesOf(name), 'kaos-system')).toEqual(expected);
  });

  it('choose the controllers that helm installs', () => {
    const installed = golden(name)
      .filter(({ kind }) => kind === 'DecoratorController' || kind === 'CompositeController')
      .map(({ metadata }) => metadata.name);
    const chosen = chosenControllers(controllers, {}, (each) => isInstalled(each, valuesOf(name))).map(
      (controller) => controller.name,
    );
    // The cluster of the goldens has not all CRDs, and a Gateway with a fixed address needs no ConfigMap.
    const byCluster = ['kaos-runtime-memorystore', 'kaos-runtime-accessgrant', 'gateway-address'];
    const compared = (names: readonly string[]) => names.filter((one) => !byCluster.includes(one)).sort();
    const isNeeded = (one: string) => one !== 'kaos-routes' || name !== 'without-gateway-api';
    expect(compared(chosen.filter(isNeeded))).toEqual(compared(installed));
  });
});

describe('render --values', () => {
  let folder: string;
  let file: (text: string, name?: string) => string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'values-'));
    file = (text, name = 'values.yaml') => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const ON = 'gatewayAPI: {enabled: true, hostnames: [a.example.com]}\n';
  const run = (text: string, ...flags: readonly string[]) => table([AGENT], '--values', file(text), ...flags);

  it('renders as the release would, and flags win', () => {
    expect(run(ON).stdout).toMatch(/Agent n\/a +a\.example\.com\/n\/agent\/a/);
    expect(run(ON, '--gateway-hostnames', 'b.example.com').stdout).toContain('b.example.com/n/agent/a');
    expect(run('replicas: 1').stdout).toContain('none (GatewayDisabled)');
  });

  it('turns controllers on, and a later file wins', () => {
    const both = ['--values', file('kaosRuntime: {enabled: false}', 'second.yaml')];
    expect(run(`${ON}kaosRuntime: {enabled: true}`).stdout).toContain('PHASE');
    expect(run(`${ON}kaosRuntime: {enabled: true}`, ...both).stdout).not.toContain('PHASE');
  });

  it('has the access rules', () => {
    const rules = 'accessRules: {rules: [{match: {kinds: [Agent]}, deny: true}]}';
    expect(run(`${ON}${rules}`).stdout).toMatch(/Agent n\/a .*denied/);
    expect(run(`${ON}accessRules: {rules: [{mach: {}}]}`)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: .*accessRules.*rules\[0\]\.mach: is not a field.*did you mean.*match/),
    });
  });

  it('names what is not valid by its value', () => {
    const { code, stdout, stderr } = run('gatewayAPI: {enabled: true, gatewayName: A_B}');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: gatewayAPI\.gatewayName: "A_B" is not valid; expected /);
    expect(run('gatewayApi: {enabled: true}').stderr).toMatch(
      /^error: .*values\.yaml: gatewayApi: is not a field, so it has no effect; did you mean gatewayAPI/,
    );
    expect(run('- a').stderr).toMatch(/values\.yaml: it is not a map; expected values of the chart/);
    expect(renderStdin([AGENT], '--values', 'nothing.yaml').stderr).toMatch(/^error: nothing\.yaml: does not exist/);
  });
});
