import { describe, expect, it } from 'vitest';
import { readSettings } from '../../webhooks/settings.ts';

const ON = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };
const OBJECT_NAME = "a Kubernetes object's name: lower case letters, digits, '-' and '.'";
const DURATION = 'a Gateway API duration such as 120s, 1m30s or 0s (no timeout)';
const NAMESPACE = "a namespace's name: lower case letters, digits and '-', 63 characters at most";
const HOSTNAMES = 'up to 16 different host names with commas between them, such as agents.example.com or *.example.com';

const GATEWAY_ADDRESS =
  'http:// or https://, a host and, where it is another one, a port, such as http://gateway.example.com:8080';

const AGENT_GATEWAY = {
  image: 'ghcr.io/agentic-layer/agent-gateway-krakend:0.6.3',
  guardrails: 'warn',
  configLimitKiB: 900,
  preStopSeconds: 5,
  resources: { requestsCpu: '100m', requestsMemory: '32Mi', limitsCpu: '500m', limitsMemory: '64Mi' },
  referenceHashKey: undefined,
};

const KAOS_RUNTIME = {
  images: { agent: undefined, litellm: undefined, ollama: undefined },
  telemetry: { enabled: false, endpoint: undefined },
  logLevel: 'INFO',
  systemNamespace: 'kaos-system',
  clusterDomain: 'cluster.local',
  internalRouting: false,
  gatewayAddress: undefined,
  resources: {},
  referenceHashKey: undefined,
};

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({})).toEqual({
      outcome: 'read',
      settings: {
        server: {
          host: '0.0.0.0',
          port: 8080,
          adminPort: 9090,
          logLevel: 'info',
          bodyLimitMiB: 64,
          maxCallsInFlight: 200,
          maxMiBInFlight: 64,
          maxEventLoopDelayMs: 2000,
          maxConnections: 1000,
          shutdownDelaySeconds: 5,
        },
        controllers: { gatewayApi: { enabled: false }, agentGateway: AGENT_GATEWAY, kaosRuntime: KAOS_RUNTIME },
      },
    });
    expect(readSettings(ON)).toMatchObject({
      settings: {
        controllers: {
          gatewayApi: {
            enabled: true,
            gateway: { name: 'kaos-gateway', namespace: 'kaos-system' },
            hostnames: [],
            defaultTimeouts: { agent: '120s', modelAPI: '120s', mcp: '30s' },
          },
        },
      },
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
      SHUTDOWN_DELAY_SECONDS: '0',
      GATEWAY_NAME: 'public',
      GATEWAY_SECTION_NAME: 'https',
      GATEWAY_HOSTNAMES: 'a.example.com, *.b.example.com',
      GATEWAY_DEFAULT_AGENT_TIMEOUT: '1m30s',
      GATEWAY_DEFAULT_MODELAPI_TIMEOUT: '0s',
      GATEWAY_DEFAULT_MCP_TIMEOUT: '99999ms',
      AGENT_GATEWAY_IMAGE: 'example/krakend:1',
      AGENT_GATEWAY_GUARDRAILS: 'refuse',
      AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1',
      AGENT_GATEWAY_PRE_STOP_SECONDS: '0',
      AGENT_GATEWAY_REQUESTS_CPU: '1',
      AGENT_GATEWAY_REQUESTS_MEMORY: '1Gi',
      AGENT_GATEWAY_LIMITS_CPU: '20m',
      AGENT_GATEWAY_LIMITS_MEMORY: '1Ki',
      REFERENCE_HASH_KEY_FILE: 'tests/support/reference-hash-key.txt',
      DEFAULT_AGENT_IMAGE: 'example/agent:1',
      DEFAULT_LITELLM_IMAGE: 'example/litellm:1',
      DEFAULT_OLLAMA_IMAGE: 'example/ollama:1',
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
          gatewayApi: {
            enabled: true,
            gateway: { name: 'public', namespace: 'kaos-system', sectionName: 'https' },
            hostnames: ['a.example.com', '*.b.example.com'],
            defaultTimeouts: { agent: '1m30s', modelAPI: '0s', mcp: '99999ms' },
          },
          agentGateway: {
            image: 'example/krakend:1',
            guardrails: 'refuse',
            configLimitKiB: 1,
            preStopSeconds: 0,
            resources: { requestsCpu: '1', requestsMemory: '1Gi', limitsCpu: '20m', limitsMemory: '1Ki' },
            referenceHashKey: 'a key for tests',
          },
          kaosRuntime: {
            images: { agent: 'example/agent:1', litellm: 'example/litellm:1', ollama: 'example/ollama:1' },
            telemetry: { enabled: true, endpoint: 'http://collector:4317' },
            logLevel: 'DEBUG',
            systemNamespace: 'kaos',
            clusterDomain: 'example.internal',
            internalRouting: true,
            gatewayAddress: 'https://gateway.example.com:8443',
            resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2' } },
            referenceHashKey: 'a key for tests',
          },
        },
      },
    });
  });

  it('that are optional may be empty', () => {
    const empty = readSettings({
      ...ON,
      GATEWAY_SECTION_NAME: '',
      GATEWAY_HOSTNAMES: '',
      DEFAULT_AGENT_IMAGE: '',
      DEFAULT_LITELLM_IMAGE: '',
      DEFAULT_OLLAMA_IMAGE: '',
      DEFAULT_TELEMETRY_ENDPOINT: '',
      GATEWAY_ADDRESS: '',
      KAOS_RUNTIME_REQUESTS_CPU: '',
      KAOS_RUNTIME_LIMITS_MEMORY: '',
    });
    expect(empty).toEqual(readSettings(ON));
  });

  it('are frozen all the way down', () => {
    const reading = readSettings(ON);
    const values = reading.outcome === 'read' ? [reading.settings, ...Object.values(reading.settings)] : [];
    expect(values.map((value) => Object.isFrozen(value))).toEqual([true, true, true]);
  });
});

describe('a bad setting ends the start with a line that names it, its value and what is allowed', () => {
  it.each([
    ['PORT', '80a', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['PORT', '1e3', 'a whole number from 0 to 65535'],
    ['HOST', 'not a host', 'an IP address or a host name'],
    ['LOG_LEVEL', 'INFO', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['BODY_LIMIT_MIB', '0', 'a whole number from 1 to 256'],
    ['SHUTDOWN_DELAY_SECONDS', '1.5', 'a whole number from 0 to 300'],
    ['GATEWAY_API_ENABLED', 'True', 'true or false'],
    ['GATEWAY_API_ENABLED', '', 'true or false'],
    ['GATEWAY_NAME', 'My_Gateway', OBJECT_NAME],
    ['GATEWAY_NAME', '', OBJECT_NAME],
    ['GATEWAY_NAMESPACE', 'a.b', NAMESPACE],
    ['GATEWAY_NAMESPACE', '', NAMESPACE],
    ['GATEWAY_SECTION_NAME', 'HTTP', "a listener's name: lower case letters, digits, '-' and '.'"],
    ['GATEWAY_HOSTNAMES', 'a..b', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', '10.0.0.1', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', 'a,a', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', 'a,,b', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', Array.from({ length: 17 }, (_, index) => `h${index}`).join(','), HOSTNAMES],
    ['GATEWAY_DEFAULT_AGENT_TIMEOUT', '100000s', DURATION],
    ['GATEWAY_DEFAULT_MODELAPI_TIMEOUT', '2 minutes', DURATION],
    ['GATEWAY_DEFAULT_MCP_TIMEOUT', '', DURATION],
    ['AGENT_GATEWAY_IMAGE', 'a b', "an image's name"],
    ['AGENT_GATEWAY_GUARDRAILS', 'ignore', 'one of warn, refuse'],
    ['AGENT_GATEWAY_CONFIG_LIMIT_KIB', '1024', 'a whole number from 1 to 1000'],
    ['AGENT_GATEWAY_PRE_STOP_SECONDS', '-1', 'a whole number from 0 to 300'],
    ['AGENT_GATEWAY_REQUESTS_CPU', '0.5', 'a whole number, with m for thousandths, such as 500m or 2'],
    ['AGENT_GATEWAY_LIMITS_MEMORY', '64M', 'a whole number with Ki, Mi or Gi such as 64Mi'],
    ['MAX_CALLS_IN_FLIGHT', '0', 'a whole number from 1 to 10000'],
    ['MAX_MIB_IN_FLIGHT', 'all', 'a whole number from 1 to 4096'],
    ['MAX_EVENT_LOOP_DELAY_MS', '99', 'a whole number from 100 to 60000'],
    ['MAX_CONNECTIONS', '0', 'a whole number from 1 to 100000'],
    ['BUILD', 'a b', "up to 64 letters, digits, '.', '_' and '-'"],
    ['TOKEN_DIRECTORY', '', 'the path of a folder with at least one file'],
    ['TLS_CERT_FILE', '', 'the path of a file'],
    ['TLS_KEY_FILE', '', 'the path of a file'],
    ['TLS_CLIENT_CA_FILE', '', 'the path of a file'],
    ['DEFAULT_AGENT_IMAGE', 'a b', "an image's name"],
    ['DEFAULT_TELEMETRY_ENABLED', 'yes', 'true or false'],
    ['DEFAULT_TELEMETRY_ENDPOINT', 'a b', 'the address of an OTLP endpoint such as http://collector:4317'],
    ['DEFAULT_LOG_LEVEL', '', 'a word such as DEBUG, INFO or WARNING'],
    ['SYSTEM_NAMESPACE', 'a.b', NAMESPACE],
    ['CLUSTER_DOMAIN', 'cluster_local', 'a domain such as cluster.local'],
    ['GATEWAY_API_INTERNAL_ROUTING', '1', 'true or false'],
    ['GATEWAY_ADDRESS', 'gateway.example.com', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://gateway.example.com/', GATEWAY_ADDRESS],
    ['KAOS_RUNTIME_REQUESTS_CPU', '0.5', 'a whole number, with m for thousandths, such as 500m or 2'],
    ['KAOS_RUNTIME_LIMITS_MEMORY', '1M', 'a whole number with Ki, Mi or Gi such as 64Mi'],
    ['REFERENCE_HASH_KEY_FILE', '/nowhere', 'the path of a file that is not empty'],
    ['REFERENCE_HASH_KEY_FILE', '/dev/null', 'the path of a file that is not empty'],
  ])('%s=%j', (name, value, allowed) => {
    const reading = readSettings({ ...ON, [name]: value });
    const shown = value.length > 64 ? `${value.slice(0, 64)}…` : value;
    expect(reading).toEqual({
      outcome: 'bad',
      line: `${name}: ${JSON.stringify(shown)} is not allowed; allowed is ${allowed}`,
    });
  });

  it('all of them in one line', () => {
    expect(readSettings({ PORT: 'x\ny', GATEWAY_API_ENABLED: '1' })).toEqual({
      outcome: 'bad',
      line: 'PORT: "x\\ny" is not allowed; allowed is a whole number from 0 to 65535; GATEWAY_API_ENABLED: "1" is not allowed; allowed is true or false',
    });
  });

  it('fewer bytes under way than one body may have', () => {
    expect(readSettings({ MAX_MIB_IN_FLIGHT: '63' })).toEqual({
      outcome: 'bad',
      line: 'MAX_MIB_IN_FLIGHT: "63" is not allowed below BODY_LIMIT_MIB, 64; allowed is a whole number from 1 to 4096',
    });
  });

  it.each([
    ['CPU', '500m', '1'],
    ['MEMORY', '1Mi', '2048Ki'],
  ])('a limit of %s that is below the request', (what, limit, request) => {
    const settings = { [`KAOS_RUNTIME_LIMITS_${what}`]: limit, [`KAOS_RUNTIME_REQUESTS_${what}`]: request };
    expect(readSettings(settings)).toMatchObject({
      line: expect.stringMatching(
        `^KAOS_RUNTIME_LIMITS_${what}: "${limit}" is not allowed below .*, ${request}; allowed`,
      ),
    });
    expect(readSettings({ ...settings, [`KAOS_RUNTIME_LIMITS_${what}`]: request })).toMatchObject({ outcome: 'read' });
  });

  it('the namespace of the Gateway, while it is enabled', () => {
    expect(readSettings({ GATEWAY_API_ENABLED: 'true' })).toEqual({
      outcome: 'bad',
      line: `GATEWAY_NAMESPACE: unset is not allowed while GATEWAY_API_ENABLED is true; allowed is ${NAMESPACE}`,
    });
  });
});
