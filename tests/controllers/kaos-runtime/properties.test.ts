import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../support/gateways.ts';
import {
  agent,
  GATEWAY_ON,
  mcpServer,
  modelApi,
  observed,
  ready,
  registry,
  sync,
  syncScene,
} from '../../support/kaos.ts';

const RUNS = { numRuns: 500 };

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
        name: fc.oneof(text, fc.constantFrom('A', 'LOG_LEVEL', 'MODEL_NAME')),
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

const parent: fc.Arbitrary<KubernetesObject> = fc
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
const anything = fc
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

const dependencies = fc.subarray([
  ready(modelApi()),
  ready(mcpServer()),
  ready(agent(), 'helper'),
  ready(modelApi(), 'llm2', false),
  registry(),
]);
const settings = fc.constantFrom<Record<string, string>[]>(
  {},
  GATEWAY_ON,
  { ...GATEWAY_ON, GATEWAY_API_INTERNAL_ROUTING: 'true', GATEWAY_ADDRESS: 'http://gw' },
  { DEFAULT_AGENT_IMAGE: '', DEFAULT_LITELLM_IMAGE: '', DEFAULT_TELEMETRY_ENABLED: 'true' },
);

describe('whatever is in a call whose envelope and parent fit', () => {
  it('it is answered, the answer passes the guard, and the same again is the same', () => {
    fc.assert(
      fc.property(
        parent,
        dependencies,
        fc.array(anything, { maxLength: 4 }),
        settings,
        (resource, found, objects, variables) => {
          const isChild = ({ apiVersion }: KubernetesObject) => ['v1', 'apps/v1'].includes(apiVersion);
          const scene = {
            parent: resource,
            related: [...found, ...objects],
            children: objects.filter(isChild),
            settings: variables,
          };
          const answer = syncScene(scene);
          expect(answer.outcome).toBe('answered');
          expect(syncScene(scene)).toEqual(answer);
        },
      ),
      RUNS,
    );
  });

  it('the order of what it holds never matters', () => {
    fc.assert(
      fc.property(parent, dependencies, (resource, found) => {
        expect(syncScene({ parent: reversed(resource), related: found.toReversed().map(reversed) })).toEqual(
          syncScene({ parent: resource, related: found }),
        );
      }),
      RUNS,
    );
  });

  it('an answer that is observed is answered again, and so is its status', () => {
    fc.assert(
      fc.property(parent, dependencies, (resource, found) => {
        const first = sync({ parent: resource, related: found });
        const children = observed(first.children);
        const second = sync({ parent: { ...resource, status: first.status }, related: found, children });
        expect(sorted(second.children)).toEqual(sorted(first.children));
        const third = sync({
          parent: { ...resource, status: second.status },
          related: found,
          children,
          now: '2027-01-01T00:00:00Z',
        });
        expect(third.status).toEqual(second.status);
      }),
      RUNS,
    );
  });

  it('no child is ever left out once there is one, but a Service or a ConfigMap on purpose', () => {
    fc.assert(
      fc.property(parent, parent, dependencies, dependencies, (before, after, found, foundLater) => {
        const same = { ...after, kind: before.kind, spec: before.kind === after.kind ? after['spec'] : before['spec'] };
        const running = observed(sync({ parent: before, related: found }).children);
        const metadata = { ...before.metadata, deletionTimestamp: undefined };
        const { kinds } = sync({
          parent: { ...same, metadata: withoutUndefined(metadata) },
          related: foundLater,
          children: running,
        });
        const had = running.map(({ kind }) => kind);
        expect(had.includes('Deployment') && !kinds.includes('Deployment')).toBe(false);
      }),
      RUNS,
    );
  });

  it('the names of variables are there once, and no Deployment says how many pods there are', () => {
    fc.assert(
      fc.property(parent, dependencies, (resource, found) => {
        const { names, deployment } = sync({ parent: resource, related: found });
        expect(new Set(names).size).toBe(names.length);
        expect(deployment?.spec ?? {}).not.toHaveProperty('replicas');
      }),
      RUNS,
    );
  });
});

/** The same object with the keys of all its maps the other way round. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(reversed) as Value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)]);
  return Object.fromEntries(entries.toReversed());
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Value;
}

function sorted(children: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return [...children].sort((a, b) => (a.kind < b.kind ? -1 : 1));
}
