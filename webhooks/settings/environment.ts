import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { DNS_SUBDOMAIN, LONGEST_DNS_SUBDOMAIN } from '../../controllers/kubernetes/values/names.ts';
import { kaosRuntimeVariables } from './kaos-runtime-variables.ts';
import { cpu, duration, filePath, memory, namespace, objectName } from './variable-forms.ts';

const NO_IP_ADDRESS = '(?![0-9]+(\\.[0-9]+){3}$)';

/**
 * All the variables that the service reads, each with its default, what is allowed and what it does. The README's table
 * and the offline command's flags are made from it. The names of the KAOS operator's ConfigMap are kept.
 */
export const Environment = Type.Object({
  HOST: Type.String({
    default: '0.0.0.0',
    pattern: '^[0-9A-Za-z.:-]+$',
    allowed: 'an IP address or a host name',
    description: 'The address to listen on.',
  }),
  PORT: Type.Integer({ default: 8080, minimum: 0, maximum: 65535, description: 'The port of the hooks.' }),
  ADMIN_PORT: Type.Integer({
    default: 9090,
    minimum: 0,
    maximum: 65535,
    description: 'The port of /healthz, /readyz, /metrics and /version.',
  }),
  BUILD: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Za-z._-]{1,64}$',
      allowed: "up to 64 letters, digits, '.', '_' and '-'",
      description: 'The build of this pod. A sync whose URL has another `?build=` is asked for again after 30 seconds.',
    }),
  ),
  TOKEN_DIRECTORY: Type.Optional(
    Type.String({
      ...filePath,
      allowed: 'the path of a folder with at least one file',
      description: 'A folder with a bearer token in each file; a call must carry one of them. Read again on change.',
    }),
  ),
  TLS_CERT_FILE: Type.Optional(
    Type.String({
      ...filePath,
      description: 'Our certificate, in PEM, for hooks over HTTPS; needs TLS_KEY_FILE. Read again on change.',
    }),
  ),
  TLS_KEY_FILE: Type.Optional(
    Type.String({ ...filePath, description: 'The private key of TLS_CERT_FILE, in PEM. Read again on change.' }),
  ),
  TLS_CLIENT_CA_FILE: Type.Optional(
    Type.String({
      ...filePath,
      description: 'Certificates, in PEM, that sign those which callers must show; needs TLS. Read again on change.',
    }),
  ),
  LOG_LEVEL: Type.Union(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].map((level) => Type.Literal(level)),
    { default: 'info', description: 'The least severe log lines to write.' },
  ),
  BODY_LIMIT_MIB: Type.Integer({
    default: 64,
    minimum: 1,
    maximum: 256,
    description: 'The largest request body, in MiB; a larger one is answered 413.',
  }),
  MAX_CALLS_IN_FLIGHT: Type.Integer({
    default: 200,
    minimum: 1,
    maximum: 10_000,
    description: 'How many calls may be under way; one more is answered 429 and comes again.',
  }),
  MAX_MIB_IN_FLIGHT: Type.Integer({
    default: 64,
    minimum: 1,
    maximum: 4096,
    description: 'How large their bodies may be together, in MiB: at least BODY_LIMIT_MIB, and 429 beyond it.',
  }),
  MAX_EVENT_LOOP_DELAY_MS: Type.Integer({
    default: 2000,
    minimum: 100,
    maximum: 60_000,
    description: 'How far behind its work the process may be, in milliseconds; calls are answered 429 beyond it.',
  }),
  MAX_CONNECTIONS: Type.Integer({
    default: 1000,
    minimum: 1,
    maximum: 100_000,
    description: 'How many connections there may be at each port; one more is closed.',
  }),
  SHUTDOWN_DELAY_SECONDS: Type.Integer({
    default: 5,
    minimum: 0,
    maximum: 300,
    description: 'How long calls are still accepted after SIGTERM, until the cluster has stopped sending them here.',
  }),
  GATEWAY_API_ENABLED: Type.Boolean({
    default: false,
    description: 'Whether KAOS resources get an HTTPRoute. Turned off, the routes that were made are removed.',
  }),
  GATEWAY_NAME: Type.String({
    ...objectName,
    default: 'kaos-gateway',
    description: 'The Gateway that routes attach to.',
  }),
  GATEWAY_NAMESPACE: Type.Optional(
    Type.String({
      ...namespace,
      description: 'The namespace of that Gateway. Required while the Gateway API is enabled.',
    }),
  ),
  GATEWAY_SECTION_NAME: Type.Optional(
    Type.String({
      pattern: `^(${DNS_SUBDOMAIN})?$`,
      maxLength: LONGEST_DNS_SUBDOMAIN,
      allowed: "a listener's name: lower case letters, digits, '-' and '.'",
      description: 'The listener that routes attach to; unset or empty: all of them.',
    }),
  ),
  GATEWAY_HOSTNAMES: Type.Optional(
    Type.Array(
      Type.String({ pattern: `^${NO_IP_ADDRESS}(\\*\\.)?${DNS_SUBDOMAIN}$`, maxLength: LONGEST_DNS_SUBDOMAIN }),
      {
        maxItems: 16,
        uniqueItems: true,
        allowed: 'up to 16 different host names with commas between them, such as agents.example.com or *.example.com',
        description:
          "The host names of all routes, with commas between them; unset or empty: those of the Gateway's listeners.",
      },
    ),
  ),
  GATEWAY_DEFAULT_AGENT_TIMEOUT: Type.String({
    ...duration,
    default: '120s',
    description: 'The request timeout of Agents that set none.',
  }),
  GATEWAY_DEFAULT_MODELAPI_TIMEOUT: Type.String({
    ...duration,
    default: '120s',
    description: 'The request timeout of ModelAPIs that set none.',
  }),
  GATEWAY_DEFAULT_MCP_TIMEOUT: Type.String({
    ...duration,
    default: '30s',
    description: 'The request timeout of MCPServers that set none.',
  }),
  AGENT_GATEWAY_IMAGE: Type.String({
    default: 'ghcr.io/agentic-layer/agent-gateway-krakend:0.6.3',
    pattern: '^[^\\s]+$',
    allowed: "an image's name",
    description: 'The image of the gateways that AgentGateways get.',
  }),
  AGENT_GATEWAY_GUARDRAILS: Type.Union([Type.Literal('warn'), Type.Literal('refuse')], {
    default: 'warn',
    description:
      'Whether a gateway that asks for guardrails, which KrakenD does not have, is served and warned of, or refused.',
  }),
  AGENT_GATEWAY_CONFIG_LIMIT_KIB: Type.Integer({
    default: 900,
    minimum: 1,
    maximum: 1000,
    description:
      'The largest configuration of a gateway, in KiB; beyond it the last one stays. A ConfigMap holds 1024.',
  }),
  AGENT_GATEWAY_PRE_STOP_SECONDS: Type.Integer({
    default: 5,
    minimum: 0,
    maximum: 300,
    description: 'How long a pod of a gateway goes on serving after it was told to end.',
  }),
  AGENT_GATEWAY_REQUESTS_CPU: Type.String({
    ...cpu,
    default: '100m',
    description: 'What a pod of a gateway asks for.',
  }),
  AGENT_GATEWAY_REQUESTS_MEMORY: Type.String({
    ...memory,
    default: '32Mi',
    description: 'What a pod of a gateway asks for.',
  }),
  AGENT_GATEWAY_LIMITS_CPU: Type.String({ ...cpu, default: '500m', description: 'What a pod of a gateway may use.' }),
  AGENT_GATEWAY_LIMITS_MEMORY: Type.String({
    ...memory,
    default: '64Mi',
    description: 'What a pod of a gateway may use, at least; with many agents it is more.',
  }),
  ...kaosRuntimeVariables,
  REFERENCE_HASH_KEY_FILE: Type.Optional(
    Type.String({
      ...filePath,
      allowed: 'the path of a file that is not empty',
      description:
        'A file with a key; needs TLS. With it, changed Secrets of a gateway roll its pods; without it, they are not asked for.',
    }),
  ),
});
export type Environment = Static<typeof Environment>;

export type VariableName = keyof Environment;

export const variableNames = Object.keys(Environment.properties) as VariableName[];

export function isVariableName(name: string): name is VariableName {
  return Object.hasOwn(Environment.properties, name);
}

/** A variable's text as its schema's type; text that is none of that type stays text, and fails the schema. */
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

/** What a variable may be, for people. */
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
