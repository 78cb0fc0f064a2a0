import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSettings, type Variables } from '../../webhooks/settings/settings.ts';
import { accessRulesSchema } from '../support/access-rules-schema.ts';
import { all, helm, KAOS_0_8, one, pod, template, type Values, webhook, withHelm } from '../support/helm.ts';

const NAME = 'kaos-agent-gateway-hooks';
const DENY = { 'accessRules.default': 'deny' };
const RULES = {
  rules: [
    {
      match: { kinds: ['Agent'], namespaces: ['support', 'team-*'], labels: { tier: 'internal', ratio: '60' } },
      jwt: {
        issuer: 'https://login.example.com/',
        jwksUri: 'https://login.example.com/jwks.json',
        audiences: ['agents'],
        scopes: { all: ['agents:call'] },
        claimHeaders: { sub: 'X-User' },
      },
      limit: { requests: 1_000_000, per: 'minute', by: 'claim:sub' },
      from: { namespaces: ['frontend'] },
    },
    { match: { kinds: ['ModelAPI'], names: ['on', '1e3'] }, deny: true },
  ],
  default: 'allow',
  cors: { origins: ['https://chat.example.com'], credentials: false, maxAge: '12h' },
};

withHelm.describe('access rules in the values', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'access-rules-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function rendered(name: string, accessRules: unknown) {
    const values = path.join(folder, `${name}.yaml`);
    writeFileSync(values, JSON.stringify({ accessRules }));
    return template({}, [...KAOS_0_8, '--values', values]);
  }

  it('reach the service as they are', () => {
    const { manifests } = rendered('all', RULES);
    const data = (name: string) => manifests.find(({ metadata }) => metadata.name === name)?.['data'] as Variables;
    const file = path.join(folder, 'access-rules.yaml');
    writeFileSync(file, `${data(`${NAME}-access-rules`)['access-rules.yaml']}`);
    expect(readSettings({ ...data(NAME), ACCESS_RULES_FILE: file })).toMatchObject({
      outcome: 'read',
      settings: { controllers: { access: { rules: RULES } } },
    });
  });

  it('are a file of the pods, which they cannot write', () => {
    const { ACCESS_RULES_FILE: file = '' } = one('ConfigMap', DENY, NAME)['data'] as Record<string, string>;
    const { volumes = [], containers } = pod(DENY);
    const [mount] = containers[0].volumeMounts ?? [];
    expect(mount).toEqual({ name: 'access-rules', mountPath: '/etc/agent-gateway-hooks/access-rules', readOnly: true });
    expect(volumes).toEqual([
      {
        name: 'access-rules',
        configMap: {
          name: `${NAME}-access-rules`,
          items: [{ key: 'access-rules.yaml', path: path.relative(mount?.mountPath ?? '', file) }],
        },
      },
    ]);
    expect(one('ConfigMap', DENY, `${NAME}-access-rules`)['data']).toEqual({ 'access-rules.yaml': 'default: deny\n' });
  });

  it('are no file if there are none', () => {
    expect(Object.keys(one('ConfigMap', {}, NAME)['data'] as object)).not.toContain('ACCESS_RULES_FILE');
    expect(all('ConfigMap').map(({ metadata }) => metadata.name)).toEqual([NAME]);
    expect(pod().volumes).toBeUndefined();
  });

  it('change the build, so that pods roll and Metacontroller asks again about each resource', () => {
    const url = (values: Values) => (webhook('kaos-routes', 'sync', values) as { url: string }).url;
    const checksum = (values: Values) => JSON.stringify(one('Deployment', values)).match(/"checksum\/settings":"\w+"/);
    const allow = { 'accessRules.default': 'allow' };
    expect(new Set([{}, DENY, allow].map(url)).size).toBe(3);
    expect(new Set([{}, DENY, allow].map((values) => `${checksum(values)}`)).size).toBe(3);
  });

  it.each<[string, Values, string]>([
    ['a misspelt field', { 'accessRules.rules[0].dney': 'true' }, "additional properties 'dney' not allowed"],
    [
      'a misspelt field of a token',
      { 'accessRules.rules[0].jwt.isuer': 'x' },
      "additional properties 'isuer' not allowed",
    ],
    ['a misspelt list', { 'accessRules.rule[0].deny': 'true' }, "additional properties 'rule' not allowed"],
    ['deny: false', { 'accessRules.rules[0].deny': 'false' }, "at '/accessRules/rules/0/deny': value must be true"],
    ['another kind', { 'accessRules.rules[0].match.kinds': '{Pod}' }, "at '/accessRules/rules/0/match/kinds/0'"],
    ['another default', { 'accessRules.default': 'maybe' }, "at '/accessRules/default': value must be one of"],
    ['no JWKS', { 'accessRules.rules[0].jwt.issuer': 'x' }, "missing properties 'jwksUri', 'audiences'"],
    ['a limit by a header of proxies', { 'accessRules.rules[0].limit.by': 'header:X-Forwarded-For' }, 'limit/by'],
    [
      'an origin with a path',
      { 'accessRules.cors.origins': '{https://a.example.com/}' },
      "at '/accessRules/cors/origins/0'",
    ],
  ])('are refused with %s, and the error says where', (_what, values, why) => {
    const { manifests, stderr } = template(values);
    expect(manifests).toEqual([]);
    expect(stderr).toContain(why);
  });

  it('have the schema of the service, each pattern of which Go can read', () => {
    expect(JSON.stringify(accessRulesSchema())).not.toMatch(/\(\?[!=<]/);
    expect(rendered('header', { rules: [{ limit: { requests: 1, per: 'day', by: 'header:X-Team' } }] }).stderr).toBe(
      '',
    );
    expect(helm('lint', '--strict', 'chart', '--set', 'accessRules.default=deny').stdout).toContain(
      '0 chart(s) failed',
    );
  });
});
