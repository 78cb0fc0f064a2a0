import { syncAgent } from './agent-routes.ts';
import * as gateways from './gateways.ts';
import { HARMLESS } from './injections.ts';
import * as kaos from './kaos.ts';

/** The answer to an object with a value in one of its fields, and without that field. */
export interface Answered {
  readonly children: readonly gateways.KubernetesObject[];
  readonly status: unknown;
  readonly problems: readonly unknown[];
}

/**
 * What becomes of values of a field. `kept`: all arrive unchanged in their place. `checked`: those that are valid do; the
 * others are refused and told. `refused`: none is valid. `ignored`: the field is not read.
 */
type Fate = 'kept' | 'checked' | 'refused' | 'ignored';

export interface InjectedField {
  readonly fate: Fate;
  /** The text is the user's own in a format of its own, such as a variable with references, so it is not read further. */
  readonly raw?: boolean;
  /** For values that are not kept letter by letter: what they must look like in their place. */
  readonly like?: RegExp;
  readonly answer: (value: string | undefined) => Answered;
}

type Put = (value: string) => object;
type Fields = Readonly<Record<string, readonly [Fate, Put, ('raw' | RegExp)?]>>;

const IMAGES = { DEFAULT_TELEMETRY_ENABLED: 'false' };

function ofKaos(make: (spec: object, metadata?: object) => gateways.KubernetesObject) {
  return (parts: object): Answered => {
    const { metadata, ...spec } = parts as { metadata?: object };
    const open = kaos.ready(kaos.modelApi({ proxyConfig: { models: ['*'] } }));
    const related = [open, kaos.ready(kaos.mcpServer()), kaos.registry()];
    const { children, status, reply } = kaos.sync({ parent: make(spec, metadata), related, settings: IMAGES });
    return { children, status, problems: reply.problems };
  };
}

function ofGateway(parts: object): Answered {
  const { metadata, ...spec } = parts as { metadata?: object };
  const { attachments, status, reply } = gateways.sync({ parent: gateways.gateway(spec, metadata), related: OTHERS });
  return { children: attachments, status, problems: reply.problems };
}

const OTHERS = [gateways.agent('team/good'), gateways.agent('b/fine')];

const EVIL = gateways.agent('evil/agent');

function ofRuntimeAgent(parts: object): Answered {
  const evil = { ...EVIL, ...parts };
  const { attachments, status, reply } = gateways.sync({ related: [...OTHERS, ...('gone' in parts ? [] : [evil])] });
  return { children: attachments, status, problems: reply.problems };
}

function ofRoutedAgent(parts: object): Answered {
  const answer = syncAgent({ ...EVIL, ...parts });
  return answer.outcome === 'answered' && 'attachments' in answer.response
    ? {
        children: answer.response.attachments as readonly gateways.KubernetesObject[],
        status: answer.response.status,
        problems: answer.reply.problems,
      }
    : { children: [], status: null, problems: [answer] };
}

const SAFE_ADDRESS = /^[A-Za-z0-9._:/-]+$/;
const secret = (name: string, key = 'k') => ({ secretKeyRef: { name, key } });

const VARIABLES: Fields = {
  'container.env[0].name': ['checked', (v) => ({ container: { env: [{ name: v, value: 'x' }] } })],
  'container.env[0].value': ['kept', (v) => ({ container: { env: [{ name: 'V', value: v }] } }), 'raw'],
  'container.env[0].secretKeyRef.name': [
    'checked',
    (v) => ({ container: { env: [{ name: 'V', valueFrom: secret(v) }] } }),
  ],
  'container.env[0].secretKeyRef.key': [
    'checked',
    (v) => ({ container: { env: [{ name: 'V', valueFrom: secret('s', v) }] } }),
  ],
};
const inContainer = (more: object) => ({ podSpec: { containers: [{ name: 'more', image: 'i', ...more }] } });

const WORKLOAD: Fields = {
  ...VARIABLES,
  'container.image': ['kept', (v) => ({ container: { image: v } })],
  'container.command[0]': ['kept', (v) => ({ container: { command: [v] } })],
  'container.args[0]': ['kept', (v) => ({ container: { args: [v] } })],
  'podSpec.containers[0].image': ['kept', (v) => inContainer({ image: v })],
  'podSpec.containers[0].args[0]': ['kept', (v) => inContainer({ args: [v] })],
  'podSpec.containers[0].env[0].value': ['kept', (v) => inContainer({ env: [{ name: 'V', value: v }] }), 'raw'],
  'podSpec.containers[0].name': ['checked', (v) => ({ podSpec: { containers: [{ name: v, image: 'i' }] } })],
  'podSpec.nodeSelector': ['checked', (v) => ({ podSpec: { nodeSelector: { [v]: 'x' } } })],
  'podSpec.nodeSelector.x': ['checked', (v) => ({ podSpec: { nodeSelector: { x: v } } })],
  'podSpec.schedulerName': ['kept', (v) => ({ podSpec: { schedulerName: v } })],
  'podSpec.hostname': ['checked', (v) => ({ podSpec: { hostname: v } })],
  'podSpec.volumes[0].name': ['checked', (v) => ({ podSpec: { volumes: [{ name: v, emptyDir: {} }] } })],
  'metadata.labels': ['ignored', (v) => ({ metadata: { labels: { [v]: v } } })],
  'metadata.annotations': ['ignored', (v) => ({ metadata: { annotations: { [v]: v } } })],
};

const AGENT: Fields = {
  model: ['kept', (v) => ({ model: v })],
  modelAPI: ['refused', (v) => ({ modelAPI: v })],
  'mcpServers[0]': ['refused', (v) => ({ mcpServers: [v] })],
  'agentNetwork.access[0]': ['refused', (v) => ({ agentNetwork: { access: [v] } })],
  'config.description': ['kept', (v) => ({ config: { description: v } })],
  'config.instructions': ['kept', (v) => ({ config: { instructions: v } })],
  'config.systemPrompt': ['kept', (v) => ({ config: { systemPrompt: v } })],
  'config.toolCallMode': ['kept', (v) => ({ config: { toolCallMode: v } })],
  'config.autonomous.goal': ['kept', (v) => ({ config: { autonomous: { goal: v } } })],
  'config.memory.memoryStore': ['refused', (v) => ({ config: { memory: { memoryStore: v } } })],
  'config.memory.tools': ['kept', (v) => ({ config: { memory: { tools: v } } })],
  'config.memory.failureMode': ['kept', (v) => ({ config: { memory: { failureMode: v } } })],
  'config.memory.type': ['kept', (v) => ({ config: { memory: { type: v } } })],
  'config.telemetry.endpoint': ['kept', (v) => ({ config: { telemetry: { enabled: true, endpoint: v } } }), 'raw'],
  'metadata.name': ['checked', (v) => ({ metadata: { name: v } })],
  ...WORKLOAD,
};

const proxy = (more: object) => ({ proxyConfig: { models: ['m'], ...more } });
const MODEL_API: Fields = {
  'proxyConfig.models[0]': ['kept', (v) => proxy({ models: [v] })],
  'proxyConfig.provider': ['kept', (v) => proxy({ provider: v })],
  'proxyConfig.apiBase': ['kept', (v) => proxy({ apiBase: v })],
  'proxyConfig.apiKey.value': ['kept', (v) => proxy({ apiKey: { value: v } })],
  'proxyConfig.apiKey.valueFrom.secretKeyRef.name': ['checked', (v) => proxy({ apiKey: { valueFrom: secret(v) } })],
  'proxyConfig.configYaml.fromString': ['checked', (v) => proxy({ configYaml: { fromString: `a: ${v}` } }), 'raw'],
  'proxyConfig.configYaml.fromSecretKeyRef.name': [
    'checked',
    (v) => proxy({ configYaml: { fromSecretKeyRef: { name: v, key: 'k' } } }),
  ],
  'proxyConfig.configYaml.fromSecretKeyRef.key': [
    'checked',
    (v) => proxy({ configYaml: { fromSecretKeyRef: { name: 's', key: v } } }),
  ],
  'hostedConfig.model': ['kept', (v) => ({ mode: 'Hosted', hostedConfig: { model: v }, proxyConfig: undefined })],
  'metadata.name': ['checked', (v) => ({ metadata: { name: v } })],
};

const MCP_SERVER: Fields = {
  params: ['kept', (v) => ({ params: v })],
  runtime: ['refused', (v) => ({ runtime: v })],
  serviceAccountName: ['checked', (v) => ({ serviceAccountName: v })],
  'telemetry.endpoint': ['kept', (v) => ({ telemetry: { enabled: true, endpoint: v } }), 'raw'],
  'metadata.name': ['checked', (v) => ({ metadata: { name: v } })],
};

const configMap = (name: string, key = 'k') => ({ configMapKeyRef: { name, key } });
const GATEWAY: Fields = {
  timeout: ['refused', (v) => ({ timeout: v })],
  agentGatewayClassName: ['refused', (v) => ({ agentGatewayClassName: v })],
  'env[0].name': ['checked', (v) => ({ env: [{ name: v, value: 'x' }] })],
  'env[0].value': ['kept', (v) => ({ env: [{ name: 'V', value: v }] }), 'raw'],
  'env[0].valueFrom.configMapKeyRef.name': ['checked', (v) => ({ env: [{ name: 'V', valueFrom: configMap(v) }] })],
  'env[0].valueFrom.configMapKeyRef.key': ['checked', (v) => ({ env: [{ name: 'V', valueFrom: configMap('c', v) }] })],
  'envFrom[0].prefix': ['checked', (v) => ({ envFrom: [{ prefix: v, configMapRef: { name: 'c' } }] })],
  'envFrom[0].configMapRef.name': ['checked', (v) => ({ envFrom: [{ configMapRef: { name: v } }] })],
  'commonMetadata.labels': ['checked', (v) => ({ commonMetadata: { labels: { [v]: 'x' } } })],
  'commonMetadata.labels.x': ['checked', (v) => ({ commonMetadata: { labels: { x: v } } })],
  'commonMetadata.annotations': ['checked', (v) => ({ commonMetadata: { annotations: { [v]: 'x' } } })],
  'commonMetadata.annotations.x': ['kept', (v) => ({ commonMetadata: { annotations: { x: v } } })],
  'podMetadata.labels.x': ['checked', (v) => ({ podMetadata: { labels: { x: v } } })],
  'podMetadata.annotations.x': ['kept', (v) => ({ podMetadata: { annotations: { x: v } } })],
  'guardrails[0].name': ['refused', (v) => ({ guardrails: [{ name: v }] })],
  'metadata.annotations of memory': [
    'refused',
    (v) => ({ metadata: { annotations: { 'agent-gateway-hooks/limits-memory': v } } }),
  ],
};

const url = (text: string) => ({ status: { url: text } });
const RUNTIME_AGENT: Fields = {
  'status.url': ['refused', (v) => url(v)],
  'status.url, host': ['checked', (v) => url(`http://${v}:8000/${HARMLESS}`), SAFE_ADDRESS],
  'status.url, path': ['checked', (v) => url(`http://h/a/${v}`), SAFE_ADDRESS],
  'status.url, end of path': ['checked', (v) => url(`http://h/${v}/.well-known/agent-card.json`), SAFE_ADDRESS],
  'metadata.labels': ['ignored', (v) => ({ metadata: { ...EVIL.metadata, labels: { [v]: v } } })],
  'metadata.name': ['checked', (v) => ({ metadata: { name: v, namespace: 'evil' } })],
  'spec.protocols[0].path': ['ignored', (v) => ({ spec: { exposed: true, protocols: [{ path: v }] } })],
};

const service = (text: string) => url(`http://${text}:8000/${HARMLESS}`);
const ROUTED_AGENT: Fields = {
  'status.url': ['refused', (v) => url(v)],
  'status.url, service': ['checked', (v) => service(`${v}.evil.svc`), SAFE_ADDRESS],
  'status.url, namespace': ['refused', (v) => service(`h.${v}.svc`)],
  'status.url, domain': ['refused', (v) => service(`h.evil.svc.${v}`)],
  'status.url, path': ['checked', (v) => url(`http://h.evil.svc/a/${v}`), SAFE_ADDRESS],
  'metadata.labels': ['ignored', (v) => ({ metadata: { ...EVIL.metadata, labels: { [v]: v } } })],
  'metadata.name': ['checked', (v) => ({ metadata: { name: v, namespace: 'evil' } })],
  'spec.protocols[0].path': ['ignored', (v) => ({ spec: { exposed: true, protocols: [{ path: v }] } })],
};

function fieldsOf(fields: Fields, answerTo: (parts: object) => Answered, nothing: object = {}) {
  return Object.entries(fields).map(([field, [fate, put, how]]) => {
    const without = fate === 'ignored' ? {} : nothing;
    return {
      field,
      fate,
      ...(how === 'raw' && { raw: true }),
      ...(how instanceof RegExp && { like: how }),
      answer: (value: string | undefined) => answerTo(value === undefined ? without : put(value)),
    };
  });
}

function rows(kind: string, fields: readonly (InjectedField & { readonly field: string })[]) {
  return fields.map((field) => ({ ...field, title: `${kind} ${field.field}` }));
}

/** Every text field that users write, by kind. Fields that the three KAOS kinds have in common stand with Agents. */
export const INJECTED_FIELDS: readonly (InjectedField & { readonly title: string })[] = [
  ...rows('Agent', fieldsOf(AGENT, ofKaos(kaos.agent))),
  ...rows('ModelAPI', fieldsOf(MODEL_API, ofKaos(kaos.modelApi), proxy({}))),
  ...rows('MCPServer', fieldsOf(MCP_SERVER, ofKaos(kaos.mcpServer))),
  ...rows('AgentGateway', fieldsOf(GATEWAY, ofGateway)),
  ...rows('Agent of the agent runtime', fieldsOf(RUNTIME_AGENT, ofRuntimeAgent, { gone: true })),
  ...rows('Agent with a route', fieldsOf(ROUTED_AGENT, ofRoutedAgent, { spec: { exposed: false } })),
];
