import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import type { VariableName } from './environment.ts';
import type { Variables } from './settings.ts';

/** The chart's value for each variable, as `chart/templates/_settings.tpl` has it. The others are not for users of the chart. */
export const CHART_VALUES: Readonly<Partial<Record<VariableName, string>>> = {
  HOST: 'host',
  LOG_LEVEL: 'logLevel',
  BODY_LIMIT_MIB: 'bodyLimitMiB',
  PARSED_BODY_LIMIT_MIB: 'parsedBodyLimitMiB',
  SHUTDOWN_DELAY_SECONDS: 'shutdownDelaySeconds',
  MAX_CALLS_IN_FLIGHT: 'limits.callsInFlight',
  MAX_MIB_IN_FLIGHT: 'limits.mibInFlight',
  MAX_EVENT_LOOP_DELAY_MS: 'limits.eventLoopDelayMs',
  MAX_CONNECTIONS: 'limits.connections',
  TOKEN_DIRECTORY: 'auth.token.existingSecret',
  TLS_CERT_FILE: 'tls.enabled',
  TLS_KEY_FILE: 'tls.enabled',
  TLS_CLIENT_CA_FILE: 'tls.clientAuth.enabled',
  GATEWAY_API_ENABLED: 'gatewayAPI.enabled',
  GATEWAY_NAME: 'gatewayAPI.gatewayName',
  GATEWAY_NAMESPACE: 'gatewayAPI.gatewayNamespace',
  GATEWAY_SECTION_NAME: 'gatewayAPI.sectionName',
  GATEWAY_HOSTNAMES: 'gatewayAPI.hostnames',
  GATEWAY_CLASS_NAME: 'gatewayAPI.gatewayClassName',
  GATEWAY_TIMEOUTS: 'gateway.timeouts',
  GATEWAY_CORS: 'gatewayAPI.cors',
  GATEWAY_DEFAULT_AGENT_TIMEOUT: 'gateway.defaultTimeouts.agent',
  GATEWAY_DEFAULT_MODELAPI_TIMEOUT: 'gateway.defaultTimeouts.modelAPI',
  GATEWAY_DEFAULT_MCP_TIMEOUT: 'gateway.defaultTimeouts.mcp',
  GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT: 'gateway.defaultTimeouts.memoryStore',
  ACCESS_DIALECT: 'gatewayAPI.accessDialect',
  ACCESS_AWAIT_POLICIES: 'gatewayAPI.awaitPolicies',
  ACCESS_SETTLE_SECONDS: 'gatewayAPI.settleSeconds',
  ACCESS_HTTP_JWKS: 'gatewayAPI.httpJwks',
  ACCESS_RULES_FILE: 'accessRules',
  AGENT_GATEWAY_CLASS_CONTROLLER: 'agentGateway.instance',
  AGENT_GATEWAY_IMAGE: 'agentGateway.image',
  AGENT_GATEWAY_GUARDRAILS: 'agentGateway.guardrails',
  AGENT_GATEWAY_LOG_LEVEL: 'agentGateway.logLevel',
  AGENT_GATEWAY_SHORT_PATH_NAMESPACES: 'agentGateway.shortPathNamespaces',
  AGENT_GATEWAY_AGENT_SELECTOR: 'agentGateway.agentSelector',
  AGENT_GATEWAY_CONFIG_LIMIT_KIB: 'agentGateway.configLimitKiB',
  AGENT_GATEWAY_SETTINGS_LIMIT_KIB: 'agentGateway.settingsLimitKiB',
  AGENT_GATEWAY_PRE_STOP_SECONDS: 'agentGateway.preStopSeconds',
  AGENT_GATEWAY_REQUESTS_CPU: 'agentGateway.resources.requests.cpu',
  AGENT_GATEWAY_REQUESTS_MEMORY: 'agentGateway.resources.requests.memory',
  AGENT_GATEWAY_LIMITS_CPU: 'agentGateway.resources.limits.cpu',
  AGENT_GATEWAY_LIMITS_MEMORY: 'agentGateway.resources.limits.memory',
  AGENT_GATEWAY_POD_SPEC: 'agentGateway.podSpec',
  AGENT_ROUTES_ENABLED: 'agentRoutes.enabled',
  AGENT_ROUTES_HOSTNAMES: 'agentRoutes.hostnames',
  AGENT_ROUTES_TIMEOUT: 'agentRoutes.timeout',
  REFERENCE_HASH_KEY_FILE: 'agentGateway.referenceHashKeySecret',
  KAOS_RUNTIME_ENABLED: 'kaosRuntime.enabled',
  DEFAULT_AGENT_IMAGE: 'kaosRuntime.defaultImages.agent',
  DEFAULT_LITELLM_IMAGE: 'kaosRuntime.defaultImages.litellm',
  DEFAULT_OLLAMA_IMAGE: 'kaosRuntime.defaultImages.ollama',
  DEFAULT_MEMORY_SERVICE_IMAGE: 'kaosRuntime.defaultImages.memoryService',
  DEFAULT_TELEMETRY_ENABLED: 'kaosRuntime.telemetry.enabled',
  DEFAULT_TELEMETRY_ENDPOINT: 'kaosRuntime.telemetry.endpoint',
  DEFAULT_LOG_LEVEL: 'kaosRuntime.logLevel',
  CLUSTER_DOMAIN: 'kaosRuntime.clusterDomain',
  KAOS_RUNTIME_REQUESTS_CPU: 'kaosRuntime.resources.requests.cpu',
  KAOS_RUNTIME_REQUESTS_MEMORY: 'kaosRuntime.resources.requests.memory',
  KAOS_RUNTIME_LIMITS_CPU: 'kaosRuntime.resources.limits.cpu',
  KAOS_RUNTIME_LIMITS_MEMORY: 'kaosRuntime.resources.limits.memory',
  KAOS_RUNTIME_MCP_SESSION_AFFINITY: 'kaosRuntime.mcpSessionAffinity',
  MODEL_API_MASTER_KEY_SECRET: 'kaosRuntime.modelApiMasterKeySecret',
  KAOS_RUNTIME_VERIFIED_CALLERS: 'kaosRuntime.verifiedCallers',
  SECURITY_AGENT_AUTH_IDENTITY_PROVIDER: 'kaosRuntime.agentAuth.identity.provider',
  SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE: 'kaosRuntime.agentAuth.identity.serviceAccount.audience',
  SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS:
    'kaosRuntime.agentAuth.identity.serviceAccount.expirationSeconds',
  KAOS_RUNTIME_POD_SECURITY: 'kaosRuntime.podPolicy.podSecurity',
  KAOS_RUNTIME_SERVICE_ACCOUNTS: 'kaosRuntime.podPolicy.serviceAccounts',
  KAOS_RUNTIME_SECRETS: 'kaosRuntime.podPolicy.secrets',
  KAOS_RUNTIME_PRIORITY_CLASSES: 'kaosRuntime.podPolicy.priorityClasses',
  GATEWAY_API_INTERNAL_ROUTING: 'gatewayAPI.internalRouting',
  GATEWAY_ADDRESS: 'gatewayAPI.address',
};

/** The chart mounts files for these, so a value turns them on, but is not their text. */
const FILES: readonly string[] = [
  'TOKEN_DIRECTORY',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
  'TLS_CLIENT_CA_FILE',
  'ACCESS_RULES_FILE',
  'REFERENCE_HASH_KEY_FILE',
];

/** The variables that the chart sets for a release in this namespace, apart from paths of files. */
export function chartVariables(values: PlainObject, namespace: string): Variables {
  const texts = Object.entries(CHART_VALUES)
    .filter(([name]) => !FILES.includes(name))
    .map(([name, path]) => [name, textOf(chartValue(values, path))]);
  const found: Variables = Object.fromEntries(texts);
  const instance = found['AGENT_GATEWAY_CLASS_CONTROLLER'];
  return {
    ...found,
    SYSTEM_NAMESPACE: namespace,
    GATEWAY_NAMESPACE: found['GATEWAY_NAMESPACE'] || namespace,
    AGENT_GATEWAY_CLASS_CONTROLLER: `runtime.agentic-layer.ai/agent-gateway-krakend-controller${instance ? `-${instance}` : ''}`,
  };
}

/** The value at a path, such as `gatewayAPI.enabled`. */
export function chartValue(values: PlainObject, path: string): unknown {
  return path.split('.').reduce((within: unknown, name) => (isPlainObject(within) ? within[name] : undefined), values);
}

/** Lists are separated by commas, and maps are JSON. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join(',');
  }
  return isPlainObject(value) ? JSON.stringify(value) : String(value ?? '');
}
