import { describe, expect, it } from 'vitest';
import { gateway, sync } from '../../support/gateways.ts';

/** 80 % of the default memory limit, 128 MiB. */
const MEMORY = { name: 'GOMEMLIMIT', value: '107374182' };
const OURS = [MEMORY, { name: 'FC_ENABLE', value: '1' }];

const container = (scene: Parameters<typeof sync>[0]) => sync(scene).pod.spec.containers[0];

describe('the environment of a gateway (D21)', () => {
  const env = (variables: object[], more: object = {}) => container({ parent: gateway({ env: variables, ...more }) });

  it('has our variables first, then those of the user, of each name the last one', () => {
    const { env: answered } = env([
      { name: 'A', value: '1' },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'A', value: '2' },
      { name: 'EMPTY', value: '' },
    ]);
    expect(answered).toEqual([
      ...OURS,
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'A', value: '2' },
      { name: 'EMPTY' },
    ]);
  });

  it('lets the user override defaults', () => {
    const own = [
      { name: 'FC_ENABLE', value: 'yes' },
      { name: 'GOMEMLIMIT', value: 'off' },
    ];
    expect(env(own).env).toEqual(own);
  });

  it('sets the port, and unsets other files, if a ConfigMap or Secret could set another one', () => {
    const { env: answered, envFrom } = env([], {
      envFrom: [{ prefix: '', configMapRef: { name: 'x' } }, { secretRef: { name: 'y' } }],
    });
    expect(answered).toEqual([
      ...OURS,
      { name: 'KRAKEND_PORT', value: '8080' },
      { name: 'TMPDIR', value: '/tmp' },
      ...['FC_OUT', 'FC_PARTIALS', 'FC_SETTINGS', 'FC_TEMPLATES'].map((name) => ({ name })),
    ]);
    expect(envFrom).toEqual([{ configMapRef: { name: 'x' } }, { secretRef: { name: 'y' } }]);
  });

  it.each([
    { name: 'FC_ENABLE', value: '' },
    { name: 'FC_ENABLE' },
    { name: 'KRAKEND_PORT', value: '9' },
    { name: 'KRAKEND_Port', value: '9' },
    { name: 'FC_SETTINGS', value: '/x' },
    { name: 'FC_PARTIALS', value: '/x' },
    { name: 'FC_TEMPLATES', value: '/x' },
    { name: 'FC_OUT', value: '/x' },
    { name: 'TMPDIR', value: '/etc/krakend' },
    { name: 'TMPDIR', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } },
    { name: '', value: 'x' },
    { name: 'A=B', value: 'x' },
    { name: 'A', value: 'x', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } },
    { name: 'A B', value: 'x' },
    { name: '1A', value: 'x' },
    { name: 'A', valueFrom: {} },
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'Bad_Name', key: 'a' } } },
    { name: 'A', valueFrom: { configMapKeyRef: { key: 'a' } } },
    { name: 'A', valueFrom: { secretKeyRef: { name: 'a', key: '' } } },
    { name: 'A', valueFrom: { fieldRef: { fieldPath: 'bogus' } } },
    { name: 'A', valueFrom: { resourceFieldRef: { resource: 'zz' } } },
    { name: 'A', valueFrom: { fileKeyRef: { volumeName: 'v', path: 'p', key: 'k' } } },
  ])('leaves out %j and reports it in a condition', (variable) => {
    const { pod, conditions } = sync({ parent: gateway({ env: [variable] }) });
    expect(pod.spec.containers[0].env).toEqual(OURS);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'EnvironmentRefused' });
  });

  const from = (source: object) => ({ name: 'A', valueFrom: source });
  const field = (fieldPath: string) => from({ fieldRef: { fieldPath } });
  const resource = (name: string, unit: object = {}) => from({ resourceFieldRef: { resource: name, ...unit } });
  const keys = ['.', '..', '..a', '../a', '', 'a/b', 'a b', 'ä', 'x'.repeat(254)];

  it.each<readonly [variable: unknown, field: string]>([
    ...keys.flatMap((key) => [
      [from({ configMapKeyRef: { name: 'a', key } }), '.valueFrom.configMapKeyRef.key'] as const,
      [from({ secretKeyRef: { name: 'a', key } }), '.valueFrom.secretKeyRef.key'] as const,
    ]),
    [from({ configMapKeyRef: { name: 'a' } }), '.valueFrom.configMapKeyRef'],
    [from({ secretKeyRef: { name: 'a', key: 5 } }), '.valueFrom.secretKeyRef.key'],
    [from({ secretKeyRef: { name: 'a..b', key: 'k' } }), '.valueFrom.secretKeyRef.name'],
    [from({ secretKeyRef: { name: 'a', key: 'k', optional: 'yes' } }), '.valueFrom.secretKeyRef.optional'],
    [from({ secretKeyRef: { name: 'a', key: 'k' }, fieldRef: { fieldPath: 'metadata.uid' } }), '.valueFrom'],
    [field(''), '.valueFrom.fieldRef.fieldPath'],
    [field('metadata.labels'), '.valueFrom.fieldRef.fieldPath'],
    [field("metadata.labels['']"), '.valueFrom.fieldRef.fieldPath'],
    [field("metadata.labels['a b']"), '.valueFrom.fieldRef.fieldPath'],
    [field("metadata.annotations['a/b/c']"), '.valueFrom.fieldRef.fieldPath'],
    [field("metadata.name['a']"), '.valueFrom.fieldRef.fieldPath'],
    [field('status.phase'), '.valueFrom.fieldRef.fieldPath'],
    [from({ fieldRef: { apiVersion: 'v2', fieldPath: 'metadata.name' } }), '.valueFrom.fieldRef.apiVersion'],
    [resource('cpu'), '.valueFrom.resourceFieldRef.resource'],
    [resource('limits.gpu'), '.valueFrom.resourceFieldRef.resource'],
    [resource('limits.cpu', { divisor: 'lots' }), '.valueFrom.resourceFieldRef.divisor'],
    [resource('limits.cpu', { divisor: '1Mi' }), '.valueFrom.resourceFieldRef'],
    [resource('limits.memory', { divisor: '1m' }), '.valueFrom.resourceFieldRef'],
    [resource('requests.ephemeral-storage', { divisor: '2' }), '.valueFrom.resourceFieldRef'],
    [from({ fileKeyRef: { volumeName: 'v', path: 'p', key: 'k' } }), '.valueFrom.fileKeyRef'],
    [from({ vaultRef: { name: 'a' } }), '.valueFrom.vaultRef'],
    [{ name: 'A', value: 5 }, '.value'],
    [{ name: 'A', value: true }, '.value'],
    [{ name: 'A', valueFrom: 'x' }, '.valueFrom'],
    [{ name: 5, value: 'x' }, '.name'],
    [{ name: '..', value: 'x' }, '.name'],
    [{ name: '..A', value: 'x' }, '.name'],
    [{ name: 'A\n', value: 'x' }, '.name'],
    [{ value: 'x' }, ''],
    ['A=x', ''],
    [null, ''],
  ])(
    'leaves out %j, for which Kubernetes would refuse the whole Deployment, and names the field %s',
    (variable, path) => {
      const { pod, conditions } = sync({ parent: gateway({ env: [{ name: 'GOOD', value: 'x' }, variable] }) });
      expect(pod.spec.containers[0].env).toEqual([...OURS, { name: 'GOOD', value: 'x' }]);
      expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'EnvironmentRefused' });
      expect(conditions['Accepted']?.message?.startsWith(`spec.env[1]${path}: `)).toBe(true);
    },
  );

  it.each([
    [from({ configMapKeyRef: { name: 'a', key: '.a' } })],
    [from({ secretKeyRef: { name: 'a.b', key: 'a..b', optional: true } })],
    [field("metadata.labels['example.com/Team']")],
    [field("metadata.annotations['Example.com/team']")],
    [field('status.podIPs')],
    [resource('limits.cpu', { divisor: '1m' })],
    [resource('requests.memory', { divisor: '1Mi' })],
    [resource('limits.hugepages-2Mi', { divisor: '1Ki' })],
    [{ name: '.A-b_c', value: '$(B)' }],
  ])('accepts %j', (variable) => {
    expect(env([variable]).env).toEqual([...OURS, variable]);
    expect(sync({ parent: gateway({ env: [variable] }) }).conditions['Accepted']?.status).toBe('True');
  });

  it('is written as the API server stores it', () => {
    const variables = [
      { name: 'A', value: '', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1000m' } } },
      { name: 'B', value: null, valueFrom: { fieldRef: { apiVersion: '', fieldPath: 'metadata.name' } } },
    ];
    expect(env(variables).env.slice(OURS.length)).toEqual([
      { name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } } },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]);
  });

  it('keeps the earlier of two variables with the same name if the later one is refused', () => {
    const variables = [
      { name: 'A', value: '1' },
      { name: 'A', valueFrom: { secretKeyRef: { name: 's', key: '..' } } },
    ];
    expect(env(variables).env.slice(OURS.length)).toEqual([{ name: 'A', value: '1' }]);
  });

  it.each([
    [[{ name: 'KRAKEND_PORT', value: '9' }], 'spec.env[0].name: "KRAKEND_PORT" is reserved'],
    [[{ name: 'FC_ENABLE' }], 'spec.env[0].value: must not be empty for FC_ENABLE'],
    [
      [{ name: 'TMPDIR', value: '/x' }],
      'spec.env[0].value: must be /tmp for TMPDIR, because no other directory is writable',
    ],
    [
      [from({ fileKeyRef: { volumeName: 'v', path: 'p', key: 'k' } })],
      'spec.env[0].valueFrom.fileKeyRef: is not supported, because gateway pods cannot have more volumes',
    ],
    [
      [{ name: '1A', value: 'x' }],
      `spec.env[0].name: "1A" is not valid; expected only letters, digits, '-', '_' and '.', and no digit or '..' at the beginning`,
    ],
  ])('has additional rules of the gateway: %j', (variables, message) => {
    expect(sync({ parent: gateway({ env: variables }) }).conditions['Accepted']?.message).toBe(message);
  });

  it.each([
    {},
    { configMapRef: {} },
    { configMapRef: { name: 'Not Valid' } },
    { prefix: '=', configMapRef: { name: 'a' } },
    { configMapRef: { name: 'a' }, secretRef: { name: 'b' } },
    { prefix: '1', configMapRef: { name: 'a' } },
    { prefix: '..', secretRef: { name: 'a' } },
    { prefix: 5, secretRef: { name: 'a' } },
    { prefix: 'A_' },
    { secretRef: { name: '' } },
    { secretRef: { name: 5 } },
    { secretRef: { name: 'a', optional: 'yes' } },
    { secretRef: 'a' },
    'a',
    null,
  ])('leaves out the source %j and reports it in a condition', (source) => {
    const { pod, conditions } = sync({ parent: gateway({ envFrom: [source] }) });
    expect(pod.spec.containers[0].envFrom).toBeUndefined();
    expect(conditions['Accepted']?.reason).toBe('EnvironmentRefused');
    expect(conditions['Accepted']?.message).toMatch(/^spec\.envFrom\[0\]/);
  });
});
