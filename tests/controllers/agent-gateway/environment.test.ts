import { describe, expect, it } from 'vitest';
import { gateway, sync } from '../../support/gateways.ts';

const container = (scene: Parameters<typeof sync>[0]) => sync(scene).pod.spec.containers[0];

describe('the environment (D21)', () => {
  const env = (variables: object[], more: object = {}) => container({ parent: gateway({ env: variables, ...more }) });

  it('is FC_ENABLE, then the user’s, each name once, the last one', () => {
    const { env: answered } = env([
      { name: 'A', value: '1' },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'A', value: '2' },
      { name: 'EMPTY', value: '' },
    ]);
    expect(answered).toEqual([
      { name: 'FC_ENABLE', value: '1' },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'A', value: '2' },
      { name: 'EMPTY' },
    ]);
  });

  it('lets defaults be overridden', () => {
    expect(env([{ name: 'FC_ENABLE', value: 'yes' }]).env).toEqual([{ name: 'FC_ENABLE', value: 'yes' }]);
  });

  it('has the port where a ConfigMap or Secret could bring another', () => {
    const { env: answered, envFrom } = env([], {
      envFrom: [{ prefix: '', configMapRef: { name: 'x' } }, { secretRef: { name: 'y' } }],
    });
    expect(answered).toEqual([
      { name: 'FC_ENABLE', value: '1' },
      { name: 'KRAKEND_PORT', value: '8080' },
      { name: 'TMPDIR', value: '/tmp' },
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
  ])('refuses %j with a condition', (variable) => {
    const { pod, conditions } = sync({ parent: gateway({ env: [variable] }) });
    expect(pod.spec.containers[0].env).toEqual([{ name: 'FC_ENABLE', value: '1' }]);
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'EnvironmentRefused' });
  });

  it.each([
    {},
    { configMapRef: {} },
    { configMapRef: { name: 'Not Valid' } },
    { prefix: '=', configMapRef: { name: 'a' } },
    { configMapRef: { name: 'a' }, secretRef: { name: 'b' } },
  ])('refuses a source of %j with a condition', (source) => {
    const { pod, conditions } = sync({ parent: gateway({ envFrom: [source] }) });
    expect({ envFrom: pod.spec.containers[0].envFrom, accepted: conditions['Accepted']?.reason }).toEqual({
      envFrom: undefined,
      accepted: 'EnvironmentRefused',
    });
  });
});
