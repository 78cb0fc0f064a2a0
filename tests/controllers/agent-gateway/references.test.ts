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

describe('hashes of what the pods read', () => {
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

  it('change with what is used of an object, and with nothing else (D17)', () => {
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

  it('of Secrets need a key, and without one Secrets are not asked for', () => {
    const three = secret('three', { password: 'c2VjcmV0' });
    expect(hashes([three])[name('Secret', 'three')]).toBeUndefined();
    const keyed = hashes([three], KEY)[name('Secret', 'three')];
    expect(keyed).toMatch(/^[0-9a-f]{16}$/);
    expect(keyed).not.toBe(hashes([configMap('two', { password: 'c2VjcmV0' })])[name('ConfigMap', 'two')]);
  });

  it('say in the status what is not there, unless it is optional', () => {
    const message = (settings = {}) => sync({ parent: withEnv, settings }).conditions['ResolvedRefs'];
    expect(message()).toMatchObject({
      status: 'False',
      reason: 'RefNotFound',
      message: 'not found: ConfigMap one, ConfigMap two',
    });
    expect(message(KEY)?.message).toBe('not found: ConfigMap one, ConfigMap two, Secret three');
  });

  it('have valid names (D10)', () => {
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
