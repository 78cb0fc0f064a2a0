import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../webhooks/settings/settings.ts';

const ON = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };
const OBJECT_NAME = "a Kubernetes object name: lower case letters, digits, '-' and '.'";
const DURATION = 'a Gateway API duration such as 120s, 1m30s or 0s (no timeout)';
const NAMESPACE = "a namespace name: at most 63 lower case letters, digits and '-'";
const POD_SPEC = 'a partial PodSpec in YAML or JSON, such as {"nodeSelector":{"pool":"edge"}}';
const SELECTOR = 'a label selector in YAML or JSON, such as {"matchLabels":{"gateway":"public"}}';
const NAMES = "up to 64 different names, separated by commas, with '*' for any text, such as team-* or *";
const HOSTNAMES = 'up to 16 different hostnames, separated by commas, such as agents.example.com or *.example.com';
const GATEWAY_ADDRESS =
  'an http:// or https:// URL with a host, an optional port and no path, such as http://gateway.example.com:8080';

describe('a bad setting', () => {
  it.each([
    ['PORT', '80a', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['PORT', '1e3', 'a whole number from 0 to 65535'],
    ['HOST', 'not a host', 'an IP address or a hostname'],
    ['LOG_LEVEL', 'INFO', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['BODY_LIMIT_MIB', '0', 'a whole number from 1 to 256'],
    ['SHUTDOWN_DELAY_SECONDS', '1.5', 'a whole number from 0 to 300'],
    ['GATEWAY_API_ENABLED', 'True', 'true or false'],
    ['GATEWAY_API_ENABLED', '', 'true or false'],
    ['GATEWAY_NAME', 'My_Gateway', OBJECT_NAME],
    ['GATEWAY_NAME', '', OBJECT_NAME],
    ['GATEWAY_NAMESPACE', 'a.b', NAMESPACE],
    ['GATEWAY_NAMESPACE', '', NAMESPACE],
    ['GATEWAY_SECTION_NAME', 'HTTP', "a listener name: lower case letters, digits, '-' and '.'"],
    ['GATEWAY_HOSTNAMES', 'a..b', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', '10.0.0.1', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', 'a,a', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', 'a,,b', HOSTNAMES],
    ['GATEWAY_HOSTNAMES', Array.from({ length: 17 }, (_, index) => `h${index}`).join(','), HOSTNAMES],
    ['GATEWAY_CLASS_NAME', 'My_Class', OBJECT_NAME],
    ['GATEWAY_TIMEOUTS', 'sometimes', 'one of always, supported, never'],
    ['GATEWAY_DEFAULT_AGENT_TIMEOUT', '100000s', DURATION],
    ['GATEWAY_DEFAULT_MODELAPI_TIMEOUT', '2 minutes', DURATION],
    ['GATEWAY_DEFAULT_MCP_TIMEOUT', '', DURATION],
    ['GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT', '30', DURATION],
    ['AGENT_GATEWAY_IMAGE', 'a b', 'an image name'],
    ['AGENT_GATEWAY_GUARDRAILS', 'ignore', 'one of warn, refuse'],
    ['AGENT_GATEWAY_LOG_LEVEL', 'info', 'one of DEBUG, INFO, WARNING, ERROR, CRITICAL'],
    ['AGENT_GATEWAY_CONFIG_LIMIT_KIB', '1024', 'a whole number from 1 to 1000'],
    ['AGENT_GATEWAY_PRE_STOP_SECONDS', '-1', 'a whole number from 0 to 300'],
    ['AGENT_GATEWAY_REQUESTS_CPU', '0.5', 'a whole number, with m for thousandths, such as 500m or 2'],
    ['AGENT_GATEWAY_LIMITS_MEMORY', '64M', 'a whole number with Ki, Mi or Gi such as 64Mi'],
    ['AGENT_GATEWAY_CLASS_CONTROLLER', '', 'up to 253 characters without spaces'],
    ['AGENT_GATEWAY_SETTINGS_LIMIT_KIB', '16385', 'a whole number from 0 to 16384'],
    ['AGENT_GATEWAY_AGENT_SELECTOR', 'public', SELECTOR],
    ['AGENT_GATEWAY_AGENT_SELECTOR', '[]', SELECTOR],
    ['AGENT_GATEWAY_AGENT_SELECTOR', '', SELECTOR],
    ['AGENT_GATEWAY_AGENT_SELECTOR', 'matchLabels: null', SELECTOR],
    ['AGENT_GATEWAY_AGENT_SELECTOR', 'matchLabels: {gateway: null}', SELECTOR],
    ['AGENT_GATEWAY_AGENT_SELECTOR', 'matchLabels: {$patch: delete}', SELECTOR],
    ['AGENT_GATEWAY_POD_SPEC', 'edge', POD_SPEC],
    ['AGENT_GATEWAY_POD_SPEC', '[]', POD_SPEC],
    ['AGENT_GATEWAY_POD_SPEC', '{', POD_SPEC],
    ['AGENT_GATEWAY_POD_SPEC', '', POD_SPEC],
    ['MAX_CALLS_IN_FLIGHT', '0', 'a whole number from 1 to 10000'],
    ['MAX_MIB_IN_FLIGHT', 'all', 'a whole number from 1 to 4096'],
    ['MAX_EVENT_LOOP_DELAY_MS', '99', 'a whole number from 100 to 60000'],
    ['MAX_CONNECTIONS', '0', 'a whole number from 1 to 100000'],
    ['BUILD', 'a b', "up to 64 letters, digits, '.', '_' and '-'"],
    ['TOKEN_DIRECTORY', '', 'the path of a folder with at least one file'],
    ['TLS_CERT_FILE', '', 'the path of a file'],
    ['TLS_KEY_FILE', '', 'the path of a file'],
    ['TLS_CLIENT_CA_FILE', '', 'the path of a file'],
    ['DEFAULT_AGENT_IMAGE', 'a b', 'an image name'],
    ['DEFAULT_TELEMETRY_ENABLED', 'yes', 'true or false'],
    ['DEFAULT_TELEMETRY_ENDPOINT', 'a b', 'the address of an OTLP endpoint such as http://collector:4317'],
    ['DEFAULT_LOG_LEVEL', '', 'a word such as DEBUG, INFO or WARNING'],
    ['SYSTEM_NAMESPACE', 'a.b', NAMESPACE],
    ['CLUSTER_DOMAIN', 'cluster_local', 'a domain such as cluster.local'],
    ['GATEWAY_API_INTERNAL_ROUTING', '1', 'true or false'],
    ['GATEWAY_ADDRESS', 'gateway.example.com', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://gateway.example.com/', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://-..-', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://gateway.example.com:99999', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://gateway.example.com:0', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://fd00::1', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://[:::]', GATEWAY_ADDRESS],
    ['GATEWAY_ADDRESS', 'http://[fd00:1]', GATEWAY_ADDRESS],
    ['KAOS_RUNTIME_REQUESTS_CPU', '0.5', 'a whole number, with m for thousandths, such as 500m or 2'],
    ['KAOS_RUNTIME_LIMITS_MEMORY', '1M', 'a whole number with Ki, Mi or Gi such as 64Mi'],
    ['KAOS_RUNTIME_MCP_SESSION_AFFINITY', 'clientIP', 'one of None, ClientIP'],
    ['MODEL_API_MASTER_KEY_SECRET', 'a/b', "a Kubernetes object name: lower case letters, digits, '-' and '.'"],
    ['KAOS_RUNTIME_VERIFIED_CALLERS', 'all', 'one of none, agents, users'],
    ['SECURITY_AGENT_AUTH_IDENTITY_PROVIDER', 'oidc', 'one of none, serviceaccount'],
    ['SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE', 'a b', 'up to 253 characters without spaces'],
    ['SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS', '599', 'a whole number from 600 to 86400'],
    ['KAOS_RUNTIME_POD_SECURITY', 'Baseline', 'one of privileged, baseline, restricted'],
    ['KAOS_RUNTIME_POD_SECURITY', '', 'one of privileged, baseline, restricted'],
    ['KAOS_RUNTIME_SERVICE_ACCOUNTS', 'A', NAMES],
    ['KAOS_RUNTIME_SECRETS', 'a,,b', NAMES],
    ['KAOS_RUNTIME_SECRETS', 'a b', NAMES],
    ['KAOS_RUNTIME_SECRETS', 'a,a', NAMES],
    ['KAOS_RUNTIME_PRIORITY_CLASSES', '[a-z]', NAMES],
  ])('is refused with its name, its value and what is expected: %s=%j', (name, value, allowed) => {
    const reading = readSettings({ ...ON, [name]: value });
    const shown = value.length > 64 ? `${value.slice(0, 64)}…` : value;
    expect(reading).toEqual({
      outcome: 'bad',
      line: `${name}: ${JSON.stringify(shown)} is not valid; expected ${allowed}`,
    });
  });

  it.each([
    ['/nowhere', 'does not exist'],
    ['/dev/null', 'is empty'],
    ['/dev', 'is a folder'],
    ['/dev/null/key', 'is not a folder'],
  ])('is a file, whose path and fault are named: %s', (file, why) => {
    expect(readSettings({ ...ON, REFERENCE_HASH_KEY_FILE: file })).toEqual({
      outcome: 'bad',
      line: `REFERENCE_HASH_KEY_FILE: "${file}" ${why}; expected the path of a file that is not empty`,
    });
  });

  it.each([
    ['matchlabels: {a: b}', 'selector.matchlabels: is not a field of'],
    ['matchLabels: {a: true}', 'selector.matchLabels.a: must be text'],
    ['matchLabels: {a: b, a: c}', 'Map keys must be unique'],
    ['matchLabels: {"a b": c}', 'selector.matchLabels.a b: "a b" is not valid; expected a label key'],
    ['matchLabels: {a: "b c"}', 'selector.matchLabels.a: "b c" is not valid; expected at most 63 letters'],
    ['matchExpressions: {}', 'selector.matchExpressions: must be a list'],
    ['matchExpressions: [{key: a}]', 'has no operator'],
    [
      'matchExpressions: [{key: a, operator: in, values: [b]}]',
      '"in" is not valid; expected In, NotIn, Exists or DoesNotExist',
    ],
    ['matchExpressions: [{key: a, operator: In}]', 'has 0 values for the operator In; expected at least one value'],
    [
      'matchExpressions: [{key: a, operator: Exists, values: [b]}]',
      'has 1 values for the operator Exists; expected no values',
    ],
  ])('is a selector that the API server would refuse: %s', (AGENT_GATEWAY_AGENT_SELECTOR, why) => {
    expect(readSettings({ ...ON, AGENT_GATEWAY_AGENT_SELECTOR })).toMatchObject({
      outcome: 'bad',
      line: expect.stringMatching(/^AGENT_GATEWAY_AGENT_SELECTOR: ".*" is not valid \(.*\); expected a label selector/),
    });
    expect(readSettings({ ...ON, AGENT_GATEWAY_AGENT_SELECTOR })).toMatchObject({ line: expect.stringContaining(why) });
  });

  it('is reported in one line with all others', () => {
    expect(readSettings({ PORT: 'x\ny', GATEWAY_API_ENABLED: '1' })).toEqual({
      outcome: 'bad',
      line: 'PORT: "x\\ny" is not valid; expected a whole number from 0 to 65535; GATEWAY_API_ENABLED: "1" is not valid; expected true or false',
    });
  });

  it('is MAX_MIB_IN_FLIGHT below BODY_LIMIT_MIB', () => {
    expect(readSettings({ MAX_MIB_IN_FLIGHT: '63' })).toEqual({
      outcome: 'bad',
      line: 'MAX_MIB_IN_FLIGHT: "63" is not valid; expected a whole number from 1 to 4096, at least BODY_LIMIT_MIB (64)',
    });
  });

  it.each([
    ['CPU', '500m', '1'],
    ['MEMORY', '1Mi', '2048Ki'],
  ])('is a limit of %s below the request', (what, limit, request) => {
    const settings = { [`KAOS_RUNTIME_LIMITS_${what}`]: limit, [`KAOS_RUNTIME_REQUESTS_${what}`]: request };
    expect(readSettings(settings)).toMatchObject({
      line: expect.stringMatching(
        `^KAOS_RUNTIME_LIMITS_${what}: "${limit}" is not valid; expected .*, at least KAOS_RUNTIME_REQUESTS_${what} .${request}.$`,
      ),
    });
    expect(readSettings({ ...settings, [`KAOS_RUNTIME_LIMITS_${what}`]: request })).toMatchObject({ outcome: 'read' });
  });

  it('is AGENT_ROUTES_ENABLED without a Gateway', () => {
    const routes = { AGENT_ROUTES_ENABLED: 'true' };
    const line = 'GATEWAY_API_ENABLED: is required if AGENT_ROUTES_ENABLED is true; expected true';
    expect(readSettings(routes)).toEqual({ outcome: 'bad', line });
    expect(readSettings({ ...ON, ...routes, GATEWAY_API_ENABLED: 'false' })).toEqual({ outcome: 'bad', line });
    expect(readSettings({ ...ON, ...routes })).toMatchObject({ outcome: 'read' });
  });

  it('is GATEWAY_NAMESPACE if it is unset and the Gateway API is enabled', () => {
    expect(readSettings({ GATEWAY_API_ENABLED: 'true' })).toEqual({
      outcome: 'bad',
      line: `GATEWAY_NAMESPACE: is required if GATEWAY_API_ENABLED is true; expected ${NAMESPACE}`,
    });
  });
});
