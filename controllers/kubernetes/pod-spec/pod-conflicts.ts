import type { PlainObject } from '../../data/plain-object.ts';
import { osRules } from './pod-os.ts';
import { containersIn, firstBy, isSidecar, itemsIn, objectIn, once } from './pod-parts.ts';
import { whyPodResources } from './pod-resources.ts';
import { inContainers, type PodRule } from './pod-rules.ts';

const DEFAULT_GRACE_SECONDS = 30;
const OF_RUNNING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];
/** Sysctls of the network and of the communication between processes belong to whoever has that namespace. */
const NET_SYSCTL = /^net[./]/;
const IPC_SYSCTL = /^(kernel[./](sem$|shm|msg)|fs[./]mqueue([./]|$))/;

const nameOf = (value: unknown) => (value as PlainObject)['name'];

/** Rules for fields that must fit other fields of the pod. Source: `ValidatePodSpec` of the API server. */
const rules: readonly PodRule[] = [
  ...osRules,
  { path: 'dnsPolicy', whyNot: (policy, [pod]) => (policy === 'None' ? whyNoNameservers(pod) : undefined) },
  { path: 'hostnameOverride', whyNot: (_name, [pod]) => whyNoOverride(pod) },
  {
    path: 'shareProcessNamespace',
    whyNot: (isShared, [pod]) =>
      isShared === true && pod?.['hostPID'] === true ? 'is not allowed beside hostPID' : undefined,
  },
  { path: 'hostUsers', whyNot: (isHost, [pod]) => (isHost === false ? whyHostUsers(pod) : undefined) },
  { path: 'resources', whyNot: (_resources, [pod]) => (pod === undefined ? undefined : whyPodResources(pod)) },
  { path: 'securityContext.sysctls[]', whyNot: (sysctl, [pod]) => whyNoSysctl(String(nameOf(sysctl)), pod) },
  ...inContainers('securityContext.procMount').map((path) => ({ path, whyNot: whyNoProcMount })),
  ...['lifecycle.postStart', 'lifecycle.preStop']
    .flatMap(inContainers)
    .map((path) => ({ path, whyNot: whySleepsTooLong })),
  ...OF_RUNNING.map((name) => ({ path: `initContainers[].${name}`, whyNot: whyNotRunning })),
  { path: 'initContainers[].resizePolicy[]', whyNot: whyNoRestart },
  ...inContainers('restartPolicyRules').map((path) => ({ path, whyNot: whyNoRules })),
  ...inContainers('ports[].hostPort').map((path) => ({ path, whyNot: whyNoHostPort })),
  ...inContainers('volumeMounts[].mountPropagation').map((path) => ({ path, whyNot: whyNotPropagated })),
  ...inContainers('volumeDevices[]').map((path) => ({ path, whyNot: whyNoDevice })),
  ...inContainers('env[]').map((path) => ({ path, whyNot: whyNoFile })),
];

/** The rules as conflicts: also generated parts may not fit what a user asks for. */
export const podConflictRules: readonly PodRule[] = rules.map((rule) => ({ ...rule, isConflict: true }));

type Around = readonly PlainObject[];

function whyNoNameservers(pod: PlainObject | undefined): string | undefined {
  const { nameservers } = objectIn(pod, 'dnsConfig');
  return Array.isArray(nameservers) && nameservers.length > 0
    ? undefined
    : 'is None, which needs dnsConfig.nameservers';
}

function whyNoOverride(pod: PlainObject | undefined): string | undefined {
  const other = ['setHostnameAsFQDN', 'hostNetwork'].find((name) => pod?.[name] === true);
  return other === undefined ? undefined : `is not allowed beside ${other}`;
}

function whyHostUsers(pod: PlainObject | undefined): string | undefined {
  const other = ['hostNetwork', 'hostPID', 'hostIPC'].find((name) => pod?.[name] === true);
  const hasDevices = containersIn(pod).some((container) => itemsIn(container, 'volumeDevices').length > 0);
  const why = other ?? (hasDevices ? 'volumeDevices' : undefined);
  return why === undefined ? undefined : `is false, which is not allowed beside ${why}`;
}

function whyNoSysctl(name: string, pod: PlainObject | undefined): string | undefined {
  const namespaces = [
    { field: 'hostNetwork', names: NET_SYSCTL },
    { field: 'hostIPC', names: IPC_SYSCTL },
  ];
  const found = namespaces.find(({ field, names }) => pod?.[field] === true && names.test(name));
  return found === undefined ? undefined : `is not allowed beside ${found.field}`;
}

function whyNoProcMount(mount: unknown, [pod]: Around): string | undefined {
  return mount === 'Unmasked' && pod?.['hostUsers'] !== false ? 'is Unmasked, which needs hostUsers: false' : undefined;
}

function whySleepsTooLong(handler: unknown, [pod]: Around): string | undefined {
  const seconds = Number(objectIn(handler as PlainObject, 'sleep')['seconds'] ?? 0);
  const grace = Number(pod?.['terminationGracePeriodSeconds'] ?? DEFAULT_GRACE_SECONDS);
  return seconds > grace
    ? `sleeps for ${seconds} seconds; expected at most terminationGracePeriodSeconds, which is ${grace}`
    : undefined;
}

function whyNotRunning(_value: unknown, [, container = {}]: Around): string | undefined {
  return isSidecar(container) ? undefined : 'is only allowed in an init container with restartPolicy: Always';
}

function whyNoRestart(policy: unknown, [, container = {}]: Around): string | undefined {
  return isSidecar(container) || (policy as PlainObject)['restartPolicy'] !== 'RestartContainer'
    ? undefined
    : 'is RestartContainer, which is only allowed in an init container with restartPolicy: Always';
}

function whyNoRules(rules: unknown, [, container]: Around): string | undefined {
  const isAny = Array.isArray(rules) && rules.length > 0;
  return isAny && container?.['restartPolicy'] === undefined ? 'needs a restartPolicy beside it' : undefined;
}

/** In the network of the host, a port is the same inside and outside. No two ports of a pod are the same outside. */
function whyNoHostPort(number: unknown, [pod, container = {}, port = {}]: Around): string | undefined {
  const isRegular = pod !== undefined && regularContainers(pod).has(container);
  if (number === 0) {
    return undefined;
  }
  if (isRegular && pod?.['hostNetwork'] === true && number !== port['containerPort']) {
    return 'must be the containerPort, because of hostNetwork: true';
  }
  const ports = isRegular ? portsOfPod(pod) : portsOfContainer(container);
  return ports.get(outside(port)) === port ? undefined : 'is the hostPort of another port';
}

const regularContainers = once((pod) => new Set(itemsIn(pod, 'containers')));
const portsOfContainer = once((container) => firstBy(itemsIn(container, 'ports'), outside));
const portsOfPod = once((pod) =>
  firstBy(
    itemsIn(pod, 'containers').flatMap((each) => itemsIn(each, 'ports')),
    outside,
  ),
);

function outside({ hostIP, hostPort, protocol }: PlainObject): string {
  return JSON.stringify([hostIP || '', hostPort, protocol || 'TCP']);
}

function whyNotPropagated(mode: unknown, [, container]: Around): string | undefined {
  const isPrivileged = objectIn(container, 'securityContext')['privileged'] === true;
  return mode === 'Bidirectional' && !isPrivileged ? 'is Bidirectional, which needs a privileged container' : undefined;
}

function whyNoDevice(device: unknown, [pod = {}, container = {}]: Around): string | undefined {
  const { name, devicePath } = device as PlainObject;
  const volume = volumesOf(pod).get(name);
  if (volume && !('persistentVolumeClaim' in volume || 'ephemeral' in volume)) {
    return 'needs a volume with a persistentVolumeClaim or an ephemeral claim';
  }
  const { devices, mountNames, mountPaths } = usesOf(container);
  const isTwice = devices.get(name) !== device;
  const isMounted = mountNames.has(name) || mountPaths.has(devicePath);
  return isTwice || isMounted ? 'is already used by another device or mount of the container' : undefined;
}

const volumesOf = once((pod) => firstBy(itemsIn(pod, 'volumes'), nameOf));
const usesOf = once((container) => {
  const mounts = itemsIn(container, 'volumeMounts');
  return {
    devices: firstBy(itemsIn(container, 'volumeDevices'), nameOf),
    mountNames: new Set(mounts.map(nameOf)),
    mountPaths: new Set(mounts.map(({ mountPath }) => mountPath)),
  };
});

function whyNoFile(variable: unknown, [pod = {}]: Around): string | undefined {
  const { volumeName } = objectIn(objectIn(variable as PlainObject, 'valueFrom'), 'fileKeyRef');
  const volume = volumesOf(pod).get(volumeName);
  const isFolder = volume !== undefined && Object.keys(volume).every((key) => key === 'name' || key === 'emptyDir');
  return volumeName === undefined || isFolder ? undefined : 'needs a volume of the type emptyDir';
}
