import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, memoryStore, modelApi, observed, ready, related, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const NOTES = ready(memoryStore());
const warmingUp = (spec = {}) => ready(memoryStore(spec), 'notes', false);
const ENDPOINT = 'http://memorystore-notes.team.svc.cluster.local:8080';

function remembering(memory: object, more: object = {}): KubernetesObject {
  return agent({ config: { memory }, ...more });
}

const BOUND = remembering({ memoryStore: 'notes' });

const WITHOUT_STORE = 'has no effect without memoryStore; set spec.config.memory.memoryStore, or remove the field';

describe('the memory of an Agent', () => {
  it('has no variables unless the Agent configures it, and then those of KAOS 0.8', () => {
    const { env, conditions, status } = sync({ parent: agent({ config: {} }), related: [LLM] });
    expect(Object.keys(env).filter((name) => /^MEMORY_|^AGENT_IDENTITY$/.test(name))).toEqual([]);
    expect(conditions).not.toHaveProperty('MemoryDegraded');
    expect(status.linkedResources).toEqual({ modelapi: 'llm' });
    const own = sync({ parent: remembering({}), related: [LLM] });
    expect(own.names.filter((name) => name.startsWith('MEMORY_'))).toEqual([
      'MEMORY_ENABLED',
      'MEMORY_TYPE',
      'MEMORY_MAX_READ_SCOPE',
    ]);
    expect(own.env).toMatchObject({ MEMORY_ENABLED: 'true', MEMORY_TYPE: 'local', MEMORY_MAX_READ_SCOPE: 'session' });
    expect(own.conditions['MemoryDegraded']).toMatchObject({ status: 'False', reason: 'MemoryHealthy' });
  });

  it('KAOS 0.8, rows 5 and 11: is in the MemoryStore that it names', () => {
    const { env, conditions, status } = sync({ parent: BOUND, related: [LLM, NOTES] });
    expect(env).toMatchObject({ MEMORY_TYPE: 'remote', MEMORY_STORE_ENDPOINT: ENDPOINT });
    expect(conditions['MemoryDegraded']).toMatchObject({
      status: 'False',
      reason: 'MemoryHealthy',
      message: 'MemoryStore notes is ready',
    });
    expect(status.linkedResources).toEqual({ modelapi: 'llm', memorystore: 'notes' });
  });

  it('is reached through the Gateway if other calls are', () => {
    const settings = { ...GATEWAY_ON, GATEWAY_API_INTERNAL_ROUTING: 'true', GATEWAY_ADDRESS: 'http://gw' };
    const { env } = sync({ parent: BOUND, related: [LLM, NOTES], settings });
    expect(env['MEMORY_STORE_ENDPOINT']).toBe('http://gw/team/memorystore/notes');
  });

  it('is looked for in its own namespace, and only if the Agent names a store', () => {
    const rule = { apiVersion: 'kaos.tools/v1alpha1', resource: 'memorystores', namespace: 'team', names: ['notes'] };
    const asked = (parent: KubernetesObject) => related(parent).filter(({ resource }) => resource === 'memorystores');
    expect(asked(BOUND)).toEqual([rule]);
    expect(asked(remembering({}))).toEqual([]);
    expect(asked(remembering({ type: 'local', memoryStore: 'notes' }))).toEqual([]);
    const elsewhere = { ...NOTES, metadata: { ...NOTES.metadata, namespace: 'other' } };
    expect(sync({ parent: BOUND, related: [LLM, elsewhere] }).status.message).toBe('MemoryStore notes not found');
  });

  it('is not looked for in a cluster without the kind, and the Agent says what is missing', () => {
    const settings = { KAOS_RUNTIME_HAS_MEMORY_STORES: 'false' };
    expect(related(BOUND, settings).map(({ resource }) => resource)).not.toContain('memorystores');
    const message = expect.stringMatching(/^MemoryStore notes not found, because the cluster does not have the kind; /);
    const { status, conditions, kinds } = sync({ parent: BOUND, related: [LLM], settings });
    expect({ ...status, kinds }).toMatchObject({ phase: 'Waiting', message, kinds: [] });
    expect(conditions).toMatchObject({ ResolvedRefs: { status: 'False', reason: 'RefNotFound', message } });
    expect(conditions).toMatchObject({ MemoryDegraded: { status: 'True', message } });
  });

  it.each<[string, object, KubernetesObject, string]>([
    ['that of the store', {}, ready(memoryStore({ maxReadScope: 'user' })), 'user'],
    ['agent for a store that sets none', {}, NOTES, 'agent'],
    ['agent for a store that leaves it empty', {}, ready(memoryStore({ maxReadScope: '' })), 'agent'],
    ['its own', { maxReadScope: 'session' }, NOTES, 'session'],
    ['its own, up to that of the store', { maxReadScope: 'agent' }, NOTES, 'agent'],
  ])('can be read in the scope: %s', (_which, memory, store, scope) => {
    const parent = remembering({ memoryStore: 'notes', ...memory });
    expect(sync({ parent, related: [LLM, store] }).env['MEMORY_MAX_READ_SCOPE']).toBe(scope);
  });

  it.each<[string, object, KubernetesObject, string]>([
    [
      'is wider than that of the store',
      { maxReadScope: 'agent' },
      ready(memoryStore({ maxReadScope: 'session' })),
      'config.memory.maxReadScope "agent" exceeds MemoryStore "notes" maxReadScope "session"',
    ],
    [
      'needs users, whom nobody verifies',
      { maxReadScope: 'user' },
      ready(memoryStore({ maxReadScope: 'user' })),
      'config.memory.maxReadScope references user scope, but cluster security posture has no user identity',
    ],
  ])('fails the Agent if its scope %s, as in KAOS', (_why, memory, store, message) => {
    const parent = remembering({ memoryStore: 'notes', ...memory });
    const { status, conditions, kinds } = sync({ parent, related: [LLM, store] });
    expect({ phase: status.phase, message: status.message, kinds }).toEqual({ phase: 'Failed', message, kinds: [] });
    const failed = { status: 'False', reason: 'InvalidMemoryReadScope', message };
    expect(conditions).toMatchObject({ Accepted: failed, Ready: failed });
  });

  it.each([
    ['none', []],
    ['agents', ['MEMORY_REQUIRE_AGENT_IDENTITY']],
    ['users', ['MEMORY_REQUIRE_PRINCIPAL', 'MEMORY_REQUIRE_AGENT_IDENTITY']],
  ])('requires what a policy at the Gateway verifies: %s', (callers, required) => {
    const settings = { KAOS_RUNTIME_VERIFIED_CALLERS: callers };
    const { names, env } = sync({ parent: BOUND, related: [LLM, NOTES], settings });
    expect(names.filter((name) => name.startsWith('MEMORY_REQUIRE_'))).toEqual(required);
    expect(required.map((name) => env[name])).toEqual(required.map(() => 'true'));
    expect(sync({ parent: agent(), related: [LLM], settings }).names.join()).not.toContain('MEMORY_');
  });

  it('can be read by user if users are verified', () => {
    const parent = remembering({ memoryStore: 'notes', maxReadScope: 'user' });
    const store = ready(memoryStore({ maxReadScope: 'user' }));
    const scope = (callers: string) =>
      sync({ parent, related: [LLM, store], settings: { KAOS_RUNTIME_VERIFIED_CALLERS: callers } }).env[
        'MEMORY_MAX_READ_SCOPE'
      ];
    expect([scope('agents'), scope('users')]).toEqual([undefined, 'user']);
  });

  it.each([
    [{ type: 'remote' }, `spec.config.memory.type: "remote" ${WITHOUT_STORE}`],
    [{ type: 'local', memoryStore: 'notes' }, 'spec.config.memory.memoryStore: "notes" has no effect'],
    [{ tools: 'read' }, `spec.config.memory.tools: "read" ${WITHOUT_STORE}`],
    [{ maxReadScope: 'agent' }, `spec.config.memory.maxReadScope: "agent" ${WITHOUT_STORE}`],
    [{ maxReadScope: 'user' }, `spec.config.memory.maxReadScope: "user" ${WITHOUT_STORE}`],
  ])('with %j tells what has no effect', (memory, message) => {
    const settings = { KAOS_RUNTIME_VERIFIED_CALLERS: 'users' };
    const { conditions, kinds, names } = sync({ parent: remembering(memory), related: [LLM, NOTES], settings });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NoMemoryStore' });
    expect(conditions['Accepted']?.message).toContain(message);
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(names).not.toContain('MEMORY_STORE_ENDPOINT');
  });
});

describe.each([
  ['does not exist', () => [LLM], 'MemoryStore notes not found', 'session'],
  ['is not ready', (spec = {}) => [LLM, warmingUp(spec)], 'MemoryStore notes is not ready', 'agent'],
])('an Agent whose MemoryStore %s', (_how, dependencies, message, readable) => {
  const degraded = { status: 'True', reason: 'MemoryStoreNotReady', message };

  it('waits if it has no Deployment yet', () => {
    const { status, conditions, kinds } = sync({ parent: BOUND, related: dependencies() });
    expect({ phase: status.phase, ready: status.ready, message: status.message, kinds }).toEqual({
      phase: 'Waiting',
      ready: false,
      message,
      kinds: [],
    });
    expect(conditions['MemoryDegraded']).toMatchObject(degraded);
  });

  it.each([{}, { maxReadScope: 'user' }])(
    'KAOS 0.8, row 11: keeps its pods as they are if it has some, for a store with %j',
    (spec) => {
      const before = sync({ parent: BOUND, related: [LLM, ready(memoryStore(spec))] });
      const children = observed(before.children);
      const { status, conditions, deployment } = sync({ parent: BOUND, related: dependencies(spec), children });
      expect(status).toMatchObject({ phase: 'Ready', ready: true });
      expect(conditions['MemoryDegraded']).toMatchObject(degraded);
      expect(deployment).toEqual(before.deployment);
    },
  );

  it('starts with the address of the store if it waits for nothing', () => {
    const parent = remembering({ memoryStore: 'notes' }, { waitForDependencies: false });
    const { env, conditions } = sync({ parent, related: dependencies() });
    expect(env).toMatchObject({ MEMORY_STORE_ENDPOINT: ENDPOINT, MEMORY_MAX_READ_SCOPE: readable });
    expect(conditions['MemoryDegraded']).toMatchObject(degraded);
  });
});

it('an Agent that changes to a store that does not exist reads no more than its sessions there', () => {
  const children = observed(sync({ parent: BOUND, related: [LLM, NOTES] }).children);
  const parent = remembering({ memoryStore: 'others' });
  expect(sync({ parent, related: [LLM, NOTES], children }).env).toMatchObject({
    MEMORY_STORE_ENDPOINT: ENDPOINT.replace('notes', 'others'),
    MEMORY_MAX_READ_SCOPE: 'session',
  });
});

it('an Agent whose store has no valid name gets no address, which would lead elsewhere', () => {
  const parent = remembering({ memoryStore: 'x.example.com/#' }, { waitForDependencies: false });
  expect(sync({ parent, related: [LLM] }).names).not.toContain('MEMORY_STORE_ENDPOINT');
});

it('an Agent with all kinds of missing references names them all', () => {
  const parent = remembering({ memoryStore: 'gone' }, { mcpServers: ['no-tools'] });
  const { status, conditions, reply } = sync({ parent, related: [] });
  expect(conditions['ResolvedRefs']?.message).toBe(
    'ModelAPI llm not found; MCPServer no-tools not found; MemoryStore gone not found',
  );
  expect(status.message).toBe('ModelAPI llm not found');
  expect(reply.problems).toMatchObject([{ reason: 'RuntimeProblem', message: 'ModelAPI llm not found' }]);
});
