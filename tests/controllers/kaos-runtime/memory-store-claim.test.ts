import { describe, expect, it } from 'vitest';
import { child, type KubernetesObject } from '../../support/gateways.ts';
import { memoryStore, modelApi, observed, ready, type Scene, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const EXTERNAL = { type: 'external', external: { connectionSecretRef: { name: 'db', key: 'dsn' } } };
const sized = (size: string) => ({ type: 'local', local: { persistentVolume: { size } } });
const claimOf = (children: readonly KubernetesObject[]) => child(children, 'PersistentVolumeClaim');

/** The children of a running store as the cluster has them: its claim is bound, and somebody has enlarged it. */
function running(): readonly KubernetesObject[] {
  const { children } = sync({ parent: memoryStore(), related: [LLM] });
  return observed(children).map((found) => (found.kind === 'PersistentVolumeClaim' ? bound(found) : found));
}

function bound(claim: KubernetesObject): KubernetesObject {
  const annotations = { 'metacontroller.k8s.io/last-applied-configuration': JSON.stringify(claimOf([claim])) };
  return {
    ...claim,
    metadata: { ...claim.metadata, annotations },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '20Gi' } },
      storageClassName: 'fast',
      volumeMode: 'Filesystem',
      volumeName: 'pvc-1',
    },
    status: { phase: 'Bound' },
  };
}

describe('the claim of a MemoryStore', () => {
  it.each<[string, Partial<Scene>]>([
    ['nothing', {}],
    ['another size', { parent: memoryStore({ storage: sized('1Gi') }) }],
    ['a size that is not valid', { parent: memoryStore({ storage: sized('big') }) }],
    ['external storage', { parent: memoryStore({ storage: EXTERNAL }) }],
    ['external storage without a connection', { parent: memoryStore({ storage: { type: 'external' } }) }],
    ['no storage', { parent: memoryStore({ storage: undefined }) }],
    ['no models', { parent: memoryStore({ models: undefined }) }],
    ['more pods', { parent: memoryStore({ replicas: 3 }) }],
    ['a missing ModelAPI', { related: [] }],
    ['a ModelAPI that is not ready', { related: [ready(modelApi(), 'llm', false)] }],
    ['no image', { settings: { DEFAULT_MEMORY_SERVICE_IMAGE: '' } }],
    ['a spec that is too large', { parent: memoryStore({ engine: 'x'.repeat(1_000_000) }) }],
    ['a deletion', { parent: memoryStore({}, { deletionTimestamp: '2026-06-01T00:00:00Z' }) }],
    ['the last call before it goes', { finalizing: true }],
  ])('stays as it is after a change to %s', (_what, change) => {
    const children = running();
    const after = sync({ parent: memoryStore(), related: [LLM], children, ...change });
    expect(claimOf(after.children)).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'memorystore-notes-data',
        namespace: 'team',
        labels: { app: 'memorystore', memorystore: 'notes' },
      },
      spec: claimOf(children)?.['spec'],
    });
  });

  it('goes with its owner, as in KAOS: no answer has a finalizer or an owner of its own', () => {
    const { children } = sync({ parent: memoryStore(), related: [LLM], children: running() });
    expect(children).toHaveLength(3);
    for (const { metadata } of children) {
      expect(Object.keys(metadata).sort()).toEqual(['labels', 'name', 'namespace']);
    }
  });

  it('that the KAOS operator made keeps its spec, too', () => {
    const made = running().map((found) => {
      const { ownerReferences: _owners, ...metadata } = found.metadata as KubernetesObject['metadata'] & object;
      return { ...found, metadata: { ...metadata, labels: { app: 'memorystore', memorystore: 'notes' } } };
    });
    const { children } = sync({ parent: memoryStore(), related: [LLM, ...(made as KubernetesObject[])] });
    expect(claimOf(children)?.['spec']).toEqual(claimOf(running())?.['spec']);
  });

  it('is not taken from another owner', () => {
    const foreign = claimOf(running()) as KubernetesObject;
    const metadata = { name: foreign.metadata.name, namespace: 'team' };
    const { children, status } = sync({ parent: memoryStore(), related: [LLM, { ...foreign, metadata }] });
    expect(children).toEqual([]);
    expect(status.message).toContain('PersistentVolumeClaim team/memorystore-notes-data already exists');
  });

  it('has 5Gi by default, and the status tells of a size that it does not have', () => {
    const first = sync({ parent: memoryStore(), related: [LLM] });
    expect(claimOf(first.children)?.['spec']).toEqual({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '5Gi' } },
    });
    expect(first.conditions['Accepted']?.status).toBe('True');
    const { conditions } = sync({ parent: memoryStore(), related: [LLM], children: running() });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NoEffect' });
    expect(conditions['Accepted']?.message).toContain(
      'spec.storage.local.persistentVolume.size: "5Gi" is not used, because the PersistentVolumeClaim exists and keeps its 20Gi',
    );
    const same = sync({ parent: memoryStore({ storage: sized('20480Mi') }), related: [LLM], children: running() });
    expect(same.conditions['Accepted']?.status).toBe('True');
  });

  it('is not made for external storage', () => {
    const { kinds, pod } = sync({ parent: memoryStore({ storage: EXTERNAL }), related: [LLM] });
    expect(kinds).toEqual(['Deployment', 'PodDisruptionBudget', 'Service']);
    expect(pod).not.toHaveProperty('volumes');
  });
});
