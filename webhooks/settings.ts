import { readFileSync } from 'node:fs';
import type { TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { fieldOf } from '../controllers/kubernetes/kind.ts';
import { quote } from '../controllers/quote.ts';
import type { AgentGatewaySettings, GatewayApiSettings, Settings } from '../controllers/settings.ts';
import { deepFreeze } from './deep-freeze.ts';
import { allowed, decode, Environment, type VariableName, variableNames } from './environment.ts';

/** How the server runs; controllers know nothing of it. */
interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly logLevel: string;
  readonly bodyLimitMiB: number;
  readonly shutdownDelaySeconds: number;
}

export interface ServiceSettings {
  readonly server: ServerSettings;
  readonly controllers: Settings;
}

/** The settings, frozen; or one line that names each bad variable, its value and what is allowed. */
export type SettingsReading =
  | { readonly outcome: 'read'; readonly settings: ServiceSettings }
  | { readonly outcome: 'bad'; readonly line: string };

/** Variables by name, as an environment has them. Names that the service does not know are passed over. */
export type Variables = Readonly<Record<string, string | undefined>>;

export function readSettings(variables: Variables): SettingsReading {
  const values = decodeAll(variables);
  if (Value.Check(Environment, values)) {
    return settingsOf(values);
  }
  const bad = new Set([...Value.Errors(Environment, values)].map((error) => fieldOf(error.path).split('.')[0]));
  const complaints = variableNames.filter((name) => bad.has(name)).map((name) => complaint(name, variables[name]));
  return { outcome: 'bad', line: complaints.join('; ') };
}

/** Each variable that is set, or has a default, as its schema's type. */
function decodeAll(variables: Variables): Record<string, unknown> {
  const values = variableNames.map((name) => {
    const schema: TSchema = Environment.properties[name];
    const text = variables[name];
    return [name, text === undefined ? schema['default'] : decode(schema, text)];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The process's own environment; the only place that reads it. */
export function processVariables(): Variables {
  return process.env;
}

function settingsOf(environment: Environment): SettingsReading {
  const gatewayApi = gatewayApiSettings(environment);
  if (gatewayApi === undefined) {
    return { outcome: 'bad', line: complaint('GATEWAY_NAMESPACE', undefined, ' while GATEWAY_API_ENABLED is true') };
  }
  const { REFERENCE_HASH_KEY_FILE: keyFile } = environment;
  const referenceHashKey = keyFile === undefined ? undefined : readKey(keyFile);
  if (referenceHashKey === '') {
    return { outcome: 'bad', line: complaint('REFERENCE_HASH_KEY_FILE', keyFile) };
  }
  const agentGateway = { ...agentGatewaySettings(environment), referenceHashKey };
  return {
    outcome: 'read',
    settings: deepFreeze({ server: serverSettings(environment), controllers: { gatewayApi, agentGateway } }),
  };
}

/** The key in a file; empty where there is none. */
function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function serverSettings(environment: Environment): ServerSettings {
  return {
    host: environment.HOST,
    port: environment.PORT,
    adminPort: environment.ADMIN_PORT,
    logLevel: environment.LOG_LEVEL,
    bodyLimitMiB: environment.BODY_LIMIT_MIB,
    shutdownDelaySeconds: environment.SHUTDOWN_DELAY_SECONDS,
  };
}

function agentGatewaySettings(environment: Environment): Omit<AgentGatewaySettings, 'referenceHashKey'> {
  return {
    image: environment.AGENT_GATEWAY_IMAGE,
    guardrails: environment.AGENT_GATEWAY_GUARDRAILS,
    configLimitKiB: environment.AGENT_GATEWAY_CONFIG_LIMIT_KIB,
    preStopSeconds: environment.AGENT_GATEWAY_PRE_STOP_SECONDS,
    resources: {
      requestsCpu: environment.AGENT_GATEWAY_REQUESTS_CPU,
      requestsMemory: environment.AGENT_GATEWAY_REQUESTS_MEMORY,
      limitsCpu: environment.AGENT_GATEWAY_LIMITS_CPU,
      limitsMemory: environment.AGENT_GATEWAY_LIMITS_MEMORY,
    },
  };
}

/** Undefined where the Gateway's namespace is missing. */
function gatewayApiSettings(environment: Environment): GatewayApiSettings | undefined {
  if (!environment.GATEWAY_API_ENABLED) {
    return { enabled: false };
  }
  if (environment.GATEWAY_NAMESPACE === undefined) {
    return undefined;
  }
  return {
    enabled: true,
    gateway: {
      name: environment.GATEWAY_NAME,
      namespace: environment.GATEWAY_NAMESPACE,
      ...(environment.GATEWAY_SECTION_NAME && { sectionName: environment.GATEWAY_SECTION_NAME }),
    },
    hostnames: environment.GATEWAY_HOSTNAMES ?? [],
    defaultTimeouts: {
      agent: environment.GATEWAY_DEFAULT_AGENT_TIMEOUT,
      modelAPI: environment.GATEWAY_DEFAULT_MODELAPI_TIMEOUT,
      mcp: environment.GATEWAY_DEFAULT_MCP_TIMEOUT,
    },
  };
}

function complaint(name: VariableName, text: string | undefined, condition = ''): string {
  const value = text === undefined ? 'unset' : quote(text);
  return `${name}: ${value} is not allowed${condition}; allowed is ${allowed(Environment.properties[name])}`;
}
