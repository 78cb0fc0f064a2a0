import { Type } from '@sinclair/typebox';
import { httpAddress, image, namespace, objectName, optionalCpu, optionalMemory } from './variable-forms.ts';

/** The variables of the KAOS runtime, by the names of the KAOS operator's ConfigMap as far as it has them. */
export const kaosRuntimeVariables = {
  DEFAULT_AGENT_IMAGE: Type.Optional(
    Type.String({ ...image, description: 'The image of Agents that the KAOS runtime runs.' }),
  ),
  DEFAULT_LITELLM_IMAGE: Type.Optional(Type.String({ ...image, description: 'The image of ModelAPIs in mode Proxy.' })),
  DEFAULT_OLLAMA_IMAGE: Type.Optional(Type.String({ ...image, description: 'The image of ModelAPIs in mode Hosted.' })),
  DEFAULT_TELEMETRY_ENABLED: Type.Boolean({
    default: false,
    description: 'Whether KAOS resources that do not say themselves send OpenTelemetry.',
  }),
  DEFAULT_TELEMETRY_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^[^\\s]*$',
      allowed: 'the address of an OTLP endpoint such as http://collector:4317',
      description: 'Where it is sent.',
    }),
  ),
  DEFAULT_LOG_LEVEL: Type.String({
    default: 'INFO',
    pattern: '^[A-Za-z]+$',
    allowed: 'a word such as DEBUG, INFO or WARNING',
    description: 'The log level of what the KAOS runtime runs.',
  }),
  SYSTEM_NAMESPACE: Type.String({
    ...namespace,
    default: 'kaos-system',
    description: 'The namespace of the ConfigMap kaos-mcp-runtimes, in which the runtimes of MCPServers are.',
  }),
  CLUSTER_DOMAIN: Type.String({
    ...objectName,
    default: 'cluster.local',
    allowed: 'a domain such as cluster.local',
    description: "The domain of Services' names.",
  }),
  GATEWAY_API_INTERNAL_ROUTING: Type.Boolean({
    default: false,
    description: 'Whether agents call models, MCP servers and each other at the Gateway; needs GATEWAY_API_ENABLED.',
  }),
  GATEWAY_ADDRESS: Type.Optional(
    Type.String({
      ...httpAddress,
      description: "The Gateway's address; unset or empty: the one in its status.",
    }),
  ),
  KAOS_RUNTIME_REQUESTS_CPU: Type.Optional(
    Type.String({
      ...optionalCpu,
      description: 'What a container of the KAOS runtime asks for; unset or empty: nothing.',
    }),
  ),
  KAOS_RUNTIME_REQUESTS_MEMORY: Type.Optional(
    Type.String({
      ...optionalMemory,
      description: 'What a container of the KAOS runtime asks for; unset or empty: nothing.',
    }),
  ),
  KAOS_RUNTIME_LIMITS_CPU: Type.Optional(
    Type.String({ ...optionalCpu, description: 'What a container of the KAOS runtime may use; unset or empty: any.' }),
  ),
  KAOS_RUNTIME_LIMITS_MEMORY: Type.Optional(
    Type.String({
      ...optionalMemory,
      description: 'What a container of the KAOS runtime may use; unset or empty: any.',
    }),
  ),
};
