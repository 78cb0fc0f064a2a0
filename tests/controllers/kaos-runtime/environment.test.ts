import { describe, expect, it } from 'vitest';
import { agent, mcpServer, modelApi, ready, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const lead = (spec: object, settings = {}) => sync({ parent: agent(spec), related: [LLM], settings });
const variable = (name: string, value: string) => ({ name, value });

describe('the variables of the user', () => {
  it('KAOS 0.8, row 2: override all others, also those of what the resource refers to', () => {
    const env = [variable('AGENT_NAME', 'mine'), variable('MODEL_NAME', 'mine'), variable('MODEL_API_URL', 'mine')];
    const { env: made, names } = lead({ container: { env } });
    expect(made).toMatchObject({ AGENT_NAME: 'mine', MODEL_NAME: 'mine', MODEL_API_URL: 'mine' });
    expect(new Set(names).size).toBe(names.length);
  });

  // The order of a strategic merge patch: https://kubernetes.io/docs/reference/using-api/
  it('keep their order, and come after the name and before what only KAOS has', () => {
    const env = ['Z', 'MODEL_NAME', 'A'].map((name) => variable(name, '1'));
    expect(lead({ container: { env } }).names).toEqual([
      'AGENT_NAME',
      'Z',
      'MODEL_API_URL',
      'MODEL_NAME',
      'A',
      'LOG_LEVEL',
    ]);
  });

  it('D25: override telemetry and the log level', () => {
    const env = [
      variable('OTEL_SERVICE_NAME', 'mine'),
      variable('OTEL_SDK_DISABLED', 'true'),
      variable('LOG_LEVEL', 'X'),
    ];
    const made = lead({ container: { env }, config: { telemetry: { enabled: true, endpoint: 'http://otel' } } });
    expect(made.env).toMatchObject({
      OTEL_SERVICE_NAME: 'mine',
      OTEL_SDK_DISABLED: 'true',
      LOG_LEVEL: 'X',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel',
    });
    expect(made.names.filter((name) => name === 'LOG_LEVEL')).toHaveLength(1);
  });

  it('occur once each: the last one of a name counts', () => {
    const env = [variable('A', '1'), variable('B', '2'), variable('A', '3'), variable('AGENT_NAME', 'x')];
    const made = lead({ container: { env } });
    expect(new Set(made.names).size).toBe(made.names.length);
    expect(made.names.slice(0, 3)).toEqual(['B', 'A', 'AGENT_NAME']);
    expect(made.env['A']).toBe('3');
  });

  it('in podSpec override all others', () => {
    const podSpec = { containers: [{ name: 'agent', env: [variable('MODEL_NAME', 'mine'), variable('A', 'mine')] }] };
    const made = lead({ podSpec, container: { env: [variable('MODEL_NAME', 'x'), variable('A', '1')] } });
    expect(made.env).toMatchObject({ MODEL_NAME: 'mine', A: 'mine' });
    expect(new Set(made.names).size).toBe(made.names.length);
  });

  it.each([
    [variable('', 'x'), 'spec.container.env[0].name: "" is not a valid environment variable name'],
    [variable('A=B', 'x'), 'spec.container.env[0].name: "A=B" is not a valid environment variable name'],
    [variable('Ä', 'x'), 'spec.container.env[0].name: "Ä" is not a valid environment variable name'],
    [
      { name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      'spec.container.env[0]: has value and valueFrom; expected only one of them',
    ],
    [
      { name: 'A', valueFrom: {} },
      'spec.container.env[0].valueFrom: must have one of configMapKeyRef, fieldRef, fileKeyRef, resourceFieldRef, secretKeyRef',
    ],
    [
      { name: 'A', valueFrom: { secretKeyRef: { key: 'k' } } },
      'spec.container.env[0].valueFrom.secretKeyRef: has no name',
    ],
    [
      { name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: 'a/b' } } },
      'spec.container.env[0].valueFrom.configMapKeyRef.key: "a/b" is not a valid key of a ConfigMap or Secret',
    ],
    [
      { name: 'A', valueFrom: { fieldRef: { fieldPath: '' } } },
      'spec.container.env[0].valueFrom.fieldRef.fieldPath: must not be empty',
    ],
    [
      { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: '..' } } },
      'spec.container.env[0].valueFrom.secretKeyRef.key: ".." is not a valid key of a ConfigMap or Secret',
    ],
    [
      { name: 'A', valueFrom: { fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } } },
      'spec.container.env[0].valueFrom.fieldRef.apiVersion: "v2" is not valid; expected v1',
    ],
    [
      { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1m' } } },
      'spec.container.env[0].valueFrom.resourceFieldRef: has the divisor "1m", which is not valid for limits.memory; expected one of 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei',
    ],
    [
      { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k', optional: 'yes' } } },
      'spec.container.env[0].valueFrom.secretKeyRef.optional: must be true or false',
    ],
    [{ name: 'A', value: 5 }, 'spec.container.env[0].value: must be text'],
  ])(
    'do not include %j, for which Kubernetes would refuse the whole Deployment, and a condition reports it',
    (bad, message) => {
      const { names, conditions, reply, kinds } = lead({ container: { env: [bad, variable('GOOD', '1')] } });
      expect(kinds).toEqual(expect.arrayContaining(['Deployment', 'Service']));
      expect(names).toContain('GOOD');
      expect(names).not.toContain(bad.name);
      expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'EnvironmentRefused', message });
      expect(reply.problems).toEqual([{ reason: 'RuntimeProblem', about: 'Agent team/lead', message }]);
    },
  );
});

describe('telemetry', () => {
  const ALL = { DEFAULT_TELEMETRY_ENABLED: 'true', DEFAULT_TELEMETRY_ENDPOINT: 'http://all' };
  const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';

  it.each<[string, object | undefined, object, string | undefined, boolean]>([
    ['off by default', undefined, {}, undefined, false],
    ['on if it is on for all resources', undefined, ALL, 'http://all', true],
    ['on with the endpoint of the resource', { enabled: true, endpoint: 'http://mine' }, {}, 'http://mine', true],
    [
      'on with the endpoint of the resource, not with the default one',
      { enabled: true, endpoint: 'http://mine' },
      ALL,
      'http://mine',
      true,
    ],
    ['on with the default endpoint', { enabled: true }, ALL, 'http://all', true],
    [
      'on without the default endpoint if it is off for all resources',
      { enabled: true },
      { DEFAULT_TELEMETRY_ENDPOINT: 'http://x' },
      undefined,
      true,
    ],
    ['off if the resource turns it off', { enabled: false }, ALL, undefined, false],
    [
      'D24: on with the endpoint of the resource if it is on for all resources',
      { endpoint: 'http://mine' },
      ALL,
      'http://mine',
      true,
    ],
    ['D24: off if the resource gives only an endpoint', { endpoint: 'http://mine' }, {}, undefined, false],
  ])('is %s', (_case, telemetry, settings, endpoint, isOn) => {
    const { env, names } = lead({ config: { telemetry } }, settings);
    expect(env[ENDPOINT]).toBe(endpoint);
    expect(names.includes('OTEL_SERVICE_NAME')).toBe(isOn);
  });
});

describe('an endpoint', () => {
  const NODE_IP = { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } };
  const container = { image: 'example/tools:1', env: [NODE_IP] };
  const telemetry = { enabled: true, endpoint: 'http://$(NODE_IP):4317' };

  it.each([
    agent({ container, config: { telemetry } }),
    modelApi({ container, telemetry }),
    mcpServer({ runtime: 'custom', container, telemetry }),
  ])('of telemetry may refer to variables of the user, because it comes after them: $kind', (parent) => {
    const { env, names } = sync({ parent, related: [LLM] });
    expect(env['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe('http://$(NODE_IP):4317');
    expect(names.indexOf('OTEL_EXPORTER_OTLP_ENDPOINT')).toBeGreaterThan(names.indexOf('NODE_IP'));
  });

  it('of telemetry may do so too if it is the default one', () => {
    const settings = { DEFAULT_TELEMETRY_ENABLED: 'true', DEFAULT_TELEMETRY_ENDPOINT: telemetry.endpoint };
    expect(lead({}, settings).env['OTEL_EXPORTER_OTLP_ENDPOINT']).toBe(telemetry.endpoint);
  });

  it('of a provider is a literal, because it comes before all variables that it could refer to', () => {
    const parent = modelApi({ proxyConfig: { models: ['*'], apiBase: 'http://$(HOST):11434' }, container });
    const { env, names } = sync({ parent });
    expect({ first: names[0], base: env['PROXY_API_BASE'] }).toEqual({
      first: 'PROXY_API_BASE',
      base: 'http://$$(HOST):11434',
    });
  });
});
