import { DNS_SUBDOMAIN, LONGEST_DNS_SUBDOMAIN } from '../../controllers/kubernetes/values/names.ts';
import { ROUTE_CORS, ROUTE_TIMEOUTS } from '../../controllers/settings.ts';
import { type Static, type TSchema, Type } from '../../controllers/typebox.ts';
import { accessVariables } from './access-variables.ts';
import { agentGatewayVariables } from './agent-gateway-variables.ts';
import { agentRoutesVariables } from './agent-routes-variables.ts';
import { kaosRuntimeVariables } from './kaos-runtime-variables.ts';
import { duration, filePath, hostname, hostnames, namespace, objectName } from './variable-forms.ts';

/**
 * All environment variables that the service reads, each with its default, allowed values and description. The reference
 * page and the flags of the offline command come from it. Names in the KAOS operator's ConfigMap are the same here.
 */
export const Environment = Type.Object({
  HOST: Type.String({
    default: '::',
    pattern: '^[0-9A-Za-z.:-]+$',
    allowed: 'an IP address or a hostname',
    description:
      'Address to listen on. `::` means all addresses, of IPv4 and IPv6; of IPv4 only if the machine has no IPv6.',
  }),
  PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65535, description: 'Port of the hooks.' }),
  ADMIN_PORT: Type.Integer({
    default: 9090,
    minimum: 0,
    maximum: 65535,
    description: 'Port of /healthz, /readyz, /metrics and /version.',
  }),
  BUILD: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Za-z._-]{1,64}$',
      allowed: "up to 64 letters, digits, '.', '_' and '-'",
      description:
        'Build of this pod. If the URL of a sync has another `?build=`, the answer asks for a resync after 30 seconds.',
    }),
  ),
  TOKEN_DIRECTORY: Type.Optional(
    Type.String({
      ...filePath,
      allowed: 'the path of a folder with at least one file',
      description: 'Folder with one bearer token per file. A call must carry one of them. Reloaded on change.',
    }),
  ),
  TLS_CERT_FILE: Type.Optional(
    Type.String({
      ...filePath,
      description: 'Server certificate in PEM, for hooks over HTTPS. Needs TLS_KEY_FILE. Reloaded on change.',
    }),
  ),
  TLS_KEY_FILE: Type.Optional(
    Type.String({ ...filePath, description: 'Private key of TLS_CERT_FILE in PEM. Reloaded on change.' }),
  ),
  TLS_CLIENT_CA_FILE: Type.Optional(
    Type.String({
      ...filePath,
      description:
        'CA bundle for client certificates, in PEM. If set, callers need a certificate from it. Needs TLS. Reloaded on change.',
    }),
  ),
  LOG_LEVEL: Type.Union(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info', description: 'Log level: the least severe lines to write.' },
  ),
  BODY_LIMIT_MIB: Type.Integer({
    default: 64,
    minimum: 1,
    maximum: 256,
    description: 'Largest request body, in MiB. Larger ones get a 413.',
  }),
  PARSED_BODY_LIMIT_MIB: Type.Integer({
    default: 384,
    minimum: 16,
    maximum: 8192,
    description:
      'Most memory that a request body may need once it is parsed, in MiB, told from its bytes. Others get a 413 before they are parsed.',
  }),
  MAX_CALLS_IN_FLIGHT: Type.Integer({
    default: 200,
    minimum: 1,
    maximum: 10_000,
    description: 'Maximum calls in flight. Further calls get a 429, and Metacontroller retries them.',
  }),
  MAX_MIB_IN_FLIGHT: Type.Integer({
    default: 64,
    minimum: 1,
    maximum: 4096,
    description:
      'Maximum total size of request bodies in flight, in MiB; at least BODY_LIMIT_MIB. Further calls get a 429.',
  }),
  MAX_EVENT_LOOP_DELAY_MS: Type.Integer({
    default: 2000,
    minimum: 100,
    maximum: 60_000,
    description: 'Maximum event loop delay, in milliseconds. Above it, calls get a 429.',
  }),
  MAX_CONNECTIONS: Type.Integer({
    default: 1000,
    minimum: 1,
    maximum: 100_000,
    description:
      'Maximum connections per port. A further one takes the place of one that is owed no answer, or is closed if there is none.',
  }),
  SHUTDOWN_DELAY_SECONDS: Type.Integer({
    default: 5,
    minimum: 0,
    maximum: 300,
    description:
      'How long the service accepts new calls after SIGTERM, in seconds. In this time the cluster stops sending calls to it.',
  }),
  GATEWAY_API_ENABLED: Type.Boolean({
    default: false,
    description:
      'Make an HTTPRoute for each KAOS resource, and for each AgentGateway with the annotation agent-gateway-hooks/hostnames. If you turn this off, the routes are removed, but with the chart those of AgentGateways stay: docs/uninstall.md.',
  }),
  GATEWAY_NAME: Type.String({
    ...objectName,
    default: 'kaos-gateway',
    description: 'Name of the Gateway that routes attach to.',
  }),
  GATEWAY_NAMESPACE: Type.Optional(
    Type.String({
      ...namespace,
      description: 'Namespace of the Gateway. Required if GATEWAY_API_ENABLED is true.',
    }),
  ),
  GATEWAY_SECTION_NAME: Type.Optional(
    Type.String({
      pattern: `^(${DNS_SUBDOMAIN})?$`,
      maxLength: LONGEST_DNS_SUBDOMAIN,
      allowed: "a listener name: lower case letters, digits, '-' and '.'",
      description: 'Listener that routes attach to. Unset or empty means all listeners.',
    }),
  ),
  GATEWAY_HOSTNAMES: Type.Optional(
    Type.Array(Type.String(hostname), {
      ...hostnames,
      description:
        "Hostnames of all routes, separated by commas. Unset or empty means the hostnames of the Gateway's listeners.",
    }),
  ),
  GATEWAY_CLASS_NAME: Type.Optional(
    Type.String({
      pattern: `^(${DNS_SUBDOMAIN})?$`,
      maxLength: LONGEST_DNS_SUBDOMAIN,
      allowed: objectName.allowed,
      description: 'GatewayClass of the Gateway, which says what the Gateway supports. Unset or empty means unknown.',
    }),
  ),
  GATEWAY_TIMEOUTS: Type.Union(
    ROUTE_TIMEOUTS.map((which) => Type.Literal(which)),
    {
      default: 'supported',
      description:
        'Which routes have timeouts: always, never, or supported, which omits them if GATEWAY_CLASS_NAME lists its features without HTTPRouteRequestTimeout.',
    },
  ),
  GATEWAY_CORS: Type.Union(
    ROUTE_CORS.map((which) => Type.Literal(which)),
    {
      default: 'supported',
      description:
        'Which routes have the CORS filter of Gateway API, if the access rules have cors: always, never, or supported, which writes it only if GATEWAY_CLASS_NAME lists HTTPRouteCORS. Without the filter, the policy of ACCESS_DIALECT lets pages call.',
    },
  ),
  GATEWAY_DEFAULT_AGENT_TIMEOUT: Type.String({
    ...duration,
    default: '120s',
    description: 'Request timeout of Agents that set none.',
  }),
  GATEWAY_DEFAULT_MODELAPI_TIMEOUT: Type.String({
    ...duration,
    default: '120s',
    description: 'Request timeout of ModelAPIs that set none.',
  }),
  GATEWAY_DEFAULT_MCP_TIMEOUT: Type.String({
    ...duration,
    default: '30s',
    description: 'Request timeout of MCPServers that set none.',
  }),
  GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT: Type.String({
    ...duration,
    default: '30s',
    description: 'Request timeout of MemoryStores that set none.',
  }),
  ...accessVariables,
  ...agentGatewayVariables,
  ...agentRoutesVariables,
  ...kaosRuntimeVariables,
  REFERENCE_HASH_KEY_FILE: Type.Optional(
    Type.String({
      ...filePath,
      allowed: 'the path of a file that is not empty',
      description:
        "File with a key. If set, a gateway's pods roll when its Secrets change; if not, the hooks do not ask for Secrets. Needs TLS.",
    }),
  ),
});
export type Environment = Static<typeof Environment>;

export type VariableName = keyof Environment;

/** All variables, in the order of the reference page. */
export const variableNames = Object.keys(Environment.properties) as VariableName[];

/** Whether the service reads a variable of this name. */
export function isVariableName(name: string): name is VariableName {
  return Object.hasOwn(Environment.properties, name);
}

/** Converts a variable's text to its schema's type. Invalid text stays a string, so that the schema rejects it. */
export function decode(schema: TSchema, text: string): unknown {
  switch (schema['type']) {
    case 'integer':
      return /^[0-9]+$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'array':
      return text === '' ? [] : text.split(',').map((item) => item.trim());
    default:
      return text;
  }
}

/** The allowed values of a variable, as readable text. */
export function allowed(schema: TSchema): string {
  if (typeof schema['allowed'] === 'string') {
    return schema['allowed'];
  }
  switch (schema['type']) {
    case 'integer':
      return `a whole number from ${schema['minimum']} to ${schema['maximum']}`;
    case 'boolean':
      return 'true or false';
    default:
      return `one of ${schema['anyOf'].map((literal: TSchema) => literal['const']).join(', ')}`;
  }
}
