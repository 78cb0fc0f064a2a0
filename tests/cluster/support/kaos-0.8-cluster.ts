import type { Manifest } from '../../support/helm.ts';

const resource = (kind: string, name: string, spec: object): Manifest => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind,
  metadata: { namespace: 'support', name },
  spec,
});
const model = { modelAPI: 'provider', model: 'openai/gpt-4o' };
const models = { summarization: model, embedding: model };

const PROVIDER = resource('ModelAPI', 'provider', { mode: 'Proxy', proxyConfig: { models: ['openai/gpt-4o'] } });

/** An Agent with its memory in a store of several pods, and with a variable that KAOS writes too. */
export const DESK = resource('Agent', 'desk', {
  ...model,
  mcpServers: ['orders'],
  agentNetwork: { access: ['researcher'] },
  config: { description: 'Answers customers', memory: { memoryStore: 'shared' } },
  container: {
    env: ['FIRST', 'SECOND', 'LOG_LEVEL'].map((name) => ({ name, value: 'x' })),
  },
});
const RESEARCHER = resource('Agent', 'researcher', {
  ...model,
  config: { systemPrompt: 'You look things up.' },
});

export const SHARED = resource('MemoryStore', 'shared', {
  storage: { type: 'external', external: { connectionSecretRef: { name: 'db', key: 'dsn' } } },
  models,
});

/** Its pods do not start here, because no volume is provided. */
export const NOTES = resource('MemoryStore', 'notes', { storage: { type: 'local' }, models });

/** The resources whose pods start. */
export const RUNNING: readonly Manifest[] = [
  PROVIDER,
  resource('ModelAPI', 'local', { mode: 'Hosted', hostedConfig: { model: 'llama3.2:3b' } }),
  resource('MCPServer', 'orders', { runtime: 'custom', container: { image: 'example/orders:1' } }),
  SHARED,
  DESK,
  RESEARCHER,
];

export const RESOURCES_0_8: readonly Manifest[] = [...RUNNING, NOTES];
