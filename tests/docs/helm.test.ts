import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { STEPS } from '../kind/steps.ts';
import { COMMANDS, type DocumentedCommand, named, START_COMMANDS } from '../support/documents.ts';
import { helm, withHelm } from '../support/helm.ts';

const ALL = [...START_COMMANDS, ...COMMANDS].filter(({ program }) => program === 'helm');
/** Values that need others. */
const EVERYTHING = [
  'gatewayAPI.enabled=true',
  'gatewayAPI.createGateway=true',
  'gatewayAPI.gatewayClassName=envoy-gateway',
  'gatewayAPI.internalRouting=true',
  'kaosRuntime.enabled=true',
  'agentGateway.enabled=true',
];
/** `--reuse-values` would use the defaults of the previous chart, which lack new values. */
const REUSE = '--reset-then-reuse-values';
const isOf = ({ args }: DocumentedCommand, ...verbs: string[]) => verbs.includes(args[0] ?? '');
const isOfChart = (command: DocumentedCommand) => isOf(command, 'install', 'upgrade') && command.args[2] === 'chart';
const flagOf = (args: readonly string[], name: string) => args[args.indexOf(name) + 1];
const releaseOf = ({ args }: DocumentedCommand) => `${flagOf(args, '--namespace')}/${args[1]}`;

withHelm.describe('helm commands in documents', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
  beforeAll(() =>
    writeFileSync(path.join(folder, 'ca.crt'), '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(named(ALL))('%s: %s has flags that helm has', (_page, _text, { args }) => {
    const { stdout } = helm(args[0] ?? '', '--help');
    const flags = args.filter((arg) => arg.startsWith('--'));
    expect(flags.filter((flag) => !stdout.includes(` ${flag} `))).toEqual([]);
  });

  it.each(named(ALL.filter(isOfChart)))('%s: %s renders', (_page, _text, command) => {
    const [, release = '', chart = '', ...flags] = command.args;
    const given = [...reused(command), ...flags.filter((flag) => flag !== REUSE)];
    const files = given.map((flag) => flag.replace('=ca.crt', `=${folder}/ca.crt`));
    const { stdout, stderr } = helm('template', release, chart, ...files);
    expect(stderr).toBe('');
    expect(stdout).toContain('kind: Deployment');
    expect(releaseOf(command)).toBe('kaos-system/agent-gateway-hooks');
  });

  it('keeps values on top of the defaults of the new chart, not of the previous one', () => {
    const upgrades = ALL.filter((command) => isOf(command, 'upgrade'));
    expect(upgrades.length).toBeGreaterThan(10);
    expect(upgrades.filter(({ args }) => !args.includes(REUSE))).toEqual([]);
  });

  const offs = ALL.filter(isOfChart).filter((command) => command.text.includes('=false'));

  it.each(named(offs))(
    '%s: %s renders also if everything was on before',
    (_page, _text, { args: [, , , ...flags] }) => {
      const on = EVERYTHING.flatMap((value) => ['--set', value]);
      const off = flags.filter((flag) => flag !== REUSE);
      expect(helm('template', 'agent-gateway-hooks', 'chart', ...on, ...off).stderr).toBe('');
      expect(helm('template', 'agent-gateway-hooks', 'chart', ...on).stderr).toBe('');
    },
  );

  it('installs other charts as `npm run kind` does, except the KAOS chart, which is in another repository', () => {
    const others = ALL.filter((command) => isOf(command, 'install', 'upgrade') && !isOfChart(command));
    const steps = STEPS.map(({ args }) => sorted(args.slice(0, args.indexOf('--kube-context'))));
    const differing = others.filter(({ args }) => !steps.includes(sorted(args)));
    expect(others.length).toBeGreaterThan(differing.length);
    expect(new Set(differing.map(({ args }) => args[2]))).toEqual(new Set(['./operator/chart', 'kaos-operator']));
  });

  it('tests and uninstalls only releases that documents install', () => {
    // The KAOS release exists before.
    const isThere = (command: DocumentedCommand) => isOf(command, 'install') || command.args[2] === './operator/chart';
    const installed = ALL.filter(isThere).map(releaseOf);
    const used = ALL.filter((command) => isOf(command, 'test', 'uninstall')).map(releaseOf);
    expect(used.length).toBeGreaterThan(2);
    expect(used.filter((release) => !installed.includes(release))).toEqual([]);
  });
});

/** The values that an upgrade keeps: those set earlier on the page, starting from the install there or in start-kaos.md. */
function reused(command: DocumentedCommand): string[] {
  if (!command.args.includes(REUSE)) {
    return [];
  }
  const ofChart = ALL.filter(isOfChart);
  const before = ofChart.slice(0, ofChart.indexOf(command)).filter(({ page }) => page === command.page);
  const installs = [...before, ...ofChart.filter(({ page }) => page === 'docs/start-kaos.md')];
  const install = installs.find((one) => isOf(one, 'install'));
  return [install, ...before.filter((one) => isOf(one, 'upgrade'))].flatMap((one) => valueFlags(one?.args ?? []));
}

function valueFlags(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => (arg.startsWith('--set') ? [arg, args[index + 1] ?? ''] : []));
}

function sorted(args: readonly string[]): string {
  return [...args].sort().join(' ');
}
