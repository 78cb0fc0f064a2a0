import { deepFreeze, type PlainObject } from '../../controllers/data/plain-object.ts';
import { messageOf, quote } from '../../controllers/data/quote.ts';
import { readYamlMap } from '../../controllers/data/yaml.ts';
import { fieldOf } from '../../controllers/misfit.ts';
import type { AgentGatewaySettings, GatewayApiSettings, Settings } from '../../controllers/settings.ts';
import { type TSchema, Value } from '../../controllers/typebox.ts';
import { accessSettings } from './access-settings.ts';
import { agentRoutesSettings } from './agent-routes-settings.ts';
import { agentSelector } from './agent-selector.ts';
import { allowed, decode, Environment, type VariableName, variableNames } from './environment.ts';
import { kaosRuntimeSettings, lowLimits } from './kaos-runtime-settings.ts';
import { fileComplaint, readSettingFile } from './setting-files.ts';

/** The settings of the server. Controllers do not see them. */
interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  readonly logLevel: string;
  readonly bodyLimitMiB: number;
  readonly parsedBodyLimitMiB: number;
  readonly maxCallsInFlight: number;
  readonly maxMiBInFlight: number;
  readonly maxEventLoopDelayMs: number;
  readonly maxConnections: number;
  readonly shutdownDelaySeconds: number;
  readonly build: string | undefined;
  readonly tokenDirectory: string | undefined;
  readonly tls: TlsSettings | undefined;
}

/** Paths of PEM files. */
export interface TlsSettings {
  readonly certFile: string;
  readonly keyFile: string;
  /** CA bundle for client certificates. Undefined means that callers need none. */
  readonly clientCaFile: string | undefined;
}

/** All settings of the service, read from the environment. */
export interface ServiceSettings {
  readonly server: ServerSettings;
  readonly controllers: Settings;
}

/** The settings, frozen; or one line that names each invalid variable, its value and what is expected. */
export type SettingsReading =
  | { readonly outcome: 'read'; readonly settings: ServiceSettings }
  | { readonly outcome: 'bad'; readonly line: string };

/** Environment variables by name. Unknown names are ignored. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the variables, and reads the files that they name for controllers. `accessRules` hold if no variable names a file with
 * others.
 */
export function readSettings(variables: Variables, accessRules: PlainObject = {}): SettingsReading {
  const values = decodeAll(variables);
  if (Value.Check(Environment, values)) {
    return settingsOf(values, accessRules);
  }
  const bad = new Set([...Value.Errors(Environment, values)].map((error) => fieldOf(error.path).split('.')[0]));
  const complaints = variableNames.filter((name) => bad.has(name)).map((name) => complaint(name, variables[name]));
  return { outcome: 'bad', line: complaints.join('; ') };
}

/** The variables that are set or have a default, each converted to its schema's type. */
function decodeAll(variables: Variables): Record<string, unknown> {
  const values = variableNames.map((name) => {
    const schema: TSchema = Environment.properties[name];
    const text = variables[name];
    return [name, text === undefined ? schema['default'] : decode(schema, text)];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The process's environment. Nothing else reads it. */
export function processVariables(): Variables {
  return process.env;
}

function settingsOf(environment: Environment, accessRules: PlainObject): SettingsReading {
  const unmet = unmetConditions(environment);
  if (unmet.length > 0) {
    return { outcome: 'bad', line: unmet.join('; ') };
  }
  const podSpec = mapIn(environment.AGENT_GATEWAY_POD_SPEC);
  if (podSpec === undefined) {
    return { outcome: 'bad', line: complaint('AGENT_GATEWAY_POD_SPEC', environment.AGENT_GATEWAY_POD_SPEC) };
  }
  try {
    const controllers = controllerSettings(environment, { podSpec, accessRules });
    return { outcome: 'read', settings: deepFreeze({ server: serverSettings(environment), controllers }) };
  } catch (error) {
    return { outcome: 'bad', line: messageOf(error) };
  }
}

interface GivenMaps {
  readonly podSpec: PlainObject;
  readonly accessRules: PlainObject;
}

/** Reads the files of REFERENCE_HASH_KEY_FILE and ACCESS_RULES_FILE. Throws with a line about a file that cannot be used. */
function controllerSettings(environment: Environment, { podSpec, accessRules }: GivenMaps): Settings {
  const { REFERENCE_HASH_KEY_FILE: keyFile } = environment;
  const referenceHashKey = keyFile === undefined ? undefined : readKey(keyFile);
  const kaosRuntime = { ...kaosRuntimeSettings(environment), referenceHashKey };
  const { podPolicy } = kaosRuntime;
  return {
    gatewayApi: gatewayApiSettings(environment),
    access: accessSettings(environment, accessRules),
    agentGateway: { ...agentGatewaySettings(environment), podSpec, podPolicy, referenceHashKey },
    agentRoutes: agentRoutesSettings(environment),
    kaosRuntime,
  };
}

/** The errors of rules between two variables: one requires the other, or limits its value. */
function unmetConditions(environment: Environment): string[] {
  const { TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE } = environment;
  const withTls = TLS_CERT_FILE ?? TLS_KEY_FILE ?? TLS_CLIENT_CA_FILE;
  const required: readonly (readonly [VariableName, boolean, string])[] = [
    ['GATEWAY_NAMESPACE', environment.GATEWAY_API_ENABLED, 'GATEWAY_API_ENABLED is true'],
    ['TLS_CERT_FILE', withTls !== undefined, 'TLS_KEY_FILE or TLS_CLIENT_CA_FILE is set'],
    ['TLS_KEY_FILE', withTls !== undefined, 'TLS_CERT_FILE or TLS_CLIENT_CA_FILE is set'],
  ];
  const { MAX_MIB_IN_FLIGHT: most, BODY_LIMIT_MIB: largest } = environment;
  return [
    ...routesWithoutGateway(environment),
    ...required
      .filter(([name, asked]) => asked && environment[name] === undefined)
      .map(([name, , condition]) => `${name}: is required if ${condition}; expected ${expected(name)}`),
    ...(most < largest ? [complaint('MAX_MIB_IN_FLIGHT', `${most}`, `, at least BODY_LIMIT_MIB (${largest})`)] : []),
    ...lowLimits(environment).map(({ limit, request }) =>
      complaint(limit, environment[limit], `, at least ${request} (${environment[request]})`),
    ),
  ];
}

/** Routes straight to Agents attach to the Gateway that the other settings name. */
function routesWithoutGateway({ AGENT_ROUTES_ENABLED: routes, GATEWAY_API_ENABLED: gateway }: Environment): string[] {
  return routes && !gateway ? ['GATEWAY_API_ENABLED: is required if AGENT_ROUTES_ENABLED is true; expected true'] : [];
}

/** The map that a text in YAML or JSON holds; undefined if it holds none. */
function mapIn(text: string): PlainObject | undefined {
  const reading = readYamlMap(text, 'typed');
  return reading.outcome === 'read' ? reading.value : undefined;
}

function readKey(file: string): string {
  const key = readSettingFile('REFERENCE_HASH_KEY_FILE', file).trim();
  if (key === '') {
    throw fileComplaint('REFERENCE_HASH_KEY_FILE', file, 'is empty');
  }
  return key;
}

function serverSettings(environment: Environment): ServerSettings {
  return {
    host: environment.HOST,
    port: environment.PORT,
    adminPort: environment.ADMIN_PORT,
    logLevel: environment.LOG_LEVEL,
    bodyLimitMiB: environment.BODY_LIMIT_MIB,
    parsedBodyLimitMiB: environment.PARSED_BODY_LIMIT_MIB,
    maxCallsInFlight: environment.MAX_CALLS_IN_FLIGHT,
    maxMiBInFlight: environment.MAX_MIB_IN_FLIGHT,
    maxEventLoopDelayMs: environment.MAX_EVENT_LOOP_DELAY_MS,
    maxConnections: environment.MAX_CONNECTIONS,
    shutdownDelaySeconds: environment.SHUTDOWN_DELAY_SECONDS,
    build: environment.BUILD,
    tokenDirectory: environment.TOKEN_DIRECTORY,
    tls: tlsSettings(environment),
  };
}

function tlsSettings(environment: Environment): TlsSettings | undefined {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, TLS_CLIENT_CA_FILE: clientCaFile } = environment;
  return certFile !== undefined && keyFile !== undefined ? { certFile, keyFile, clientCaFile } : undefined;
}

function agentGatewaySettings(
  environment: Environment,
): Omit<AgentGatewaySettings, 'referenceHashKey' | 'podSpec' | 'podPolicy'> {
  return {
    classController: environment.AGENT_GATEWAY_CLASS_CONTROLLER,
    image: environment.AGENT_GATEWAY_IMAGE,
    guardrails: environment.AGENT_GATEWAY_GUARDRAILS,
    logLevel: environment.AGENT_GATEWAY_LOG_LEVEL,
    shortPathNamespaces: shortPathNamespaces(environment.AGENT_GATEWAY_SHORT_PATH_NAMESPACES),
    cardsNameLongPath: environment.AGENT_ROUTES_ENABLED,
    agentSelector: agentSelector(environment.AGENT_GATEWAY_AGENT_SELECTOR),
    configLimitKiB: environment.AGENT_GATEWAY_CONFIG_LIMIT_KIB,
    settingsLimitKiB: environment.AGENT_GATEWAY_SETTINGS_LIMIT_KIB,
    preStopSeconds: environment.AGENT_GATEWAY_PRE_STOP_SECONDS,
    resources: {
      requestsCpu: environment.AGENT_GATEWAY_REQUESTS_CPU,
      requestsMemory: environment.AGENT_GATEWAY_REQUESTS_MEMORY,
      limitsCpu: environment.AGENT_GATEWAY_LIMITS_CPU,
      limitsMemory: environment.AGENT_GATEWAY_LIMITS_MEMORY,
    },
  };
}

function shortPathNamespaces(text: string): AgentGatewaySettings['shortPathNamespaces'] {
  const listed = text === '' ? [] : text.split(',');
  return text === '*' ? 'all' : listed;
}

function gatewayApiSettings(environment: Environment): GatewayApiSettings {
  if (!environment.GATEWAY_API_ENABLED || environment.GATEWAY_NAMESPACE === undefined) {
    return { enabled: false };
  }
  return {
    enabled: true,
    gateway: {
      name: environment.GATEWAY_NAME,
      namespace: environment.GATEWAY_NAMESPACE,
      ...(environment.GATEWAY_SECTION_NAME && { sectionName: environment.GATEWAY_SECTION_NAME }),
    },
    hostnames: environment.GATEWAY_HOSTNAMES ?? [],
    timeouts: environment.GATEWAY_TIMEOUTS,
    cors: environment.GATEWAY_CORS,
    gatewayClassName: environment.GATEWAY_CLASS_NAME || undefined,
    defaultTimeouts: {
      agent: environment.GATEWAY_DEFAULT_AGENT_TIMEOUT,
      modelAPI: environment.GATEWAY_DEFAULT_MODELAPI_TIMEOUT,
      mcp: environment.GATEWAY_DEFAULT_MCP_TIMEOUT,
      memoryStore: environment.GATEWAY_DEFAULT_MEMORYSTORE_TIMEOUT,
    },
  };
}

/** `PORT: "x" is not valid; expected a whole number from 0 to 65535`. `bound` is an additional rule, after a comma. */
function complaint(name: VariableName, text: string | undefined, bound = ''): string {
  const value = text === undefined ? 'unset' : quote(text);
  return `${name}: ${value} is not valid; expected ${expected(name)}${bound}`;
}

function expected(name: VariableName): string {
  return allowed(Environment.properties[name]);
}
