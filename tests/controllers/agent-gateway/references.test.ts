import { describe, expect, it } from 'vitest';
import { gateway, type KubernetesObject, sync } from '../../support/gateways.ts';

const configMap = (name: string, data: object, more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'team' },
  data,
  ...more,
});
const secret = (name: string, data: object): KubernetesObject => ({ ...configMap(name, data), kind: 'Secret' });

describe('the hashes of ConfigMaps and Secrets that the pods read', () => {
  const withEnv = gateway({
    env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'one', key: 'used' } } }],
    envFrom: [
      { configMapRef: { name: 'two' } },
      { secretRef: { name: 'three' } },
      { configMapRef: { name: 'four', optional: true } },
    ],
  });
  const hashes = (related: readonly KubernetesObject[], settings = {}) =>
    sync({ parent: withEnv, related, settings }).pod.metadata.annotations as Record<string, string>;
  const name = (kind: string, object: string) => `runtime.agentic-layer.ai/${kind}-${object}-hash`;
  const KEY = { REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt' };

  it('change if the pods use the changed value, and otherwise not (D17)', () => {
    const before = hashes([configMap('one', { used: '1', other: '1' }), configMap('two', { ab: 'c' })]);
    const after = hashes([configMap('one', { used: '1', other: '2' }), configMap('two', { a: 'bc' })]);
    expect(after[name('ConfigMap', 'one')]).toBe(before[name('ConfigMap', 'one')]);
    expect(after[name('ConfigMap', 'two')]).not.toBe(before[name('ConfigMap', 'two')]);
    expect(hashes([configMap('one', { used: '2' })])[name('ConfigMap', 'one')]).not.toBe(
      before[name('ConfigMap', 'one')],
    );
    const binary = hashes([configMap('two', {}, { binaryData: { ab: 'c' } })]);
    expect(binary[name('ConfigMap', 'two')]).not.toBe(before[name('ConfigMap', 'two')]);
  });

  it('cover Secrets only if there is a key to hash them with', () => {
    const three = secret('three', { password: 'c2VjcmV0' });
    expect(hashes([three])[name('Secret', 'three')]).toBeUndefined();
    const keyed = hashes([three], KEY)[name('Secret', 'three')];
    expect(keyed).toMatch(/^[0-9a-f]{16}$/);
    expect(keyed).not.toBe(hashes([configMap('two', { password: 'c2VjcmV0' })])[name('ConfigMap', 'two')]);
  });

  it('differ for Secrets with the same content, so that nobody can see that they are equal', () => {
    const parent = gateway({ envFrom: [{ secretRef: { name: 'a' } }, { secretRef: { name: 'b' } }] });
    const related = [secret('a', { password: 'eA==' }), secret('b', { password: 'eA==' })];
    const { annotations } = sync({ parent, related, settings: KEY }).pod.metadata;
    expect(annotations[name('Secret', 'a')]).not.toBe(annotations[name('Secret', 'b')]);
  });

  it('cover an object that lacks an optional key, and the status names a required key that is missing', () => {
    const ref = (key: string, optional: boolean) => ({
      name: key,
      valueFrom: { configMapKeyRef: { name: 'one', key, optional } },
    });
    const answer = (env: object[], data: object, envFrom: object[] = []) =>
      sync({ parent: gateway({ env, envFrom }), related: [configMap('one', data)] });
    const optional = [ref('a', false), ref('b', true)];
    const hashOf = (data: object) => answer(optional, data).pod.metadata.annotations[name('ConfigMap', 'one')];
    expect(answer(optional, { a: '1' }).conditions['ResolvedRefs']?.status).toBe('True');
    expect(new Set([hashOf({ a: '1' }), hashOf({ a: '2' }), hashOf({ a: '1', b: '' })]).size).toBe(3);
    const required = answer([ref('b', false)], { a: '1' }, [{ configMapRef: { name: 'one' } }]);
    expect(required.conditions['ResolvedRefs']?.message).toBe('not found: key b of ConfigMap one');
  });

  it.each(['constructor', 'toString', '__proto__'])('do not take what every object has for a key: %s', (key) => {
    const kinds = ['configMapKeyRef', 'secretKeyRef'];
    const env = kinds.map((kind, index) => ({ name: `V${index}`, valueFrom: { [kind]: { name: 'one', key } } }));
    const answer = (data: object) =>
      sync({ parent: gateway({ env }), related: [configMap('one', data), secret('one', data)], settings: KEY });
    expect(answer({ a: '1' }).conditions['ResolvedRefs']?.message).toBe(
      `not found: key ${key} of ConfigMap one, key ${key} of Secret one`,
    );
    expect(answer(JSON.parse(`{"${key}":"1"}`)).conditions['ResolvedRefs']?.status).toBe('True');
  });

  it('do not cover the gateway’s own ConfigMap', () => {
    const parent = gateway({ envFrom: [{ configMapRef: { name: 'gw-krakend-config' } }] });
    const own = configMap(
      'gw-krakend-config',
      { 'krakend.json': '{}' },
      {
        metadata: {
          name: 'gw-krakend-config',
          namespace: 'team',
          ownerReferences: [{ uid: 'uid-of-gw', controller: true }],
        },
      },
    );
    expect(Object.keys(sync({ parent, related: [own] }).pod.metadata.annotations)).toEqual([
      'runtime.agentic-layer.ai/config-hash',
    ]);
  });

  it('are missing for objects that do not exist, which the status names unless they are optional', () => {
    const message = (settings = {}) => sync({ parent: withEnv, settings }).conditions['ResolvedRefs'];
    expect(message()).toMatchObject({
      status: 'False',
      reason: 'RefNotFound',
      message: 'not found: ConfigMap one, ConfigMap two',
    });
    expect(message(KEY)?.message).toBe('not found: ConfigMap one, ConfigMap two, Secret three');
  });

  it('have valid annotation names (D10)', () => {
    const long = 'x'.repeat(253);
    const parent = gateway({
      envFrom: [{ configMapRef: { name: long } }, { configMapRef: { name: `${long.slice(1)}y` } }],
    });
    const related = [configMap(long, {}), configMap(`${long.slice(1)}y`, {})];
    const names = Object.keys(sync({ parent, related }).pod.metadata.annotations);
    expect(names.filter((key) => key.includes('/ConfigMap-'))).toHaveLength(2);
    expect(names.filter((key) => (key.split('/')[1] ?? '').length > 63)).toEqual([]);
  });
});

describe('a variable that a gateway does not get', () => {
  it.each([
    { name: 'KRAKEND_PORT', valueFrom: { configMapKeyRef: { name: 'missing', key: 'port' } } },
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'missing', key: '..' } } },
  ])('refers to nothing: %j', (variable) => {
    const { conditions, pod } = sync({ parent: gateway({ env: [variable] }) });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'EnvironmentRefused' });
    expect(conditions['ResolvedRefs']).toMatchObject({ status: 'True' });
    expect(Object.keys(pod.metadata.annotations).filter((key) => key.includes('missing'))).toEqual([]);
  });
});
