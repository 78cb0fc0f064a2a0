import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { quote, shown } from '../../data/quote.ts';
import { whyNoAccountName, whyNoVariableName } from '../../kubernetes/pod-spec/field-rules.ts';
import { accountOf } from '../../kubernetes/pod-spec/pod-account.ts';
import { containersIn } from '../../kubernetes/pod-spec/pod-parts.ts';
import { permitsAccount } from '../../kubernetes/pod-spec/pod-policy.ts';
import type { KaosRuntimeSettings, PodPolicy, Settings } from '../../settings.ts';
import type { SpecComplaint } from '../complaint.ts';
import { type Check, notConstructed } from '../hold.ts';
import type { Plan } from '../plan.ts';
import { type Desired, settle } from '../settle.ts';
import { commonPodFields, container, podSecurity } from '../workload/container.ts';
import { type ContainerEnvironment, environment, literalIfAny } from '../workload/environment.ts';
import { listeningPort } from '../workload/listening-port.ts';
import { telemetryVariables } from '../workload/telemetry.ts';
import { mergedPod, planOf, service } from '../workload/workload.ts';
import type { ObservedMcpServer } from './observed.ts';
import { CUSTOM_RUNTIME, type Runtime, type RuntimeLookup, readRuntime } from './registry.ts';

const CONTAINER = 'mcp-server';
/** The variable for `spec.params` if the runtime does not name one. */
const PARAMS_VARIABLE = 'MCP_PARAMS';

/** Runs an MCPServer with the image of its runtime, or with its own image. */
export function desire(observed: ObservedMcpServer, settings: Settings): Desired {
  const lookup = runtimeOf(observed, settings.kaosRuntime);
  const plan =
    lookup.outcome === 'refused'
      ? notConstructed(lookup.reason, lookup.why)
      : planServer(observed, lookup, settings.kaosRuntime);
  return settle(observed, { plan }, settings);
}

function runtimeOf({ spec, registry }: ObservedMcpServer, { systemNamespace }: KaosRuntimeSettings): RuntimeLookup {
  if (spec.runtime !== CUSTOM_RUNTIME) {
    return readRuntime(spec.runtime, registry, systemNamespace);
  }
  return spec.container?.image
    ? { outcome: 'found', runtime: {}, problems: [] }
    : { outcome: 'refused', reason: 'NoImage', why: 'custom runtime requires container.image to be set' };
}

type FoundRuntime = Extract<RuntimeLookup, { outcome: 'found' }>;

function planServer(
  observed: ObservedMcpServer,
  { runtime, problems }: FoundRuntime,
  settings: KaosRuntimeSettings,
): Plan {
  const { env, complaints } = serverEnvironment(observed, runtime, settings);
  const listening = listeningPort(observed, CONTAINER);
  const { port } = listening;
  const pod = mergedPod(observed, { podSpec: serverPod(observed, { runtime, env, port }, settings) }, settings);
  return planOf(observed, pod, {
    children: [service(observed, port, settings.mcpSessionAffinity)],
    complaints: [
      ...complaints,
      ...missingVariables(observed, runtime, pod.podSpec),
      ...unreadParams(observed, runtime),
    ],
    remarks: listening.complaints,
    problems,
    checks: serverChecks(observed, runtime),
    noImageMessage: `${runtimeInRegistry(observed)} has no image; set spec.container.image`,
  });
}

/** Checks the names of the service account and of the variable for `spec.params`. The server cannot do without either. */
function serverChecks(observed: ObservedMcpServer, { paramsEnvVar }: Runtime): readonly Check[] {
  const { spec } = observed;
  const whyNoAccount = whyNoAccountName(spec.serviceAccountName ?? '');
  const whyNoVariable = spec.params && paramsEnvVar ? whyNoVariableName(paramsEnvVar) : undefined;
  return [
    whyNoAccount !== undefined &&
      notConstructed('InvalidServiceAccountName', `spec.serviceAccountName: ${whyNoAccount}`),
    whyNoVariable !== undefined &&
      notConstructed('InvalidRuntime', `${runtimeInRegistry(observed)}: paramsEnvVar: ${whyNoVariable}`),
  ];
}

function runtimeInRegistry({ spec }: ObservedMcpServer): string {
  return `runtime ${quote(spec.runtime)} of the registry`;
}

/** A complaint if neither the registry nor the user's own image says how the server reads its params. KAOS's `kubernetes` reads none. */
function unreadParams(observed: ObservedMcpServer, { paramsEnvVar }: Runtime): readonly SpecComplaint[] {
  const { params, runtime, container } = observed.spec;
  if (!params || paramsEnvVar || container?.image || runtime === CUSTOM_RUNTIME) {
    return [];
  }
  const message = `spec.params: ${runtimeInRegistry(observed)} has no paramsEnvVar, so the server has them only in the variable ${PARAMS_VARIABLE}, which it may not read; remove them, or add paramsEnvVar to the registry`;
  return [{ reason: 'NoEffect', message }];
}

function serverEnvironment(
  observed: ObservedMcpServer,
  runtime: Runtime,
  settings: KaosRuntimeSettings,
): ContainerEnvironment {
  const { spec } = observed;
  return environment({
    before: literalIfAny(runtime.paramsEnvVar || PARAMS_VARIABLE, spec.params),
    user: spec.container?.env,
    fallback: [
      ...telemetryVariables(observed, spec.telemetry, settings),
      { name: 'LOG_LEVEL', value: settings.logLevel },
    ],
  });
}

interface ServerParts {
  readonly runtime: Runtime;
  readonly env: ContainerEnvironment['env'];
  /** Where the container listens. */
  readonly port: number;
}

function serverPod(
  { spec }: ObservedMcpServer,
  { runtime, env, port }: ServerParts,
  { resources, podPolicy }: KaosRuntimeSettings,
): PlainObject {
  const handler = { tcpSocket: { port } };
  const probes = {
    liveness: { handler, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
    readiness: { handler, initialDelaySeconds: 3, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 2 },
  };
  const { image, command, args } = runtime;
  const parts = { name: CONTAINER, image, command, args, env, port, probes };
  return {
    ...commonPodFields,
    automountServiceAccountToken: namesServiceAccount(spec, podPolicy),
    // The image can be any, so its user is not known.
    securityContext: podSecurity,
    ...(spec.serviceAccountName && { serviceAccountName: spec.serviceAccountName }),
    containers: [container(parts, { override: spec.container, resources })],
  };
}

/** Whether the user names a service account, and so needs its token. The default account's token is not mounted. */
function namesServiceAccount({ serviceAccountName, podSpec }: ObservedMcpServer['spec'], policy: PodPolicy): boolean {
  const own = isPlainObject(podSpec) ? accountOf(podSpec) : undefined;
  const isValid = typeof own === 'string' && own !== '' && whyNoAccountName(own) === undefined;
  return Boolean(serviceAccountName) || (isValid && permitsAccount(policy, own, undefined));
}

/** A complaint for each variable that the runtime needs and the container lacks. Empty with `envFrom`, which may hold it. */
function missingVariables(
  { spec }: ObservedMcpServer,
  { requiredEnv = [] }: Runtime,
  podSpec: PlainObject,
): readonly SpecComplaint[] {
  const server = containersIn(podSpec).find(({ name }) => name === CONTAINER) ?? {};
  const env = Array.isArray(server['env']) ? server['env'].filter(isPlainObject) : [];
  const names = env.map(({ name }) => name);
  const missing = server['envFrom'] === undefined ? requiredEnv.filter((name) => !names.includes(name)) : [];
  return missing.map((name) => ({
    reason: 'EnvironmentMissing',
    message: `runtime ${shown(spec.runtime)} needs the variable ${shown(name)}; set it in spec.container.env`,
  }));
}
