import type { PodSecurity } from '../../controllers/settings.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever is in a pod.
type Any = any;

const CAPABILITIES =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT';
const SYSCTLS =
  /^(kernel\.shm_rmid_forced|net\.ipv4\.(ip_(local_port_range|local_reserved_ports|unprivileged_port_start)|ping_group_range|tcp_(syncookies|fin_timeout|rmem|wmem|keepalive_(time|intvl|probes))))$/;
const SELINUX = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const VOLUMES = 'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(' ');

/**
 * What a PodSpec has beyond a Pod Security Standard, by the page of the standards. It shares no code with the rules.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function violations(podSpec: Any, standard: PodSecurity): string[] {
  if (standard === 'privileged') {
    return [];
  }
  const { containers = [], initContainers = [], ephemeralContainers = [] } = podSpec;
  const all = [...containers, ...initContainers, ...ephemeralContainers];
  return [
    ...(podSpec.hostIPC || podSpec.hostPID || podSpec.hostNetwork ? ['host namespaces'] : []),
    ...ofContext(podSpec.securityContext ?? {}),
    ...(podSpec.securityContext?.sysctls ?? []).filter(({ name }: Any) => !SYSCTLS.test(name)).map(() => 'sysctls'),
    ...(podSpec.volumes ?? []).filter((volume: Any) => volume.hostPath !== undefined).map(() => 'hostPath'),
    ...all.flatMap(ofContainer),
    ...(standard === 'restricted' ? beyondRestricted(podSpec, all) : []),
  ];
}

function ofContext({ windowsOptions, seLinuxOptions, seccompProfile, appArmorProfile }: Any): string[] {
  const isKnown = (profile: Any) => ['RuntimeDefault', 'Localhost'].includes(profile.type);
  return [
    ...(windowsOptions?.hostProcess ? ['hostProcess'] : []),
    ...(seLinuxOptions?.user || seLinuxOptions?.role ? ['SELinux user'] : []),
    ...(SELINUX.includes(seLinuxOptions?.type ?? '') ? [] : ['SELinux type']),
    ...(seccompProfile === undefined || isKnown(seccompProfile) ? [] : ['seccomp']),
    ...(appArmorProfile === undefined || isKnown(appArmorProfile) ? [] : ['AppArmor']),
  ];
}

function ofContainer({ securityContext = {}, ports = [], lifecycle = {}, ...container }: Any): string[] {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle.postStart, lifecycle.preStop];
  const added: string[] = securityContext.capabilities?.add ?? [];
  return [
    ...ofContext(securityContext),
    ...(securityContext.privileged ? ['privileged'] : []),
    ...(['Default', undefined].includes(securityContext.procMount) ? [] : ['procMount']),
    ...added.filter((name) => !CAPABILITIES.split(' ').includes(name)),
    ...ports.filter(({ hostPort }: Any) => hostPort).map(() => 'hostPort'),
    ...handlers.filter((handler) => handler?.httpGet?.host || handler?.tcpSocket?.host).map(() => 'host of a probe'),
  ];
}

function beyondRestricted({ securityContext = {}, volumes = [] }: Any, containers: readonly Any[]): string[] {
  const contexts = containers.map((container) => container.securityContext ?? {});
  const isRoot = ({ runAsNonRoot = securityContext.runAsNonRoot, runAsUser }: Any) => !runAsNonRoot || runAsUser === 0;
  return [
    ...volumes.filter((volume: Any) => !hasSourceOf(volume)).map(() => 'volume type'),
    ...contexts.filter(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false).map(() => 'escalation'),
    ...(securityContext.runAsUser === 0 || securityContext.runAsNonRoot === false ? ['runs as root'] : []),
    ...contexts.filter(isRoot).map(() => 'runs as root'),
    ...contexts.filter((own) => !(own.seccompProfile ?? securityContext.seccompProfile)).map(() => 'no seccomp'),
    ...contexts.filter(({ capabilities }) => !capabilities?.drop?.includes('ALL')).map(() => 'drop ALL'),
    ...contexts.flatMap(({ capabilities }) => capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE'),
  ];
}

/** A volume without a source is an emptyDir. */
function hasSourceOf(volume: object): boolean {
  return Object.keys(volume).every((key) => key === 'name' || VOLUMES.includes(key));
}
