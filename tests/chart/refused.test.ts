import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { DRAIN_SECONDS } from '../../webhooks/server/lifecycle.ts';
import { readSettings } from '../../webhooks/settings/settings.ts';
import { template, type Values, withHelm } from '../support/helm.ts';
import { ROOT } from '../support/run.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}

/** Paths of all objects in the values that allow no additional properties. */
function closed(within: Schema, steps: readonly string[] = []): string[] {
  const inner = Object.entries(within.properties ?? {}).flatMap(([name, one]) => closed(one, [...steps, name]));
  return within.additionalProperties === false ? [steps.join('.'), ...inner] : inner;
}

function refusal(values: Values): string {
  const { manifests, stderr } = template(values);
  expect(manifests).toEqual([]);
  return stderr;
}

const pointer = (steps: string) => (steps === '' ? '' : `/${steps.replaceAll('.', '/')}`);

withHelm.describe('a misspelt value', () => {
  const objects = closed(JSON.parse(readFileSync(path.join(ROOT, 'chart/values.schema.json'), 'utf8')));

  it('is checked at all levels', () => {
    expect(objects).toEqual(expect.arrayContaining(['', 'gateway.defaultTimeouts', 'tls.certManager.issuerRef']));
  });

  it.each(objects)('in {%s} is refused, and the error names it', (object) => {
    const stderr = refusal({ [object === '' ? 'misspelt' : `${object}.misspelt`]: 'true' });
    expect(stderr).toContain(`- at '${pointer(object)}': additional properties 'misspelt' not allowed`);
  });
});

withHelm.describe('an invalid value', () => {
  it('is a selector of agents with another field', () => {
    expect(refusal({ 'agentGateway.agentSelector.matchlabels.gateway': 'public' })).toContain(
      "- at '/agentGateway/agentSelector': additional properties 'matchlabels' not allowed",
    );
  });

  it.each([
    ['replicas', '0', 'minimum: got 0, want 1'],
    ['replicas', 'two', 'got string, want integer'],
    ['host', '[::]', 'does not match pattern'],
    ['image.repository', 'a b', 'does not match pattern'],
    ['image.pullPolicy', 'Sometimes', "value must be one of 'Always', 'IfNotPresent', 'Never'"],
    ['kaosRoutes.enabled', 'yes', 'got string, want boolean'],
    ['agentGateway.instance', 'My_Team', 'does not match pattern'],
    ['agentGateway.agentSelector.matchLabels.internal', 'true', 'got boolean, want string'],
    ['gatewayAPI.listenerPort', '65536', 'maximum: got 65,536, want 65,535'],
    ['auth.token.key', 'a/b', 'does not match pattern'],
    ['auth.token.key', '.token', 'does not match pattern'],
    ['tls.caBundle', 'ca.crt', 'does not match pattern'],
    ['tls.certManager.duration', '90d', 'does not match pattern'],
    ['tls.certManager.renewBefore', '30', 'got number, want string'],
    ['tls.clientAuth.duration', '10y', 'does not match pattern'],
    ['metacontroller.namespaces', 'metacontroller', 'got string, want array'],
    ['metacontroller.revision', 'a&b', 'does not match pattern'],
    ['hookTimeout', '10', 'got number, want string'],
    ['hookTimeout', 'soon', 'does not match pattern'],
    ['hookTimeout', '0s', 'does not match pattern'],
    ['hookTimeout', '0ms', 'does not match pattern'],
    ['hookTimeout', '1m', 'does not match pattern'],
    ['hookTimeout', `${DRAIN_SECONDS + 1}s`, 'does not match pattern'],
    ['hookTimeout', `${DRAIN_SECONDS}001ms`, 'does not match pattern'],
  ])('%s=%s is refused', (name, value, why) => {
    const stderr = refusal({ [name]: value });
    expect(stderr).toContain(`- at '${pointer(name)}'`);
    expect(stderr).toContain(why);
  });

  it.each([
    ['gatewayAPI.gatewayName', 'GATEWAY_NAME', 'My_Gateway'],
    ['gatewayAPI.gatewayNamespace', 'GATEWAY_NAMESPACE', 'a.b'],
    ['gatewayAPI.sectionName', 'GATEWAY_SECTION_NAME', '-https'],
    ['gatewayAPI.hostnames[0]', 'GATEWAY_HOSTNAMES', 'https://agents.example.com'],
    ['gatewayAPI.hostnames[0]', 'GATEWAY_HOSTNAMES', '10.0.0.1'],
    ['gatewayAPI.gatewayClassName', 'GATEWAY_CLASS_NAME', 'My_Class'],
    ['gateway.timeouts', 'GATEWAY_TIMEOUTS', 'sometimes'],
    ['gateway.defaultTimeouts.agent', 'GATEWAY_DEFAULT_AGENT_TIMEOUT', '2 minutes'],
    ['gateway.defaultTimeouts.modelAPI', 'GATEWAY_DEFAULT_MODELAPI_TIMEOUT', '1d'],
    ['gateway.defaultTimeouts.mcp', 'GATEWAY_DEFAULT_MCP_TIMEOUT', '1.5s'],
    ['gateway.defaultTimeouts.memoryStore', 'GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT', '30'],
    ['agentGateway.image', 'AGENT_GATEWAY_IMAGE', 'a b'],
    ['agentGateway.guardrails', 'AGENT_GATEWAY_GUARDRAILS', 'ignore'],
    ['agentGateway.logLevel', 'AGENT_GATEWAY_LOG_LEVEL', 'info'],
    ['agentGateway.configLimitKiB', 'AGENT_GATEWAY_CONFIG_LIMIT_KIB', '1001'],
    ['agentGateway.settingsLimitKiB', 'AGENT_GATEWAY_SETTINGS_LIMIT_KIB', '16385'],
    ['agentGateway.preStopSeconds', 'AGENT_GATEWAY_PRE_STOP_SECONDS', '301'],
    ['agentGateway.resources.requests.cpu', 'AGENT_GATEWAY_REQUESTS_CPU', '0.5'],
    ['agentGateway.resources.requests.memory', 'AGENT_GATEWAY_REQUESTS_MEMORY', '64MB'],
    ['agentGateway.resources.limits.cpu', 'AGENT_GATEWAY_LIMITS_CPU', 'half'],
    ['agentGateway.resources.limits.memory', 'AGENT_GATEWAY_LIMITS_MEMORY', '1.5Gi'],
    ['gatewayAPI.address', 'GATEWAY_ADDRESS', 'gateway.example.com'],
    ['gatewayAPI.address', 'GATEWAY_ADDRESS', 'http://gateway.example.com:99999'],
    ['kaosRuntime.defaultImages.agent', 'DEFAULT_AGENT_IMAGE', 'a b'],
    ['kaosRuntime.defaultImages.litellm', 'DEFAULT_LITELLM_IMAGE', 'a b'],
    ['kaosRuntime.defaultImages.ollama', 'DEFAULT_OLLAMA_IMAGE', 'a b'],
    ['kaosRuntime.defaultImages.memoryService', 'DEFAULT_MEMORY_SERVICE_IMAGE', 'a b'],
    ['kaosRuntime.telemetry.endpoint', 'DEFAULT_TELEMETRY_ENDPOINT', 'a b'],
    ['kaosRuntime.logLevel', 'DEFAULT_LOG_LEVEL', '-1x'],
    ['kaosRuntime.clusterDomain', 'CLUSTER_DOMAIN', '.local'],
    ['kaosRuntime.resources.requests.cpu', 'KAOS_RUNTIME_REQUESTS_CPU', 'half'],
    ['kaosRuntime.resources.requests.memory', 'KAOS_RUNTIME_REQUESTS_MEMORY', '64MB'],
    ['kaosRuntime.resources.limits.cpu', 'KAOS_RUNTIME_LIMITS_CPU', '1.5x'],
    ['kaosRuntime.resources.limits.memory', 'KAOS_RUNTIME_LIMITS_MEMORY', '1.5Gi'],
    ['kaosRuntime.agentAuth.identity.provider', 'SECURITY_AGENT_AUTH_IDENTITY_PROVIDER', 'aib'],
    ['kaosRuntime.agentAuth.identity.serviceAccount.audience', 'SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_AUDIENCE', 'a b'],
    [
      'kaosRuntime.agentAuth.identity.serviceAccount.expirationSeconds',
      'SECURITY_AGENT_AUTH_SERVICE_ACCOUNT_EXPIRATION_SECONDS',
      '599',
    ],
    ['kaosRuntime.podPolicy.podSecurity', 'KAOS_RUNTIME_POD_SECURITY', 'strict'],
    ['kaosRuntime.podPolicy.serviceAccounts[0]', 'KAOS_RUNTIME_SERVICE_ACCOUNTS', 'My_Account'],
    ['kaosRuntime.podPolicy.secrets[0]', 'KAOS_RUNTIME_SECRETS', 'a b'],
    ['kaosRuntime.podPolicy.priorityClasses[0]', 'KAOS_RUNTIME_PRIORITY_CLASSES', '[a-z]'],
    ['logLevel', 'LOG_LEVEL', 'loud'],
    ['bodyLimitMiB', 'BODY_LIMIT_MIB', '257'],
    ['parsedBodyLimitMiB', 'PARSED_BODY_LIMIT_MIB', '15'],
    ['shutdownDelaySeconds', 'SHUTDOWN_DELAY_SECONDS', '301'],
    ['limits.callsInFlight', 'MAX_CALLS_IN_FLIGHT', '0'],
    ['limits.mibInFlight', 'MAX_MIB_IN_FLIGHT', '4097'],
    ['limits.eventLoopDelayMs', 'MAX_EVENT_LOOP_DELAY_MS', '99'],
    ['limits.connections', 'MAX_CONNECTIONS', '100001'],
  ])('the chart refuses %s as the service refuses %s: %s', (name, variable, value) => {
    expect(readSettings({ [variable]: value })).toMatchObject({
      outcome: 'bad',
      line: expect.stringContaining(variable),
    });
    expect(refusal({ [name]: value })).toContain(`- at '${pointer(name).replace(/\[(\d+)]/, '/$1')}`);
  });
});

withHelm.describe('combinations of values', () => {
  const tls = { 'tls.enabled': 'true' };
  const caBundle = { 'tls.caBundle': '-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n' };

  it.each<[string, Values]>([
    [
      'gatewayAPI.gatewayClassName is required if gatewayAPI.createGateway=true',
      { 'gatewayAPI.enabled': 'true', 'gatewayAPI.createGateway': 'true' },
    ],
    [
      'gatewayAPI.gatewayClassName is required if gatewayAPI.createGateway=true',
      { 'gatewayAPI.createGateway': 'true' },
    ],
    [
      'gatewayAPI.enabled=true needs kaosRoutes.enabled=true, which installs the controller that makes routes; ' +
        'agentRoutes.enabled=true or agentGateway.enabled=true is enough without kaosRuntime.enabled',
      { 'gatewayAPI.enabled': 'true', 'kaosRoutes.enabled': 'false' },
    ],
    [
      'gatewayAPI.enabled=true needs kaosRoutes.enabled=true, which installs the controller that makes routes',
      {
        'gatewayAPI.enabled': 'true',
        'kaosRoutes.enabled': 'false',
        'agentRoutes.enabled': 'true',
        'kaosRuntime.enabled': 'true',
      },
    ],
    ['agentRoutes.enabled=true needs gatewayAPI.enabled=true', { 'agentRoutes.enabled': 'true' }],
    [
      'gatewayAPI.enabled=true needs kaosRoutes.enabled=true, which installs the controller that makes routes',
      {
        'gatewayAPI.enabled': 'true',
        'kaosRoutes.enabled': 'false',
        'agentGateway.enabled': 'true',
        'kaosRuntime.enabled': 'true',
      },
    ],
    [
      'gatewayAPI.sectionName=https must be http or empty if gatewayAPI.createGateway=true: ' +
        'the created Gateway has only the listener http',
      {
        'gatewayAPI.enabled': 'true',
        'gatewayAPI.createGateway': 'true',
        'gatewayAPI.gatewayClassName': 'kong',
        'gatewayAPI.sectionName': 'https',
      },
    ],
    ...[{}, { 'kaosRuntime.enabled': 'true' }, { 'gatewayAPI.enabled': 'true' }].map((values): [string, Values] => [
      'gatewayAPI.internalRouting=true needs kaosRuntime.enabled=true and gatewayAPI.enabled=true: ' +
        'otherwise no agent gets an address at the Gateway',
      { ...values, 'gatewayAPI.internalRouting': 'true' },
    ]),
    [
      'kaosRuntime.telemetry.enabled=true needs kaosRuntime.telemetry.endpoint, such as http://collector.monitoring:4317',
      { 'kaosRuntime.telemetry.enabled': 'true' },
    ],
    ...[
      ['cpu', '1001m', '1'],
      ['cpu', '2', '1999m'],
      ['memory', '1025Ki', '1Mi'],
      ['memory', '1Gi', '1023Mi'],
    ].map(([resource, request = '', limit = '']): [string, Values] => [
      `kaosRuntime.resources.limits.${resource}=${limit} must be at least kaosRuntime.resources.requests.${resource}=${request}`,
      { [`kaosRuntime.resources.requests.${resource}`]: request, [`kaosRuntime.resources.limits.${resource}`]: limit },
    ]),
    [
      'agentGateway.instance=internal needs agentGatewayClass.default=false',
      { 'agentGateway.enabled': 'true', 'agentGateway.instance': 'internal' },
    ],
    [
      'agentGateway.networkPolicy.namespaces needs agentGateway.networkPolicy.agentNamespaces or agentGateway.networkPolicy.egress',
      { 'agentGateway.networkPolicy.namespaces': '{platform}' },
    ],
    [
      'agentGateway.networkPolicy.agentNamespaces needs agentGateway.networkPolicy.namespaces, the namespaces of the gateways',
      { 'agentGateway.networkPolicy.agentNamespaces': '{team-a}' },
    ],
    ['limits.mibInFlight=64 must be at least bodyLimitMiB=65', { bodyLimitMiB: '65' }],
    [
      'monitoring.prometheusRule.enabled=true needs monitoring.serviceMonitor.enabled=true: otherwise the alerts have no metrics',
      { 'monitoring.prometheusRule.enabled': 'true' },
    ],
    [
      'auth.token.key=current needs auth.token.existingSecret, the Secret with that key',
      { 'auth.token.key': 'current' },
    ],
    ['tls.existingSecret needs tls.enabled=true', { 'tls.existingSecret': 'certificate' }],
    ['tls.caBundle needs tls.enabled=true', caBundle],
    ['tls.certManager.enabled needs tls.enabled=true', { 'tls.certManager.enabled': 'true' }],
    ['tls.clientAuth.existingSecret needs tls.clientAuth.enabled=true', { 'tls.clientAuth.existingSecret': 'client' }],
    ['tls.clientAuth.caSecret needs tls.clientAuth.enabled=true', { 'tls.clientAuth.caSecret': 'authority' }],
    [
      'tls.clientAuth.existingSecret needs tls.clientAuth.enabled=true',
      { ...tls, 'tls.existingSecret': 'certificate', 'tls.clientAuth.existingSecret': 'client' },
    ],
    [
      'tls.clientAuth.caSecret needs tls.clientAuth.enabled=true',
      { ...tls, 'tls.existingSecret': 'certificate', 'tls.clientAuth.caSecret': 'authority' },
    ],
    ['tls.clientAuth.enabled=true needs tls.enabled=true', { 'tls.clientAuth.enabled': 'true' }],
    [
      'agentGateway.referenceHashKeySecret needs tls.enabled=true, because calls then contain Secrets',
      { 'agentGateway.enabled': 'true', 'agentGateway.referenceHashKeySecret': 'hash-key' },
    ],
    [
      'tls.enabled=true needs tls.existingSecret or tls.certManager.enabled=true: the chart itself creates no certificate',
      tls,
    ],
    [
      'tls.existingSecret=certificate must be empty if tls.certManager.enabled=true: otherwise cert-manager overwrites the Secret',
      { ...tls, 'tls.existingSecret': 'certificate', 'tls.certManager.enabled': 'true' },
    ],
    [
      'tls.certManager.issuerRef.name is required if tls.certManager.enabled=true',
      { ...tls, 'tls.certManager.enabled': 'true' },
    ],
    [
      'tls.clientAuth.enabled=true needs tls.clientAuth.existingSecret or tls.certManager.enabled=true: ' +
        'the chart itself creates no certificate',
      { ...tls, 'tls.existingSecret': 'certificate', 'tls.clientAuth.enabled': 'true' },
    ],
  ])('are refused if they contradict each other: %s', (why, values) => {
    expect(refusal(values)).toContain(why);
  });

  it.each<Values>([
    { hookTimeout: `${DRAIN_SECONDS}s` },
    { hookTimeout: `${DRAIN_SECONDS}000ms` },
    { hookTimeout: '999ms' },
    { 'gatewayAPI.enabled': 'true', 'kaosRoutes.enabled': 'false', 'agentGateway.enabled': 'true' },
    { 'kaosRuntime.resources.requests.cpu': '1000m', 'kaosRuntime.resources.limits.cpu': '1' },
    { 'kaosRuntime.resources.requests.memory': '1024Mi', 'kaosRuntime.resources.limits.memory': '1Gi' },
    { 'kaosRuntime.resources.requests.cpu': '2' },
    { 'auth.token.existingSecret': 'tokens', 'auth.token.key': 'current' },
    {
      'gatewayAPI.enabled': 'true',
      'gatewayAPI.createGateway': 'true',
      'gatewayAPI.gatewayClassName': 'kong',
      'gatewayAPI.sectionName': 'http',
    },
  ])('are accepted if they fit: %j', (values) => {
    expect(template(values).stderr).toBe('');
  });
});
