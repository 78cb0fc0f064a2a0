import type { Manifest } from '../../support/helm.ts';

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

interface Spec {
  readonly mode?: string;
  readonly model?: string;
  readonly modelAPI?: string;
  readonly mcpServers?: readonly string[];
  readonly agentNetwork?: { readonly access?: readonly string[] };
  readonly config?: {
    readonly description?: string;
    readonly systemPrompt?: string;
    readonly memory?: { readonly memoryStore?: string };
  };
  readonly container?: { readonly image?: string; readonly env?: readonly Variable[] };
  readonly storage?: { readonly type: string };
  readonly models?: { readonly summarization: { readonly modelAPI: string; readonly model: string } };
}

/** The PodSpec that the KAOS operator 0.8 makes with identities of its provider `serviceaccount`, its default. */
export function podOf08({ kind, metadata, spec = {} }: Manifest): object {
  return PODS[kind]?.(metadata, spec as Spec) ?? {};
}

type Names = Manifest['metadata'];

const PODS: Readonly<Record<string, (names: Names, spec: Spec) => object>> = {
  Agent: (names, spec) => ({
    serviceAccountName: `kaos-agent-${names.name}`,
    automountServiceAccountToken: false,
    containers: [
      {
        ...container('agent', {
          image: 'axsauze/kaos-agent:0.8.4',
          ...spec.container,
          env: agentEnvironment(names, spec),
        }),
        livenessProbe: http('/health', 8000, [5, 10, 3, 3]),
        readinessProbe: http('/ready', 8000, [3, 5, 3, 2]),
        volumeMounts: [{ name: 'agent-auth-token', mountPath: '/var/run/secrets/kaos-agent', readOnly: true }],
      },
    ],
    volumes: [{ name: 'agent-auth-token', projected: { sources: [TOKEN] } }],
  }),
  ModelAPI: ({ name }, { mode }) => (mode === 'Hosted' ? ollama() : litellm(name)),
  MCPServer: (_names, { container: own = {} }) => ({
    containers: [
      {
        ...container('mcp-server', { env: [{ name: 'LOG_LEVEL', value: 'INFO' }], ...own }),
        livenessProbe: { tcpSocket: { port: 8000 }, ...times([5, 10, 3, 3]) },
        readinessProbe: { tcpSocket: { port: 8000 }, ...times([3, 5, 3, 2]) },
      },
    ],
  }),
  MemoryStore: ({ name, namespace }, spec) => ({
    containers: [
      {
        ...container(
          'memory',
          { image: 'axsauze/kaos-memory-service:0.8.4', env: storeEnvironment(namespace, spec) },
          8080,
        ),
        livenessProbe: http('/healthz', 8080, [10, 15, 5, 3]),
        readinessProbe: http('/readyz', 8080, [5, 10, 5, 3]),
        ...(isLocal(spec) && { volumeMounts: [{ name: 'data', mountPath: '/data/memory' }] }),
      },
    ],
    ...(isLocal(spec) && {
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: `memorystore-${name}-data` } }],
    }),
  }),
};

const TOKEN = { serviceAccountToken: { audience: 'kaos-gateway', expirationSeconds: 3600, path: 'token' } };

export function isLocal({ storage }: Pick<Spec, 'storage'>): boolean {
  return storage?.type === 'local';
}

/** In the operator's order. A user's variable replaces the one with its name, and others come first. */
function agentEnvironment({ name, namespace }: Names, spec: Spec): readonly Variable[] {
  const { config = {}, mcpServers = [], agentNetwork = {}, container: { env = [] } = {} } = spec;
  const host = (service: string, port = 8000) => `http://${service}.${namespace}.svc.cluster.local:${port}`;
  const store = config.memory?.memoryStore;
  const generated: readonly (readonly [string, string | undefined])[] = [
    ['AGENT_NAME', name],
    ['AGENT_DESCRIPTION', config.description],
    ['AGENT_SYSTEM_PROMPT', config.systemPrompt],
    ['MODEL_API_URL', host(`modelapi-${spec.modelAPI}`)],
    ['MODEL_NAME', spec.model],
    ['MEMORY_ENABLED', config.memory && 'true'],
    ['MEMORY_TYPE', config.memory && (store === undefined ? 'local' : 'remote')],
    ['MEMORY_STORE_ENDPOINT', store && host(`memorystore-${store}`, 8080)],
    ['MEMORY_MAX_READ_SCOPE', config.memory && (store === undefined ? 'session' : 'agent')],
    ['AGENT_IDENTITY', config.memory && `kaos://agent/${namespace}/${name}`],
    ...mcpServers.map((server) => [`MCP_SERVER_${server}_URL`, host(`mcpserver-${server}`)] as const),
    ...(agentNetwork.access ?? []).map(
      (peer) => [`PEER_AGENT_${peer.toUpperCase()}_CARD_URL`, host(`agent-${peer}`)] as const,
    ),
    ['LOG_LEVEL', 'INFO'],
    ['AGENT_AUTH_IDENTITY', `kaos://agent/${namespace}/${name}`],
    ['AGENT_AUTH_TOKEN_FILE', '/var/run/secrets/kaos-agent/token'],
  ];
  const own = new Map(env.map((variable) => [variable.name, variable]));
  const names = new Set(generated.map(([key]) => key));
  return [
    ...env.filter((variable) => !names.has(variable.name)),
    ...generated.flatMap(([key, value]) => own.get(key) ?? (value === undefined ? [] : { name: key, value })),
  ];
}

function storeEnvironment(namespace: string | undefined, spec: Spec): readonly Variable[] {
  const { modelAPI, model } = spec.models?.summarization ?? { modelAPI: '', model: '' };
  const dsn = { name: 'KAOS_MEMORY_EXTERNAL_DSN', valueFrom: { secretKeyRef: { name: 'db', key: 'dsn' } } };
  return [
    { name: 'KAOS_MEMORY_STORAGE_TYPE', value: spec.storage?.type ?? '' },
    ...(isLocal(spec) ? [{ name: 'KAOS_MEMORY_LOCAL_PATH', value: '/data/memory' }] : [dsn]),
    { name: 'KAOS_MEMORY_MODEL_BASE_URL', value: `http://modelapi-${modelAPI}.${namespace}.svc.cluster.local:8000/v1` },
    { name: 'KAOS_MEMORY_SUMMARIZATION_MODEL', value: model },
  ];
}

function litellm(name: string): object {
  const probe = (more: readonly number[]) => http('/health/liveliness', 8000, more);
  return {
    containers: [
      {
        ...container('model-api', {
          image: 'ghcr.io/berriai/litellm:main-stable',
          env: [{ name: 'LITELLM_LOG', value: 'INFO' }],
        }),
        args: ['--config', '/etc/litellm/config.yaml', '--port', '8000'],
        volumeMounts: [{ name: 'litellm-config', mountPath: '/etc/litellm' }],
        livenessProbe: probe([30, 10]),
        readinessProbe: probe([15, 5]),
      },
    ],
    volumes: [{ name: 'litellm-config', configMap: { name: `litellm-config-${name}` } }],
  };
}

/** Without the init container, which no node here would run. */
function ollama(): object {
  const own = { image: 'ollama/ollama:latest', command: ['ollama'], args: ['serve'] };
  return { containers: [container('model-api', own, 11_434)] };
}

function container(name: string, own: object, port = 8000): object {
  const ports = [{ name: 'http', containerPort: port, protocol: 'TCP' }];
  return { name, imagePullPolicy: 'IfNotPresent', ports, ...own };
}

function http(path: string, port: number, numbers: readonly number[]): object {
  return { httpGet: { path, port, scheme: 'HTTP' }, ...times(numbers) };
}

/** The numbers of a probe, in KAOS's order. */
function times([
  initialDelaySeconds,
  periodSeconds,
  timeoutSeconds = 1,
  failureThreshold = 3,
]: readonly number[]): object {
  return { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold };
}
