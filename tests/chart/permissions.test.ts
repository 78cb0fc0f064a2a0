import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { all, helm, type Values, withHelm } from '../support/helm.ts';
import { ROOT } from '../support/run.ts';
import { ELECTED, ENFORCED, GATEWAY_ON, IDENTITY_ON, OFF, type Rule, rules, TLS } from './rules.ts';

const [IDENTITY = ''] = Object.entries(IDENTITY_ON).map((entry) => entry.join('='));

function withoutNames({ resourceNames: _names, ...rule }: Rule): Rule {
  return rule;
}

/** The rules of the ClusterRole in the chart, with their comments. */
function ruleLines(...flags: string[]): string {
  const { stdout } = helm('template', 'kaos', 'chart', '--show-only', 'templates/metacontroller-role.yaml', ...flags);
  return stdout.slice(stdout.indexOf('\nrules:\n') + '\nrules:\n'.length).trimEnd();
}

withHelm.describe("the values for Metacontroller's own chart", () => {
  it.each([
    ['docs/metacontroller-values.yaml', []],
    [
      'docs/metacontroller-values-agent-gateway.yaml',
      ['--set', 'agentGateway.enabled=true,gatewayAPI.enabled=true,agentRoutes.enabled=true'],
    ],
    [
      'docs/metacontroller-values-kaos-runtime.yaml',
      ['--set', 'kaosRuntime.enabled=true', '--set', 'gatewayAPI.enabled=true', '--set', IDENTITY],
    ],
  ])('%s has the rules of the ClusterRole, which `npm run chart` writes', async (name, flags) => {
    const file = path.join(ROOT, name);
    const [head] = readFileSync(file, 'utf8').split('\n  rules:\n');
    const indented = ruleLines(...flags).replaceAll(/^/gm, '  ');
    await expect(`${head}\n  rules:\n${indented}\n`).toMatchFileSnapshot(file);
  });

  it('have the recommended flags', () => {
    const { commandArgs } = parse(readFileSync(path.join(ROOT, 'docs/metacontroller-values.yaml'), 'utf8'));
    const decision = readFileSync(path.join(ROOT, 'docs/decisions/0003-engine-flags.md'), 'utf8');
    const [recommended = ''] = decision.match(/`--[^`]*`/) ?? [];
    expect(commandArgs).toEqual(expect.arrayContaining(recommended.replaceAll('`', '').split(' ')));
  });
});

withHelm.describe('the table of permissions', () => {
  const table = readFileSync(path.join(ROOT, 'docs/permissions.md'), 'utf8');
  const rows = [...table.matchAll(/^\| `(.*?)` \| (.*?) \| (.*?) \| (.*?) \|/gm)].map(
    ([, group, resources = '', verbs = '', condition = '']) => ({
      rule: {
        apiGroups: [group === 'core' ? '' : group],
        resources: resources.split(', '),
        verbs: verbs.split(', '),
      },
      named: [...condition.matchAll(/`(.*?)`/g)].map(([, value]) => value),
    }),
  );
  const everything = {
    ...TLS,
    ...ENFORCED,
    ...ELECTED,
    'kaosRoutes.enabled': 'true',
    'agentGateway.enabled': 'true',
    'agentRoutes.enabled': 'true',
    'kaosRuntime.enabled': 'true',
    ...IDENTITY_ON,
    ...GATEWAY_ON,
    'accessRules.default': 'deny',
  };
  const DIALECTS = ['envoy-gateway', 'agentgateway'].map((name) => `gatewayAPI.accessDialect=${name}`);
  const given = (values: Values) => [
    ...rules(values),
    ...all('Role', values)
      .flatMap((role) => role['rules'] as readonly Rule[])
      .map(withoutNames),
  ];

  const dialectOf = ({ named }: { named: readonly (string | undefined)[] }) =>
    DIALECTS.find((dialect) => named.includes(dialect));

  it.each(DIALECTS)('has exactly one row for each rule with %s', (dialect) => {
    const [name = '', value = ''] = dialect.split('=');
    const ofDialect = rows.filter((row) => [undefined, dialect].includes(dialectOf(row)));
    expect(ofDialect.map(({ rule }) => rule)).toEqual(given({ ...everything, [name]: value }));
  });

  it('names the value that adds each rule', () => {
    for (const { rule, named } of rows) {
      // Without kaos-routes, the Gateway API feature is off, and then agent-routes cannot be on.
      const gatewayOff = { 'gatewayAPI.enabled': 'false', 'agentRoutes.enabled': 'false' };
      const one = { ...everything, ...gatewayOff, [`${named[0]}`]: 'false' };
      const off = named.length === 1 ? one : OFF;
      expect(given(off).some((other) => isDeepStrictEqual(other, rule))).toBe(named.length === 0);
    }
  });
});
