import fc from 'fast-check';
import type { KubernetesObject } from '../../support/gateways.ts';
import { agent, GATEWAY_ON, mcpServer, modelApi, ready, registry } from '../../support/kaos.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '__proto__', '$(A)', 'a\nb: c', '*'),
);
const some = <Fields extends Record<string, fc.Arbitrary<unknown>>>(fields: Fields) =>
  fc.record(fields, { requiredKeys: [] });
const selector = fc.record({ name: text, key: text }, { requiredKeys: ['key'] });

const container = some({
  image: text,
  command: fc.array(text, { maxLength: 2 }),
  args: fc.array(text, { maxLength: 2 }),
  resources: some({ limits: fc.dictionary(text, text, { maxKeys: 2 }) }),
  env: fc.array(
    fc.record(
      {
        name: fc.oneof(text, fc.constantFrom('A', 'LOG_LEVEL', 'MODEL_NAME', 'OLLAMA_PULL_MODEL')),
        value: text,
        valueFrom: some({ secretKeyRef: selector }),
      },
      { requiredKeys: ['name'] },
    ),
    { maxLength: 4 },
  ),
});
const podSpec = fc.oneof(
  fc.jsonValue(),
  some({
    containers: fc.array(fc.record({ name: fc.constantFrom('agent', 'model-api', 'mcp-server', 'x'), image: text }), {
      maxLength: 2,
    }),
    nodeSelector: fc.dictionary(text, text, { maxKeys: 2 }),
    volumes: fc.array(fc.record({ name: text, emptyDir: fc.constant({}) }), { maxLength: 2 }),
    tolerations: fc.constantFrom([], [null], null),
  }),
);
const telemetry = some({ enabled: fc.boolean(), endpoint: text });
const common = { container, podSpec };
const names = fc.array(fc.oneof(fc.constantFrom('calc', 'helper', 'gone'), text), { maxLength: 3 });

const agentSpec = fc
  .tuple(
    fc.record({ modelAPI: fc.oneof(fc.constant('llm'), text), model: fc.oneof(fc.constant('openai/x'), text) }),
    some({
      ...common,
      mcpServers: names,
      agentNetwork: some({ expose: fc.boolean(), access: names }),
      config: some({
        description: text,
        instructions: text,
        memory: some({ type: text, maxSessions: fc.nat() }),
        telemetry,
      }),
      waitForDependencies: fc.boolean(),
    }),
  )
  .map(([required, optional]) => agent({ ...required, ...optional }));

const proxyConfig = fc.record(
  {
    models: fc.array(text, { minLength: 1, maxLength: 3 }),
    provider: text,
    apiBase: text,
    apiKey: some({ value: text, valueFrom: some({ secretKeyRef: selector, configMapKeyRef: selector }) }),
    configYaml: some({ fromString: text, fromSecretKeyRef: selector }),
  },
  { requiredKeys: ['models'] },
);
const modelApiSpec = fc
  .tuple(
    fc.constantFrom('Proxy', 'Hosted'),
    some({ ...common, proxyConfig, hostedConfig: fc.record({ model: text }), telemetry }),
  )
  .map(([mode, optional]) => ({ ...modelApi(), spec: { mode, ...optional } }));

const mcpServerSpec = fc
  .tuple(
    fc.oneof(fc.constantFrom('custom', 'python-string', 'slack'), text),
    some({ ...common, params: text, serviceAccountName: text, telemetry }),
  )
  .map(([runtime, optional]) => ({ ...mcpServer(), spec: { runtime, ...optional } }));

/** A resource of any of the three kinds, with anything that its schema takes. */
export const parent: fc.Arbitrary<KubernetesObject> = fc
  .tuple(
    fc.oneof(agentSpec, modelApiSpec, mcpServerSpec),
    fc.oneof(
      fc.constant({}),
      some({
        name: text.filter((name) => name !== ''),
        deletionTimestamp: text,
        finalizers: fc.array(text, { maxLength: 2 }),
      }),
    ),
    fc.oneof(fc.constant(undefined), fc.record({ conditions: fc.array(fc.jsonValue(), { maxLength: 2 }) })),
  )
  .map(([made, metadata, status]) => ({
    ...made,
    metadata: { ...made.metadata, ...metadata },
    ...(status && { status }),
  }));

const KINDS = [
  'v1 ConfigMap',
  'v1 Service',
  'apps/v1 Deployment',
  'kaos.tools/v1alpha1 Agent',
  'kaos.tools/v1alpha1 ModelAPI',
  'kaos.tools/v1alpha1 MCPServer',
  'gateway.networking.k8s.io/v1 HTTPRoute',
  'gateway.networking.k8s.io/v1 Gateway',
];
/** Objects of all kinds that are read, with anything at all in them. */
export const anything = fc
  .tuple(
    fc.constantFrom(...KINDS),
    fc.constantFrom('agent-lead', 'modelapi-llm', 'llm', 'helper', 'x'),
    fc.jsonValue(),
    fc.jsonValue(),
  )
  .map(([type, name, spec, status]) => {
    const [apiVersion = '', kind = ''] = type.split(' ');
    return { apiVersion, kind, metadata: { name, namespace: 'team' }, spec, status } as KubernetesObject;
  });

export const dependencies = fc.subarray([
  ready(modelApi()),
  ready(mcpServer()),
  ready(agent(), 'helper'),
  ready(modelApi(), 'llm2', false),
  registry(),
]);
export const settings = fc.constantFrom<Record<string, string>[]>(
  {},
  GATEWAY_ON,
  { ...GATEWAY_ON, GATEWAY_API_INTERNAL_ROUTING: 'true', GATEWAY_ADDRESS: 'http://gw' },
  { DEFAULT_AGENT_IMAGE: '', DEFAULT_LITELLM_IMAGE: '', DEFAULT_TELEMETRY_ENABLED: 'true' },
);
