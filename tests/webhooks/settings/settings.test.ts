import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../webhooks/settings/settings.ts';

const ON = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };

const AGENT_GATEWAY = {
  classController: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller',
  image: 'ghcr.io/agentic-layer/agent-gateway-krakend:0.6.3',
  guardrails: 'warn',
  logLevel: 'INFO',
  shortPathNamespaces: 'all',
  cardsNameLongPath: false,
  configLimitKiB: 900,
  settingsLimitKiB: 4096,
  preStopSeconds: 5,
  resources: { requestsCpu: '100m', requestsMemory: '32Mi', limitsCpu: '500m', limitsMemory: '128Mi' },
  podSpec: {},
  podPolicy: { podSecurity: 'baseline', serviceAccounts: [], secrets: [], priorityClasses: [] },
  referenceHashKey: undefined,
};

const KAOS_RUNTIME = {
  enabled: false,
  images: { agent: undefined, litellm: undefined, ollama: undefined, memoryService: undefined },
  telemetry: { enabled: false, endpoint: undefined },
  logLevel: 'INFO',
  systemNamespace: 'kaos-system',
  clusterDomain: 'cluster.local',
  internalRouting: false,
  gatewayAddress: undefined,
  resources: {},
  mcpSessionAffinity: 'None',
  modelApiMasterKeySecret: undefined,
  verifiedCallers: 'none',
  agentIdentity: { provider: 'none' },
  hasMemoryStores: true,
  podPolicy: { podSecurity: 'baseline', serviceAccounts: [], secrets: [], priorityClasses: [] },
  referenceHashKey: undefined,
};

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      outcome: 'read',
      settings: {
        server: {
          host: '::',
          port: 8080,
          adminPort: 9090,
          logLevel: 'info',
          bodyLimitMiB: 64,
          parsedBodyLimitMiB: 384,
          maxCallsInFlight: 200,
          maxMiBInFlight: 64,
          maxEventLoopDelayMs: 2000,
          maxConnections: 1000,
          shutdownDelaySeconds: 5,
        },
        controllers: {
          access: { rules: {}, dialect: 'none', httpJwks: false, awaitPolicies: true, settleSeconds: 12 },
          gatewayApi: { enabled: false },
          agentGateway: AGENT_GATEWAY,
          agentRoutes: { enabled: false },
          kaosRuntime: KAOS_RUNTIME,
        },
      },
    });
    expect(readSettings(ON)).toMatchObject({
      settings: {
        controllers: {
          access: { rules: {}, dialect: 'none', httpJwks: false, awaitPolicies: true, settleSeconds: 12 },
          gatewayApi: {
            enabled: true,
            gateway: { name: 'kaos-gateway', namespace: 'kaos-system' },
            hostnames: [],
            timeouts: 'supported',
            cors: 'supported',
          },
        },
      },
    });
  });

  it('D23: have one default timeout for each type of resource', () => {
    expect(readSettings(ON)).toMatchObject({
      settings: {
        controllers: {
          access: { rules: {}, dialect: 'none', httpJwks: false, awaitPolicies: true, settleSeconds: 12 },
          gatewayApi: { defaultTimeouts: { agent: '120s', modelAPI: '120s', mcp: '30s', memoryStore: '30s' } },
        },
      },
    });
  });

  it.each([
    'http://10.0.0.7',
    'https://Gateway.example.com:65535',
    'http://[fd00::1]:8080',
    'http://[::1]',
    'http://[1:2:3:4:5:6:7:8]',
  ])('accept %s as the address of the Gateway', (GATEWAY_ADDRESS) => {
    expect(readSettings({ GATEWAY_ADDRESS })).toMatchObject({
      settings: { controllers: { kaosRuntime: { gatewayAddress: GATEWAY_ADDRESS } } },
    });
  });

  it('come from the environment', () => {
    const reading = readSettings({
      ...ON,
      HOST: '::1',
      PORT: '0',
      ADMIN_PORT: '1',
      LOG_LEVEL: 'debug',
      BODY_LIMIT_MIB: '1',
      PARSED_BODY_LIMIT_MIB: '16',
      SHUTDOWN_DELAY_SECONDS: '0',
      GATEWAY_NAME: 'public',
      GATEWAY_SECTION_NAME: 'https',
      GATEWAY_HOSTNAMES: 'a.example.com, *.b.example.com',
      GATEWAY_CLASS_NAME: 'envoy.gateway',
      GATEWAY_TIMEOUTS: 'never',
      GATEWAY_DEFAULT_AGENT_TIMEOUT: '1m30s',
      GATEWAY_DEFAULT_MODELAPI_TIMEOUT: '0s',
      GATEWAY_DEFAULT_MCP_TIMEOUT: '99999ms',
      GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT: '7s',
      AGENT_GATEWAY_CLASS_CONTROLLER: 'example.com/controller',
      AGENT_GATEWAY_IMAGE: 'example/krakend:1',
      AGENT_GATEWAY_GUARDRAILS: 'refuse',
      AGENT_GATEWAY_LOG_LEVEL: 'ERROR',
      AGENT_GATEWAY_SHORT_PATH_NAMESPACES: 'team-a,team-b',
      AGENT_GATEWAY_AGENT_SELECTOR: 'matchExpressions: [{key: stage, operator: NotIn, values: [dev]}]',
      AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1',
      AGENT_GATEWAY_SETTINGS_LIMIT_KIB: '0',
      AGENT_GATEWAY_PRE_STOP_SECONDS: '0',
      AGENT_GATEWAY_REQUESTS_CPU: '1',
      AGENT_GATEWAY_REQUESTS_MEMORY: '1Gi',
      AGENT_GATEWAY_LIMITS_CPU: '20m',
      AGENT_GATEWAY_LIMITS_MEMORY: '1Ki',
      AGENT_GATEWAY_POD_SPEC: 'securityContext: {runAsUser: null, fsGroup: 1}',
      AGENT_ROUTES_ENABLED: 'true',
      AGENT_ROUTES_HOSTNAMES: 'c.example.com',
      AGENT_ROUTES_TIMEOUT: '1h',
      REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt',
      KAOS_RUNTIME_ENABLED: 'true',
      DEFAULT_AGENT_IMAGE: 'example/agent:1',
      DEFAULT_LITELLM_IMAGE: 'example/litellm:1',
      DEFAULT_OLLAMA_IMAGE: 'example/ollama:1',
      DEFAULT_MEMORY_SERVICE_IMAGE: 'example/memory:1',
      DEFAULT_TELEMETRY_ENABLED: 'true',
      DEFAULT_TELEMETRY_ENDPOINT: 'http://collector:4317',
      DEFAULT_LOG_LEVEL: 'DEBUG',
      SYSTEM_NAMESPACE: 'kaos',
      CLUSTER_DOMAIN: 'example.internal',
      GATEWAY_API_INTERNAL_ROUTING: 'true',
      GATEWAY_ADDRESS: 'https://gateway.example.com:8443',
      KAOS_RUNTIME_REQUESTS_CPU: '1',
      KAOS_RUNTIME_REQUESTS_MEMORY: '1Gi',
      KAOS_RUNTIME_LIMITS_CPU: '2',
      KAOS_RUNTIME_LIMITS_MEMORY: '',
      KAOS_RUNTIME_MCP_SESSION_AFFINITY: 'ClientIP',
      MODEL_API_MASTER_KEY_SECRET: 'llm-keys',
      KAOS_RUNTIME_VERIFIED_CALLERS: 'users',
      SECURITY_AGENT_AUTH_IDENTITY_PROVIDER: 'serviceaccount',
      SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS: '7200',
      KAOS_RUNTIME_HAS_MEMORY_STORES: 'false',
      KAOS_RUNTIME_POD_SECURITY: 'restricted',
      KAOS_RUNTIME_SERVICE_ACCOUNTS: '*',
      KAOS_RUNTIME_SECRETS: 'agents-*, a.b*c',
      KAOS_RUNTIME_PRIORITY_CLASSES: 'batch-low',
      MAX_CALLS_IN_FLIGHT: '2',
      MAX_MIB_IN_FLIGHT: '3',
      MAX_EVENT_LOOP_DELAY_MS: '400',
      MAX_CONNECTIONS: '5',
      BUILD: 'b-1',
      TOKEN_DIRECTORY: '/tokens',
      TLS_CERT_FILE: '/tls.crt',
      TLS_KEY_FILE: '/tls.key',
      TLS_CLIENT_CA_FILE: '/ca.crt',
      SOMETHING_ELSE: 'x',
    });
    expect(reading).toEqual({
      outcome: 'read',
      settings: {
        server: {
          host: '::1',
          port: 0,
          adminPort: 1,
          logLevel: 'debug',
          bodyLimitMiB: 1,
          parsedBodyLimitMiB: 16,
          shutdownDelaySeconds: 0,
          maxCallsInFlight: 2,
          maxMiBInFlight: 3,
          maxEventLoopDelayMs: 400,
          maxConnections: 5,
          build: 'b-1',
          tokenDirectory: '/tokens',
          tls: { certFile: '/tls.crt', keyFile: '/tls.key', clientCaFile: '/ca.crt' },
        },
        controllers: {
          access: { rules: {}, dialect: 'none', httpJwks: false, awaitPolicies: true, settleSeconds: 12 },
          gatewayApi: {
            enabled: true,
            gateway: { name: 'public', namespace: 'kaos-system', sectionName: 'https' },
            hostnames: ['a.example.com', '*.b.example.com'],
            timeouts: 'never',
            cors: 'supported',
            gatewayClassName: 'envoy.gateway',
            defaultTimeouts: { agent: '1m30s', modelAPI: '0s', mcp: '99999ms', memoryStore: '7s' },
          },
          agentGateway: {
            classController: 'example.com/controller',
            image: 'example/krakend:1',
            guardrails: 'refuse',
            logLevel: 'ERROR',
            shortPathNamespaces: ['team-a', 'team-b'],
            cardsNameLongPath: true,
            agentSelector: { matchExpressions: [{ key: 'stage', operator: 'NotIn', values: ['dev'] }] },
            configLimitKiB: 1,
            settingsLimitKiB: 0,
            preStopSeconds: 0,
            resources: { requestsCpu: '1', requestsMemory: '1Gi', limitsCpu: '20m', limitsMemory: '1Ki' },
            podSpec: { securityContext: { runAsUser: null, fsGroup: 1 } },
            podPolicy: {
              podSecurity: 'restricted',
              serviceAccounts: ['*'],
              secrets: ['agents-*', 'a.b*c'],
              priorityClasses: ['batch-low'],
            },
            referenceHashKey: 'a key for tests',
          },
          agentRoutes: {
            enabled: true,
            hostnames: ['c.example.com'],
            timeout: '1h',
            clusterDomain: 'example.internal',
          },
          kaosRuntime: {
            enabled: true,
            images: {
              agent: 'example/agent:1',
              litellm: 'example/litellm:1',
              ollama: 'example/ollama:1',
              memoryService: 'example/memory:1',
            },
            telemetry: { enabled: true, endpoint: 'http://collector:4317' },
            logLevel: 'DEBUG',
            systemNamespace: 'kaos',
            clusterDomain: 'example.internal',
            internalRouting: true,
            gatewayAddress: 'https://gateway.example.com:8443',
            resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2' } },
            mcpSessionAffinity: 'ClientIP',
            modelApiMasterKeySecret: 'llm-keys',
            verifiedCallers: 'users',
            agentIdentity: { provider: 'serviceaccount', audience: 'kaos-gateway', expirationSeconds: 7200 },
            hasMemoryStores: false,
            podPolicy: {
              podSecurity: 'restricted',
              serviceAccounts: ['*'],
              secrets: ['agents-*', 'a.b*c'],
              priorityClasses: ['batch-low'],
            },
            referenceHashKey: 'a key for tests',
          },
        },
      },
    });
  });

  it('are frozen at every level', () => {
    const reading = readSettings(ON);
    const values = reading.outcome === 'read' ? [reading.settings, ...Object.values(reading.settings)] : [];
    expect(values.map((value) => Object.isFrozen(value))).toEqual([true, true, true]);
  });
});
