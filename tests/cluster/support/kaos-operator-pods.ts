import type { Manifest } from '../../support/helm.ts';

interface Variable {
  readonly name: string;
  readonly value?: string;
}

interface Spec {
  readonly model?: string;
  readonly mcpServers?: readonly string[];
  readonly config?: { readonly description?: string };
  readonly container?: { readonly image?: string; readonly env?: readonly Variable[] };
}

const PORTS = [{ name: 'http', containerPort: 8000, protocol: 'TCP' }];

/** The PodSpec that the KAOS operator makes: not hardened, and with its own variable twice if a user sets it too. */
export function operatorsPod({ kind, metadata, spec = {} }: Manifest): object {
  const env = [...(ENVIRONMENTS[kind]?.(metadata, spec as Spec) ?? [])];
  return PODS[kind]?.(env, metadata.name, spec as Spec) ?? {};
}

type Names = Manifest['metadata'];

const ENVIRONMENTS: Readonly<Record<string, (names: Names, spec: Spec) => readonly Variable[]>> = {
  Agent: ({ name, namespace }, { model = '', mcpServers = [], config = {}, container = {} }) => [
    { name: 'AGENT_NAME', value: name },
    ...(config.description ? [{ name: 'AGENT_DESCRIPTION', value: config.description }] : []),
    ...(container.env ?? []),
    { name: 'MODEL_API_URL', value: `http://modelapi-provider.${namespace}.svc.cluster.local:8000` },
    { name: 'MODEL_NAME', value: model },
    ...mcpServers.map((server) => ({
      name: `MCP_SERVER_${server}_URL`,
      value: `http://mcpserver-${server}.${namespace}.svc.cluster.local:8000`,
    })),
    { name: 'LOG_LEVEL', value: 'INFO' },
  ],
  ModelAPI: (_names, { container = {} }) => [...(container.env ?? []), { name: 'LITELLM_LOG', value: 'INFO' }],
  MCPServer: (_names, { container = {} }) => [...(container.env ?? []), { name: 'LOG_LEVEL', value: 'INFO' }],
};

const PODS: Readonly<Record<string, (env: readonly Variable[], name: string, spec: Spec) => object>> = {
  Agent: (env) => ({
    containers: [
      {
        ...container('agent', 'axsauze/kaos-agent:v0.1.4-dev', env),
        livenessProbe: httpProbe('/health', { initialDelaySeconds: 30, periodSeconds: 10 }),
        readinessProbe: httpProbe('/ready', { initialDelaySeconds: 10, periodSeconds: 5 }),
      },
    ],
  }),
  ModelAPI: (env, name) => ({
    containers: [
      {
        ...container('model-api', 'ghcr.io/berriai/litellm:main-stable', env),
        args: ['--config', '/etc/litellm/config.yaml', '--port', '8000'],
        volumeMounts: [{ name: 'litellm-config', mountPath: '/etc/litellm' }],
        livenessProbe: httpProbe('/health/liveliness', { initialDelaySeconds: 30, periodSeconds: 10 }),
        readinessProbe: httpProbe('/health/liveliness', { initialDelaySeconds: 15, periodSeconds: 5 }),
      },
    ],
    volumes: [{ name: 'litellm-config', configMap: { name: `litellm-config-${name}` } }],
  }),
  MCPServer: (env, _name, spec) => ({
    containers: [
      {
        ...container('mcp-server', spec.container?.image ?? '', env),
        livenessProbe: { tcpSocket: { port: 8000 }, initialDelaySeconds: 20, periodSeconds: 10, timeoutSeconds: 3 },
        readinessProbe: { tcpSocket: { port: 8000 }, initialDelaySeconds: 15, periodSeconds: 5, timeoutSeconds: 3 },
      },
    ],
  }),
};

function container(name: string, image: string, env: readonly Variable[]): object {
  return { name, image, imagePullPolicy: 'IfNotPresent', ports: PORTS, env };
}

function httpProbe(path: string, times: object): object {
  return { httpGet: { path, port: 8000, scheme: 'HTTP' }, ...times };
}
