import type { PlainObject } from '../../data/plain-object.ts';
import type { KaosRuntimeSettings } from '../../settings.ts';
import type { SpecComplaint } from '../complaint.ts';
import type { Plan } from '../plan.ts';
import { commonPodFields, container, httpGet, podSecurity } from '../workload/container.ts';
import { type ContainerEnvironment, environment, literal } from '../workload/environment.ts';
import { listeningPort } from '../workload/listening-port.ts';
import { imageNotSet, mergedPod, planOf, service } from '../workload/workload.ts';
import type { ObservedModelApi } from './observed.ts';
import { PULL_SCRIPT, PULLED_MODEL_VARIABLE } from './pull-script.ts';

const CONTAINER = 'model-api';
const DATA_VOLUME = { name: 'ollama-data', emptyDir: {} };
const DATA_MOUNT = { name: 'ollama-data', mountPath: '/root/.ollama' };
/** Time for the pull of a model: 40 GB at 100 Mbit/s. A rollout makes no progress in that time. */
const PULL_SECONDS = 3600;
const DEBUG_LEVELS = new Map([
  ['TRACE', '2'],
  ['DEBUG', '1'],
]);

/** The plan for Ollama. An init container pulls the model before Ollama serves. */
export function planHosted(observed: ObservedModelApi, settings: KaosRuntimeSettings): Plan {
  const { env, complaints } = hostedEnvironment(observed, settings);
  const listening = listeningPort(observed, CONTAINER);
  const pod = mergedPod(observed, { podSpec: podSpec(observed, { env, port: listening.port }, settings) }, settings);
  return planOf(observed, pod, {
    children: [service(observed, listening.port)],
    complaints: [...complaints, ...hostedComplaints(observed)],
    remarks: listening.complaints,
    ...(observed.spec.hostedConfig?.model && { progressDeadlineSeconds: PULL_SECONDS }),
    noImageMessage: imageNotSet('DEFAULT_OLLAMA_IMAGE'),
  });
}

interface ContainerParts extends Pick<ContainerEnvironment, 'env'> {
  /** Where the container listens. */
  readonly port: number;
}

function podSpec(
  observed: ObservedModelApi,
  { env, port }: ContainerParts,
  settings: KaosRuntimeSettings,
): PlainObject {
  const model = observed.spec.hostedConfig?.model;
  return {
    ...commonPodFields,
    automountServiceAccountToken: false,
    // Ollama's image runs as root and keeps its data in root's home.
    securityContext: podSecurity,
    ...(model && { initContainers: [pullModel(observed, pullEnvironment(model, env), settings)] }),
    containers: [ollama(observed, { env, port }, settings)],
    ...(model && { volumes: [DATA_VOLUME] }),
  };
}

/** The variables of the init container: the model, which the user cannot replace, and the user's own, such as a proxy. */
function pullEnvironment(model: string, env: ContainerEnvironment['env']): ContainerEnvironment['env'] {
  return [literal(PULLED_MODEL_VARIABLE, model), ...env.filter(({ name }) => name !== PULLED_MODEL_VARIABLE)];
}

/** The init container. It gets the model's name in a variable, so that the name cannot become a command. */
function pullModel(
  { spec }: ObservedModelApi,
  env: ContainerEnvironment['env'],
  { images, resources }: KaosRuntimeSettings,
): PlainObject {
  const { image, resources: own } = spec.container ?? {};
  const parts = { name: 'pull-model', image: images.ollama, command: ['/bin/sh', '-c'], args: [PULL_SCRIPT], env };
  const override = { ...(image && { image }), ...(own && { resources: own }) };
  return container({ ...parts, volumeMounts: [DATA_MOUNT] }, { override, resources });
}

function ollama(
  { spec }: ObservedModelApi,
  { env, port }: ContainerParts,
  { images, resources }: KaosRuntimeSettings,
): PlainObject {
  const times = { handler: httpGet('/', port), timeoutSeconds: 5, failureThreshold: 3 };
  return container(
    {
      name: CONTAINER,
      image: images.ollama,
      command: ['ollama'],
      // The argument belongs to that command, not to a user's own.
      args: spec.container?.command ? undefined : ['serve'],
      env,
      port,
      probes: {
        liveness: { ...times, initialDelaySeconds: 30, periodSeconds: 10 },
        readiness: { ...times, initialDelaySeconds: 15, periodSeconds: 5 },
      },
      ...(spec.hostedConfig?.model && { volumeMounts: [DATA_MOUNT] }),
    },
    { override: spec.container, resources },
  );
}

function hostedEnvironment({ spec }: ObservedModelApi, { logLevel }: KaosRuntimeSettings): ContainerEnvironment {
  const level = DEBUG_LEVELS.get(logLevel);
  return environment({
    user: spec.container?.env,
    fallback: level === undefined ? [] : [{ name: 'OLLAMA_DEBUG', value: level }],
  });
}

function hostedComplaints({ spec }: ObservedModelApi): readonly SpecComplaint[] {
  const noModel: SpecComplaint = {
    reason: 'NoModel',
    message: 'spec.hostedConfig.model is not set, so Ollama runs without a model',
  };
  const noTelemetry: SpecComplaint = {
    reason: 'TelemetryNotSupported',
    message: 'Warning: Telemetry enabled but Ollama does not support OTel natively',
  };
  return [...(spec.hostedConfig?.model ? [] : [noModel]), ...(spec.telemetry?.enabled ? [noTelemetry] : [])];
}
