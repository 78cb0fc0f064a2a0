import fc from 'fast-check';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, mcpServer, memoryStore, modelApi, ready, registry } from '../../support/kaos.ts';
import { mostly } from '../../support/mostly.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '__proto__', '$(A)', 'a\nb: c', '*'),
);
const some = <Fields extends Record<string, fc.Arbitrary<unknown>>>(fields: Fields) =>
  fc.record(fields, { requiredKeys: [] });
const one = <Value>(...values: Value[]) => fc.constantFrom(...values);
/** Rarely wrong: a resource has about ten of these, and a wrong one may leave it without a Deployment. */
const usually = <Value>(right: fc.Arbitrary<Value>) => mostly(right, text, 15);
const word = usually(one('a', 'b-c', 'openai'));
const selector = fc.record({ name: word, key: word });

const variableName = fc.oneof(one('A', 'LOG_LEVEL', 'MODEL_NAME', 'OLLAMA_PULL_MODEL'), text);
const variable = mostly(
  fc.oneof(
    fc.record({ name: variableName, value: text }, { requiredKeys: ['name'] }),
    fc.record({ name: variableName, valueFrom: fc.record({ secretKeyRef: selector }) }),
  ),
  fc.record({ name: variableName, value: text, valueFrom: some({ secretKeyRef: selector }) }),
  15,
);
const amounts = fc.dictionary(usually(one('cpu', 'memory')), usually(one('1', '500m', '2Gi')), { maxKeys: 2 });

const container = some({
  image: text,
  command: fc.array(text, { maxLength: 2 }),
  args: fc.array(text, { maxLength: 2 }),
  resources: some({ limits: amounts }),
  env: fc.array(variable, { maxLength: 4 }),
});
const podSpec = mostly(
  some({
    containers: fc.array(fc.record({ name: one('agent', 'model-api', 'mcp-server', 'x'), image: text }), {
      maxLength: 2,
    }),
    nodeSelector: fc.dictionary(text, text, { maxKeys: 2 }),
    volumes: fc.array(fc.record({ name: word, emptyDir: fc.constant({}) }), { maxLength: 2 }),
    tolerations: mostly(fc.constant<unknown>([]), one<unknown>([null], null), 7),
  }),
  fc.jsonValue(),
  7,
);
const telemetry = some({ enabled: fc.boolean(), endpoint: text });
const common = { container, podSpec };
const peers = fc.array(fc.oneof(one('calc', 'helper', 'gone'), text), { maxLength: 3 });
const servers = fc.array(mostly(fc.constant('calc'), fc.oneof(fc.constant('gone'), text), 7), { maxLength: 2 });

const memory = some({
  type: usually(one('local', 'remote')),
  memoryStore: usually(one('notes', 'gone')),
  maxReadScope: mostly(fc.constant('session'), one('agent', 'user'), 7),
  tools: text,
  clientParams: some({ tokenBudget: fc.nat(), rollingSummary: fc.boolean() }),
  maxSessions: fc.nat(),
});

const agentSpec = fc
  .tuple(
    fc.record({ modelAPI: usually(fc.constant('llm')), model: usually(fc.constant('openai/x')) }),
    some({
      ...common,
      mcpServers: servers,
      agentNetwork: some({ expose: fc.boolean(), access: peers }),
      config: some({
        description: text,
        instructions: text,
        systemPrompt: text,
        toolCallMode: text,
        autonomous: some({ goal: text, intervalSeconds: fc.nat() }),
        taskConfig: some({ maxToolCalls: fc.nat() }),
        memory,
        telemetry,
      }),
      waitForDependencies: fc.boolean(),
    }),
  )
  .map(([required, optional]) => agent({ ...required, ...optional }));

const configYaml = some({ fromString: mostly(one('model_list: []', '{}'), text, 7), fromSecretKeyRef: selector });
const proxyConfig = fc.record(
  {
    models: fc.array(text, { minLength: 1, maxLength: 3 }),
    provider: text,
    apiBase: text,
    apiKey: some({ value: text, valueFrom: some({ secretKeyRef: selector, configMapKeyRef: selector }) }),
    configYaml,
  },
  { requiredKeys: ['models'] },
);
const hostedConfig = fc.record({ model: text });
const modelApiSpec = fc
  .tuple(
    mostly(
      fc.oneof(
        fc.record({ mode: fc.constant('Proxy'), proxyConfig }),
        fc.record({ mode: fc.constant('Hosted'), hostedConfig }),
      ),
      fc.record({ mode: one('Proxy', 'Hosted') }),
      15,
    ),
    some({ ...common, telemetry }),
  )
  .map(([mode, optional]) => ({ ...modelApi(), spec: { ...mode, ...optional } }));

const mcpServerSpec = fc
  .tuple(
    usually(one('custom', 'python-string', 'slack')),
    some({ ...common, params: text, serviceAccountName: usually(one('', 'runner')), telemetry }),
  )
  .map(([runtime, optional]) => ({ ...mcpServer(), spec: { runtime, ...optional } }));

const storage = mostly(
  fc.oneof(
    fc.record({
      type: fc.constant('local'),
      local: some({ collection: text, persistentVolume: some({ size: one('1Gi', '20Gi') }) }),
    }),
    fc.record({
      type: fc.constant('external'),
      external: fc.record({ connectionSecretRef: selector, collection: text }),
    }),
  ),
  fc.record({ type: one('local', 'external'), local: some({ persistentVolume: some({ size: text }) }) }),
  15,
);
const memoryStoreSpec = fc
  .tuple(
    storage,
    some({
      container,
      telemetry,
      replicas: fc.nat({ max: 3 }),
      shortTerm: some({ tokenBudget: fc.nat() }),
      longTerm: some({ enabled: fc.boolean(), extraction: some({ systemPrompt: text }) }),
      defaultFailureMode: text,
    }),
  )
  .map(([where, optional]) => memoryStore({ storage: where, ...optional }));

const metadata = mostly(
  some({ name: one('lead', 'llm', 'a-1') }),
  some({
    name: text.filter((name) => name !== ''),
    deletionTimestamp: text,
    finalizers: fc.array(text, { maxLength: 2 }),
  }),
  15,
);

/** A resource of one of the kinds, with anything that its schema allows. Most get a Deployment. */
export const parent: fc.Arbitrary<KubernetesObject> = fc
  .tuple(
    fc.oneof(agentSpec, modelApiSpec, mcpServerSpec, memoryStoreSpec),
    metadata,
    fc.oneof(fc.constant(undefined), fc.record({ conditions: fc.array(fc.jsonValue(), { maxLength: 2 }) })),
  )
  .map(([made, more, status]) => ({
    ...made,
    metadata: { ...made.metadata, ...more },
    ...(status && { status }),
  }));

const KINDS = [
  'v1 ConfigMap',
  'v1 Service',
  'v1 ServiceAccount',
  'v1 PersistentVolumeClaim',
  'apps/v1 Deployment',
  'kaos.tools/v1alpha1 Agent',
  'kaos.tools/v1alpha1 ModelAPI',
  'kaos.tools/v1alpha1 MCPServer',
  'kaos.tools/v1alpha1 MemoryStore',
  'gateway.networking.k8s.io/v1 HTTPRoute',
  'gateway.networking.k8s.io/v1 Gateway',
];
/** Objects of all kinds that the controllers read, with random content. */
export const anything = fc
  .tuple(
    fc.constantFrom(...KINDS),
    fc.constantFrom('agent-lead', 'kaos-agent-lead', 'modelapi-llm', 'memorystore-notes-data', 'llm', 'helper', 'x'),
    fc.jsonValue(),
    fc.jsonValue(),
  )
  .map(([type, name, spec, status]) => {
    const [apiVersion = '', kind = ''] = type.split(' ');
    return { apiVersion, kind, metadata: { name, namespace: 'team' }, spec, status } as KubernetesObject;
  });

const DEPENDENCIES = [
  ready(modelApi()),
  ready(mcpServer()),
  ready(agent(), 'helper'),
  ready(memoryStore()),
  ready(modelApi(), 'llm2', false),
  registry(),
];
/** Some of the objects that a resource may refer to. */
export const someDependencies = fc.subarray(DEPENDENCIES);
/** In most cases all of them. */
export const dependencies = mostly(fc.constant(DEPENDENCIES), someDependencies);
export const settings = fc.constantFrom<Record<string, string>[]>(
  {},
  GATEWAY_ON,
  { ...GATEWAY_ON, GATEWAY_API_INTERNAL_ROUTING: 'true', GATEWAY_ADDRESS: 'http://gw' },
  { SECURITY_AGENT_AUTH_IDENTITY_PROVIDER: 'serviceaccount' },
  { DEFAULT_AGENT_IMAGE: '', DEFAULT_LITELLM_IMAGE: '', DEFAULT_TELEMETRY_ENABLED: 'true' },
);
