import { whyTooLarge } from '../../controllers/data/size.ts';
import { type Fields, type Grow, items, map, type Parts, renamed } from './growing.ts';
import { CONTAINER, POD_SPEC, VARIABLES } from './growing-pods.ts';

// Fields of the custom resources that users fill, each as a function of how much is in it.

const TELEMETRY = (count: number) => ({ telemetry: { enabled: true, endpoint: '$('.repeat(count) } });

/** The fields of all KAOS kinds. */
const COMMON: Parts = {
  'telemetry.endpoint': TELEMETRY,
  'gatewayRoute.timeout': (count) => ({ gatewayRoute: { timeout: '1h'.repeat(count) } }),
  'unknown fields': (count) => map(count, 1),
  'unknown fields of long names': (count) => map(10, 1, (index) => `k${index}${'\u2028'.repeat(count / 10)}`),
  ...renamed(
    CONTAINER,
    (part) => `container.${part}`,
    (container) => ({ container }),
  ),
};

const WORKLOAD: Parts = {
  ...COMMON,
  ...renamed(
    POD_SPEC,
    (part) => `podSpec.${part}`,
    (podSpec) => ({ podSpec }),
  ),
};

/** Texts of YAML that have cost the library much, or could. */
const YAML_TEXTS: Readonly<Record<string, (count: number) => string>> = {
  keys: (count) => items(count, (index) => `k${index}: 1\n`).join(''),
  'one key': (count) => 'k: 1\n'.repeat(count),
  'keys of a flow map': (count) => `{${items(count, (index) => `k${index}: 1`).join(', ')}}`,
  'maps of one key': (count) => `model_list:\n${'- a: 1\n'.repeat(count)}`,
  models: (count) => `model_list:\n${items(count, (index) => `- model_name: m${index}\n`).join('')}`,
  'empty lists': (count) => `a: [${'[],'.repeat(count)}]`,
  nesting: (count) => `a: ${'['.repeat(count)}${']'.repeat(count)}`,
  'nesting that is not closed': (count) => `a: ${'['.repeat(count)}`,
  'nesting of block lists': (count) => `a:\n ${'- '.repeat(count)}1\n`,
  anchors: (count) => items(count, (index) => `- &a${index} 1\n`).join(''),
  'aliases of one anchor': (count) => `a: &a [1]\nb:\n${'- *a\n'.repeat(count)}`,
  'aliases of a large anchor': (count) => `a: &a [${'1,'.repeat(count)}]\nb: [*a, *a, *a, *a, *a, *a]\n`,
  'an anchor for each alias': (count) => items(count, (index) => `- &a${index} 1\n- *a${index}\n`).join(''),
  'merge keys': (count) => `a: &a {b: 1}\nc:\n${'- <<: *a\n'.repeat(count)}`,
  'merges into many keys': (count) => {
    const keys = (value: number) => items(count, (index) => `  k${index}: ${value}\n`).join('');
    return `a: &a\n${keys(1)}b:\n  <<: *a\n${keys(2)}`;
  },
  'merges of one map': (count) => `a: &a {b: 1}\nc:\n  <<: [${'*a, '.repeat(count)}]\n`,
  'aliases of nothing': (count) => '- *a\n'.repeat(count),
  comments: (count) => '# c\n'.repeat(count),
  'empty lines': (count) => `k: 1${'\n'.repeat(count)}`,
  'a long text': (count) => `k: ${'a'.repeat(count)}\n`,
  'a long text of many lines': (count) => `k: >\n${'  a\n'.repeat(count)}`,
  'a long text in quotes': (count) => `k: "${'\\u0061'.repeat(count)}"\n`,
  documents: (count) => '---\na: 1\n'.repeat(count),
  errors: (count) => 'a: b: c\n'.repeat(count),
  'errors of tabs': (count) => '\t- @\n'.repeat(count),
  tags: (count) => '- !a 1\n'.repeat(count),
  'keys that are maps': (count) => items(count, (index) => `? {a: ${index}}\n: 1\n`).join(''),
  braces: (count) => '}'.repeat(count),
  quotes: (count) => '"'.repeat(count),
};

const AGENT: Parts = {
  mcpServers: (count) => ({ mcpServers: items(count, (index) => `m${index}`) }),
  'mcpServers that are not names': (count) => ({ mcpServers: items(count, (index) => `_${index}`) }),
  'agentNetwork.access': (count) => ({ agentNetwork: { access: items(count, (index) => `a${index}`) } }),
  'config.instructions': (count) => ({ config: { instructions: '$('.repeat(count) } }),
  'config.description': (count) => ({ config: { description: '\u2028'.repeat(count) } }),
  'config.systemPrompt': (count) => ({ config: { systemPrompt: '$('.repeat(count) } }),
  'config.autonomous.goal': (count) => ({ config: { autonomous: { goal: '$('.repeat(count) } } }),
  'config.memory.memoryStore': (count) => ({ config: { memory: { memoryStore: 'a-'.repeat(count) } } }),
  'config.memory.failureMode': (count) => ({ config: { memory: { failureMode: '$('.repeat(count) } } }),
  model: (count) => ({ model: '\u0007'.repeat(count) }),
  modelAPI: (count) => ({ modelAPI: 'a-'.repeat(count) }),
  ...WORKLOAD,
};

const proxy = (proxyConfig: object) => ({ mode: 'Proxy', proxyConfig: { models: ['*'], ...proxyConfig } });

const MODEL_API: Parts = {
  models: (count) => proxy({ models: items(count, (index) => `m${index}`) }),
  'models of line separators': (count) => proxy({ models: ['\u2028'.repeat(count)] }),
  'models of quotes': (count) => proxy({ models: ['"\\'.repeat(count)] }),
  'models, and a configuration with others': (count) =>
    proxy({
      models: items(count / 2, (index) => `m${index}/*`),
      configYaml: { fromString: `model_list:\n${items(count / 2, (index) => `- model_name: m${index}/a\n`).join('')}` },
    }),
  provider: (count) => proxy({ models: items(100, String), provider: 'p'.repeat(count) }),
  'apiKey.value': (count) => proxy({ apiKey: { value: '$('.repeat(count) } }),
  'hostedConfig.model': (count) => ({ mode: 'Hosted', hostedConfig: { model: '$('.repeat(count) } }),
  ...Object.fromEntries(
    Object.entries(YAML_TEXTS).map(([name, text]) => [
      `configYaml.fromString: ${name}`,
      (count: number) => proxy({ configYaml: { fromString: text(count) } }),
    ]),
  ),
  ...WORKLOAD,
};

const MCP_SERVER: Parts = {
  params: (count) => ({ params: '$('.repeat(count) }),
  runtime: (count) => ({ runtime: '\u0007'.repeat(count) }),
  serviceAccountName: (count) => ({ serviceAccountName: 'a-'.repeat(count) }),
  ...WORKLOAD,
};

const external = (fields: object) => ({ storage: { type: 'external', external: fields } });

const MEMORY_STORE: Parts = {
  'storage.local.collection': (count) => ({ storage: { type: 'local', local: { collection: '$('.repeat(count) } } }),
  'storage.local.persistentVolume.size': (count) => ({
    storage: { type: 'local', local: { persistentVolume: { size: `${'1'.repeat(count)}Gi` } } },
  }),
  'storage.external.collection': (count) =>
    external({ connectionSecretRef: { name: 'db', key: 'dsn' }, collection: '$('.repeat(count) }),
  'storage.external.connectionSecretRef': (count) =>
    external({ connectionSecretRef: { name: 'a-'.repeat(count / 2), key: 'k'.repeat(count) } }),
  models: (count) => {
    const model = (name: string) => ({ modelAPI: name.repeat(count), model: '\u0007'.repeat(count) });
    return { models: { summarization: model('a-'), embedding: model('b-') } };
  },
  'mediumTerm.systemPrompt': (count) => ({ mediumTerm: { systemPrompt: '$('.repeat(count) } }),
  'longTerm.extraction.systemPrompt': (count) => ({
    longTerm: { extraction: { systemPrompt: '\u2028'.repeat(count) } },
  }),
  defaultFailureMode: (count) => ({ defaultFailureMode: '$('.repeat(count) }),
  ...COMMON,
};

const GATEWAY_METADATA: Parts = {
  labels: (count) => ({ labels: map(count, 'v') }),
  'labels that are refused': (count) => ({ labels: map(count, 'v', (index) => `_${index}`) }),
  annotations: (count) => ({ annotations: map(count, 'v') }),
  'annotations of long values': (count) => ({ annotations: map(10, 'v'.repeat(count / 10)) }),
  'annotations of long keys': (count) => ({
    annotations: map(10, '', (index) => `k${index}${'a.'.repeat(count / 10)}/x`),
  }),
};

const GATEWAY: Parts = {
  ...renamed(
    GATEWAY_METADATA,
    (part) => `commonMetadata.${part}`,
    (commonMetadata) => ({ commonMetadata }),
  ),
  ...renamed(
    GATEWAY_METADATA,
    (part) => `podMetadata.${part}`,
    (podMetadata) => ({ podMetadata }),
  ),
  ...renamed(VARIABLES, String, (env) => ({ env })),
  envFrom: (count) => ({ envFrom: items(count, (index) => ({ configMapRef: { name: `c${index}` } })) }),
  'envFrom of one Secret': (count) => ({ envFrom: items(count, () => ({ secretRef: { name: 'c' } })) }),
  'envFrom that is refused': (count) => ({ envFrom: items(count, () => ({ prefix: '=' })) }),
  guardrails: (count) => ({ guardrails: items(count, () => ({ name: 'g' })) }),
  timeout: (count) => ({ timeout: '1h'.repeat(count) }),
  agentGatewayClassName: (count) => ({ agentGatewayClassName: 'a'.repeat(count) }),
};

const TIME = '2026-01-01T00:00:00Z';

/** What grows outside of the spec. */
const OTHERS: Readonly<Record<string, Grow>> = {
  'metadata.labels': (count) => ({ metadata: { labels: map(count, 'v') } }),
  'metadata.annotations': (count) => ({ metadata: { annotations: map(count, 'v') } }),
  'metadata.finalizers': (count) => ({ metadata: { finalizers: items(count, (index) => `a/${index}`) } }),
  'metadata.managedFields': (count) => ({ metadata: { managedFields: items(count, () => ({ time: TIME })) } }),
  'metadata.managedFields without times': (count) => ({
    metadata: { managedFields: items(count, () => ({ time: '1' })) },
  }),
  'status.conditions': (count) => ({
    status: { conditions: items(count, (index) => ({ type: `T${index}`, status: 'True' })) },
  }),
  'status.conditions of ours': (count) => ({
    status: { conditions: items(count, () => ({ type: 'Accepted', status: 'True', lastTransitionTime: TIME })) },
  }),
  'status.conditions of numbers': (count) => ({ status: { conditions: items(count, () => 1) } }),
};

const RUNTIME_AGENT: Readonly<Record<string, Grow>> = {
  'status.url': (count) => ({ spec: { exposed: true }, status: { url: `http://h${'/'.repeat(count)}` } }),
  'status.url that is a list': (count) => ({ spec: { exposed: true }, status: { url: items(count, () => 1) } }),
  'spec.skills': (count) => ({ spec: { exposed: true, skills: items(count, () => ({})) } }),
};

function specs(parts: Parts): Readonly<Record<string, Grow>> {
  return Object.fromEntries(
    Object.entries(parts).map(([part, grow]) => [`spec.${part}`, (count: number) => ({ spec: grow(count) })]),
  );
}

/** All that grows, by kind. `RuntimeAgent` is the Agent of the agent runtime. */
export const GROWING_FIELDS = {
  Agent: { ...specs(AGENT), ...OTHERS },
  ModelAPI: { ...specs(MODEL_API), ...OTHERS },
  MCPServer: { ...specs(MCP_SERVER), ...OTHERS },
  MemoryStore: { ...specs(MEMORY_STORE), ...OTHERS },
  AgentGateway: { ...specs(GATEWAY), ...OTHERS },
  RuntimeAgent: { ...RUNTIME_AGENT, ...OTHERS },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Grow>>>>;

/** As much of a field as has nearly `bytes` of JSON, but never more. */
export function grownTo(bytes: number, grow: Grow): Fields {
  let count = 1000;
  let size = sizeOf(grow(count));
  while (size < bytes * 0.95 || size > bytes) {
    count = Math.floor((count * bytes * 0.98) / size);
    size = sizeOf(grow(count));
  }
  return grow(count);
}

/** More items of a field than a spec may have, unless it is one text. */
const MANY = 60_000;

/** Whether the caps on a spec bound a field before the API server does. */
export function isCapped(grow: Grow): boolean {
  return !fits(MANY, grow);
}

/** As much of a capped field as a spec may have, to a fiftieth. */
export function grownToCap(grow: Grow): Fields {
  let most = 1;
  let tooMany = MANY;
  while (tooMany - most > most / 50) {
    const middle = Math.floor((most + tooMany) / 2);
    [most, tooMany] = fits(middle, grow) ? [middle, tooMany] : [most, middle];
  }
  return grow(most);
}

function fits(count: number, grow: Grow): boolean {
  return whyTooLarge(grow(count).spec) === undefined;
}

function sizeOf(fields: Fields): number {
  return Buffer.byteLength(JSON.stringify(fields));
}
