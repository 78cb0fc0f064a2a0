import type { DesiredObject } from '../../contract.ts';
import type { PlainObject } from '../../data/plain-object.ts';
import { WRITTEN } from '../../engine/own-annotations.ts';
import type { GatewayEnvironment } from '../environment/environment.ts';
import { HEALTH_PATH, KRAKEND_PORT } from '../krakend/krakend-config.ts';
import { overriddenPod, type PodComplaint, type PodOverrides } from '../pod-overrides.ts';
import { CONFIG_FOLDER, type ConfigFiles, configVolume, SETTINGS_FOLDER } from './config-files.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';
import { type ContainerResources, memoryVariable } from './resources.ts';

export const KRAKEND_HASH_ANNOTATION = 'runtime.agentic-layer.ai/config-hash';
/** A hash of everything that the pods are made of except the list of agents. */
export const SPEC_HASH_ANNOTATION = WRITTEN.specHash;

/** How long KrakenD needs to stop after the last call. */
const END_SECONDS = 5;
/** How long KrakenD may take to read settings files, in periods: some 50,000 agents with half a processor. */
const STARTUP_PERIOD_SECONDS = 5;
const STARTUP_PERIODS = 60;
/** The deadline of a rollout whose pods may take that long. */
const LONG_DEADLINE_SECONDS = 2 * STARTUP_PERIOD_SECONDS * STARTUP_PERIODS;
/** The user of the image. */
const USER = 1000;

/** Everything that a pod is made of. */
export interface PodInput extends GatewayChild {
  readonly replicas: number;
  readonly image: string;
  readonly environment: GatewayEnvironment;
  readonly resources: ContainerResources;
  readonly timeoutSeconds: number;
  readonly preStopSeconds: number;
  /** Hashes of what the pods read: the configuration and the referenced objects. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly overrides: PodOverrides;
  readonly config: ConfigFiles;
}

interface DesiredDeployment extends DesiredObject {
  readonly spec: { readonly template: object; readonly [field: string]: unknown };
}

/** KrakenD under the `restricted` Pod Security Standard. Pods are replaced without a gap and stop after their last call. */
export function deployment(
  { name, namespace, metadata, replicas, config }: PodInput,
  template: object,
  specHash: string | undefined,
): DesiredDeployment {
  const { labels, annotations } = metadata.common;
  const own = { ...annotations, ...(specHash && { [SPEC_HASH_ANNOTATION]: specHash }) };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, ...withoutEmptyAnnotations({ labels, annotations: own }) },
    spec: {
      replicas,
      progressDeadlineSeconds: config.length > 1 ? LONG_DEADLINE_SECONDS : 120,
      selector: { matchLabels: { app: name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
      template,
    },
  };
}

/** The pod template, and what its overrides ask for and do not get. Every change of the template rolls the pods. */
export function podTemplate(input: PodInput): {
  readonly template: object;
  readonly complaints: readonly PodComplaint[];
} {
  const { labels, annotations } = input.metadata.pod;
  const { podSpec, complaints } = overriddenPod(generatedPod(input), input.overrides);
  const metadata = withoutEmptyAnnotations({ labels, annotations: { ...annotations, ...input.hashes } });
  return { template: { metadata, spec: podSpec }, complaints };
}

/** The pod without what the platform and the gateway's owner change of it. */
function generatedPod(input: Omit<PodInput, 'overrides'>): PlainObject {
  return {
    automountServiceAccountToken: false,
    // A Service named krakend would set KRAKEND_PORT, from which KrakenD takes its port.
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: USER, seccompProfile: { type: 'RuntimeDefault' } },
    terminationGracePeriodSeconds: input.preStopSeconds + input.timeoutSeconds + END_SECONDS,
    topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) =>
      spread(topologyKey, input.name),
    ),
    containers: [container(input)],
    volumes: [configVolume(input.config), { name: 'temporary-files', emptyDir: {} }],
  };
}

/** Also with one pod, so that a change of `replicas` does not roll the pods. Pods of an older template do not count. */
function spread(topologyKey: string, app: string): object {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { app } },
    matchLabelKeys: ['pod-template-hash'],
  };
}

function container(input: Omit<PodInput, 'overrides'>): object {
  const { image, environment, resources, preStopSeconds } = input;
  const { envFrom } = environment;
  const memory = memoryVariable(resources);
  const isLarge = input.config.length > 1;
  const settings = { name: 'FC_SETTINGS', value: SETTINGS_FOLDER };
  const env = isLarge ? [settings, ...environment.env.filter(({ name }) => name !== settings.name)] : environment.env;
  return {
    name: 'agent-gateway',
    image,
    ports: [{ name: 'http', containerPort: KRAKEND_PORT, protocol: 'TCP' }],
    env: env.some(({ name }) => name === memory.name) ? env : [memory, ...env],
    ...(envFrom.length > 0 && { envFrom }),
    resources,
    // New connections stop arriving before the container is told to stop. The image has no shell, so this is not an exec hook.
    ...(preStopSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } } }),
    ...(isLarge && {
      startupProbe: {
        ...probe(STARTUP_PERIOD_SECONDS, STARTUP_PERIOD_SECONDS),
        failureThreshold: STARTUP_PERIODS,
        timeoutSeconds: 3,
      },
    }),
    livenessProbe: { ...probe(10, 10), timeoutSeconds: 5 },
    readinessProbe: { ...probe(5, 5), timeoutSeconds: 3 },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: configVolume(input.config).name, mountPath: CONFIG_FOLDER },
      { name: 'temporary-files', mountPath: '/tmp' },
    ],
  };
}

function probe(initialDelaySeconds: number, periodSeconds: number): object {
  return {
    httpGet: { path: HEALTH_PATH, port: KRAKEND_PORT, scheme: 'HTTP' },
    initialDelaySeconds,
    periodSeconds,
    successThreshold: 1,
    failureThreshold: 3,
  };
}
