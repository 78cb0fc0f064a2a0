import type { PlainObject } from '../../data/plain-object.ts';
import { containersIn, objectIn } from './pod-parts.ts';
import { inContainers, type PodRule } from './pod-rules.ts';

const SHARED = ['appArmorProfile', 'runAsGroup', 'runAsUser', 'seLinuxOptions', 'seccompProfile'];
const OF_LINUX = ['hostIPC', 'hostPID', 'hostUsers', 'resources', 'shareProcessNamespace'];
const OF_LINUX_POD = [
  ...SHARED,
  'fsGroup',
  'fsGroupChangePolicy',
  'seLinuxChangePolicy',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'sysctls',
];
const OF_LINUX_CONTAINER = [
  ...SHARED,
  'allowPrivilegeEscalation',
  'capabilities',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
];
const WINDOWS_SIGNALS: readonly unknown[] = ['SIGKILL', 'SIGTERM'];

/** Rules for fields that only one operating system has. */
export const osRules: readonly PodRule[] = [
  {
    path: 'os',
    whyNot: (os, [pod]) => (os !== undefined && nameIn(pod) === 'windows' ? whyNoWindows(pod) : undefined),
  },
  ...['securityContext.windowsOptions', ...inContainers('securityContext.windowsOptions')].map((path) => ({
    path,
    whyNot: (_options: unknown, [pod]: readonly PlainObject[]) =>
      nameIn(pod) === 'linux' ? 'is not allowed in a pod whose os.name is linux' : undefined,
  })),
  ...['securityContext.windowsOptions.hostProcess', ...inContainers('securityContext.windowsOptions.hostProcess')].map(
    (path) => ({ path, whyNot: (_on: unknown, [pod]: readonly PlainObject[]) => whyNoHostProcess(pod) }),
  ),
  ...inContainers('lifecycle.stopSignal').map((path) => ({
    path,
    whyNot: (signal: unknown, [pod]: readonly PlainObject[]) => whyNoSignal(signal, nameIn(pod)),
  })),
];

function nameIn(pod: PlainObject | undefined): unknown {
  return objectIn(pod, 'os')['name'];
}

function whyNoWindows(pod: PlainObject | undefined): string | undefined {
  const security = objectIn(pod, 'securityContext');
  const found =
    OF_LINUX.find((name) => pod?.[name] !== undefined && pod[name] !== false) ??
    OF_LINUX_POD.find((name) => security[name] !== undefined) ??
    OF_LINUX_CONTAINER.find((name) => securityOfContainers(pod).some((own) => own[name] !== undefined));
  return found === undefined ? undefined : `is windows, but the pod has ${found}, which only a pod for linux may have`;
}

function securityOfContainers(pod: PlainObject | undefined): readonly PlainObject[] {
  return containersIn(pod).map((container) => objectIn(container, 'securityContext'));
}

/** Either all containers are processes of the host, in its network, or none. */
function whyNoHostProcess(pod: PlainObject | undefined): string | undefined {
  const ofPod = objectIn(objectIn(pod, 'securityContext'), 'windowsOptions')['hostProcess'];
  const own = securityOfContainers(pod).map((security) => objectIn(security, 'windowsOptions')['hostProcess']);
  const differs = ofPod !== undefined && own.some((each) => each !== undefined && each !== ofPod);
  const isAny = own.some((each) => (each ?? ofPod) === true);
  const isEach = own.every((each) => (each ?? ofPod) === true) && pod?.['hostNetwork'] === true;
  return differs || (isAny && !isEach) ? 'must be the same for all containers, and needs hostNetwork: true' : undefined;
}

function whyNoSignal(signal: unknown, os: unknown): string | undefined {
  if (os === undefined) {
    return 'needs os.name in the podSpec';
  }
  return os === 'windows' && !WINDOWS_SIGNALS.includes(signal) ? 'must be SIGKILL or SIGTERM on windows' : undefined;
}
