import { Type } from '../../controllers/typebox.ts';
import {
  httpAddress,
  image,
  namePattern,
  namePatterns,
  namespace,
  objectName,
  optionalCpu,
  optionalMemory,
  optionalObjectName,
} from './variable-forms.ts';

const names = (description: string) =>
  Type.Optional(Type.Array(Type.String(namePattern), { ...namePatterns, description }));

/** The variables of the KAOS runtime. Names in the KAOS operator's ConfigMap are the same here. */
export const kaosRuntimeVariables = {
  KAOS_RUNTIME_ENABLED: Type.Boolean({
    default: false,
    description:
      'Whether this service makes the pods of KAOS resources. For other pods, `from` in access rules cannot be enforced: docs/access.md. With the chart, the controllers of the KAOS runtime are turned on by the same value.',
  }),
  DEFAULT_AGENT_IMAGE: Type.Optional(Type.String({ ...image, description: 'Image of Agents in the KAOS runtime.' })),
  DEFAULT_LITELLM_IMAGE: Type.Optional(Type.String({ ...image, description: 'Image of ModelAPIs in mode Proxy.' })),
  DEFAULT_OLLAMA_IMAGE: Type.Optional(Type.String({ ...image, description: 'Image of ModelAPIs in mode Hosted.' })),
  DEFAULT_MEMORY_SERVICE_IMAGE: Type.Optional(Type.String({ ...image, description: 'Image of MemoryStores.' })),
  DEFAULT_TELEMETRY_ENABLED: Type.Boolean({
    default: false,
    description: 'Send OpenTelemetry data from KAOS resources that do not set telemetry.',
  }),
  DEFAULT_TELEMETRY_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^[^\\s]*$',
      allowed: 'the address of an OTLP endpoint such as http://collector:4317',
      description: 'OpenTelemetry endpoint that receives the data.',
    }),
  ),
  DEFAULT_LOG_LEVEL: Type.String({
    default: 'INFO',
    pattern: '^[A-Za-z]+$',
    allowed: 'a word such as DEBUG, INFO or WARNING',
    description: 'Log level of KAOS workloads.',
  }),
  SYSTEM_NAMESPACE: Type.String({
    ...namespace,
    default: 'kaos-system',
    description: 'Namespace of the ConfigMap kaos-mcp-runtimes, which lists the runtimes of MCPServers.',
  }),
  CLUSTER_DOMAIN: Type.String({
    ...objectName,
    default: 'cluster.local',
    allowed: 'a domain such as cluster.local',
    description: 'Cluster domain in the DNS names of Services.',
  }),
  GATEWAY_API_INTERNAL_ROUTING: Type.Boolean({
    default: false,
    description: 'Let agents call models, MCP servers and each other through the Gateway. Needs GATEWAY_API_ENABLED.',
  }),
  GATEWAY_ADDRESS: Type.Optional(
    Type.String({
      ...httpAddress,
      description:
        "Gateway address for internal routing and for status. Unset or empty means the address in the Gateway's status.",
    }),
  ),
  KAOS_RUNTIME_REQUESTS_CPU: Type.Optional(
    Type.String({
      ...optionalCpu,
      description: 'Default CPU request of containers in KAOS workloads. Unset or empty means none.',
    }),
  ),
  KAOS_RUNTIME_REQUESTS_MEMORY: Type.Optional(
    Type.String({
      ...optionalMemory,
      description: 'Default memory request of containers in KAOS workloads. Unset or empty means none.',
    }),
  ),
  KAOS_RUNTIME_LIMITS_CPU: Type.Optional(
    Type.String({
      ...optionalCpu,
      description: 'Default CPU limit of containers in KAOS workloads. Unset or empty means none.',
    }),
  ),
  KAOS_RUNTIME_LIMITS_MEMORY: Type.Optional(
    Type.String({
      ...optionalMemory,
      description: 'Default memory limit of containers in KAOS workloads. Unset or empty means none.',
    }),
  ),
  MODEL_API_MASTER_KEY_SECRET: Type.Optional(
    Type.String({
      ...optionalObjectName,
      description:
        'Secret in the namespace of each ModelAPI, whose key master-key callers of LiteLLM need. Unset or empty means that they need none.',
    }),
  ),
  KAOS_RUNTIME_MCP_SESSION_AFFINITY: Type.Union([Type.Literal('None'), Type.Literal('ClientIP')], {
    default: 'None',
    description: 'ClientIP sends all calls that one address makes to the Service of an MCPServer to the same pod.',
  }),
  KAOS_RUNTIME_VERIFIED_CALLERS: Type.Union([Type.Literal('none'), Type.Literal('agents'), Type.Literal('users')], {
    default: 'none',
    description:
      'Which callers a policy at the Gateway identifies: none, agents, or agents and users. Agents then require the identity for their memory.',
  }),
  SECURITY_AGENT_AUTH_IDENTITY_PROVIDER: Type.Union([Type.Literal('none'), Type.Literal('serviceaccount')], {
    default: 'none',
    description:
      'serviceaccount gives each Agent a service account of its own, and a token that says which Agent calls.',
  }),
  SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE: Type.String({
    default: 'kaos-gateway',
    pattern: '^[^\\s]{1,253}$',
    allowed: 'up to 253 characters without spaces',
    description: 'Audience of that token: what the policy at the Gateway accepts.',
  }),
  SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS: Type.Integer({
    default: 3600,
    minimum: 600,
    maximum: 86_400,
    description: 'Lifetime of that token, in seconds. The kubelet renews it before it ends.',
  }),
  KAOS_RUNTIME_HAS_MEMORY_STORES: Type.Boolean({
    default: true,
    description:
      'Whether the cluster has the kind MemoryStore. If not, an Agent that names one is told so; otherwise Metacontroller could not call the hooks for it.',
  }),
  KAOS_RUNTIME_POD_SECURITY: Type.Union(
    [Type.Literal('privileged'), Type.Literal('baseline'), Type.Literal('restricted')],
    {
      default: 'baseline',
      description:
        'Pod Security Standard of KAOS workloads. What a podSpec has beyond it is left out and reported in Accepted.',
    },
  ),
  KAOS_RUNTIME_SERVICE_ACCOUNTS: names(
    'Service accounts that KAOS workloads may use. Unset or empty means any that an MCPServer names in serviceAccountName, and none more in a podSpec.',
  ),
  KAOS_RUNTIME_SECRETS: names(
    'Secrets that KAOS workloads may read. Unset or empty means any that the fields of KAOS name, and none more in a podSpec except imagePullSecrets.',
  ),
  KAOS_RUNTIME_PRIORITY_CLASSES: names('Priority classes that KAOS workloads may use. Unset or empty means none.'),
};
