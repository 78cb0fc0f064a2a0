import { thousandthsOf } from '../../controllers/kubernetes/values/quantity.ts';
import type { KaosRuntimeSettings } from '../../controllers/settings.ts';
import type { Environment } from './environment.ts';

/** The settings of the KAOS runtime. An empty variable counts as not set, as in the KAOS operator's ConfigMap. */
export function kaosRuntimeSettings(environment: Environment): Omit<KaosRuntimeSettings, 'referenceHashKey'> {
  const requests = quantities(environment.KAOS_RUNTIME_REQUESTS_CPU, environment.KAOS_RUNTIME_REQUESTS_MEMORY);
  const limits = quantities(environment.KAOS_RUNTIME_LIMITS_CPU, environment.KAOS_RUNTIME_LIMITS_MEMORY);
  return {
    enabled: environment.KAOS_RUNTIME_ENABLED,
    images: {
      agent: environment.DEFAULT_AGENT_IMAGE || undefined,
      litellm: environment.DEFAULT_LITELLM_IMAGE || undefined,
      ollama: environment.DEFAULT_OLLAMA_IMAGE || undefined,
      memoryService: environment.DEFAULT_MEMORY_SERVICE_IMAGE || undefined,
    },
    telemetry: {
      enabled: environment.DEFAULT_TELEMETRY_ENABLED,
      endpoint: environment.DEFAULT_TELEMETRY_ENDPOINT || undefined,
    },
    logLevel: environment.DEFAULT_LOG_LEVEL,
    systemNamespace: environment.SYSTEM_NAMESPACE,
    clusterDomain: environment.CLUSTER_DOMAIN,
    internalRouting: environment.GATEWAY_API_INTERNAL_ROUTING,
    gatewayAddress: environment.GATEWAY_ADDRESS || undefined,
    resources: { ...(requests && { requests }), ...(limits && { limits }) },
    mcpSessionAffinity: environment.KAOS_RUNTIME_MCP_SESSION_AFFINITY,
    modelApiMasterKeySecret: environment.MODEL_API_MASTER_KEY_SECRET || undefined,
    verifiedCallers: environment.KAOS_RUNTIME_VERIFIED_CALLERS,
    agentIdentity: agentIdentity(environment),
    hasMemoryStores: environment.KAOS_RUNTIME_HAS_MEMORY_STORES,
    podPolicy: podPolicy(environment),
  };
}

function agentIdentity(environment: Environment): KaosRuntimeSettings['agentIdentity'] {
  return environment.SECURITY_AGENT_AUTH_IDENTITY_PROVIDER === 'none'
    ? { provider: 'none' }
    : {
        provider: 'serviceaccount',
        audience: environment.SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE,
        expirationSeconds: environment.SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS,
      };
}

function podPolicy(environment: Environment): KaosRuntimeSettings['podPolicy'] {
  return {
    podSecurity: environment.KAOS_RUNTIME_POD_SECURITY,
    serviceAccounts: environment.KAOS_RUNTIME_SERVICE_ACCOUNTS ?? [],
    secrets: environment.KAOS_RUNTIME_SECRETS ?? [],
    priorityClasses: environment.KAOS_RUNTIME_PRIORITY_CLASSES ?? [],
  };
}

function quantities(cpu: string | undefined, memory: string | undefined): Record<string, string> | undefined {
  const named = { ...(cpu && { cpu }), ...(memory && { memory }) };
  return Object.keys(named).length > 0 ? named : undefined;
}

const LIMITS = [
  { limit: 'KAOS_RUNTIME_LIMITS_CPU', request: 'KAOS_RUNTIME_REQUESTS_CPU' },
  { limit: 'KAOS_RUNTIME_LIMITS_MEMORY', request: 'KAOS_RUNTIME_REQUESTS_MEMORY' },
] as const;

/** Limits below their requests, as pairs of variables. The API server would refuse each Deployment with such a pair. */
export function lowLimits(environment: Environment) {
  return LIMITS.filter(({ limit, request }) => {
    const [most, least] = [environment[limit], environment[request]].map((quantity) => thousandthsOf(quantity ?? ''));
    return most !== undefined && least !== undefined && most < least;
  });
}
