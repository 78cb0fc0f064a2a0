import { isPlainObject } from '../../data/plain-object.ts';
import type { PodSecurity } from '../../settings.ts';
import { inContainers, type PodRule } from './pod-rules.ts';

/** What one of the standards says of one value. */
interface Control {
  readonly paths: readonly string[];
  readonly permits: (value: unknown) => boolean;
  /** What the field must be, for the message. */
  readonly expected: string;
  readonly required?: unknown;
}

const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];
const SELINUX_TYPES = ['', 'container_engine_t', 'container_init_t', 'container_kvm_t', 'container_t'];
const PROFILES = ['RuntimeDefault', 'Localhost'];
const VOLUME_SOURCES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const CALLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];
const HOSTS = CALLERS.flatMap((caller) => [`${caller}.httpGet.host`, `${caller}.tcpSocket.host`]);

const inPodAndContainers = (path: string) => [path, ...inContainers(path)];
const is = (expected: unknown) => (value: unknown) => value === expected;
const isOneOf = (values: readonly unknown[]) => (value: unknown) => values.includes(value);
const isOfType = (values: readonly unknown[]) => (value: unknown) =>
  isPlainObject(value) && values.includes(value['type']);
const listed = (values: readonly string[]) => `must be one of ${values.filter(Boolean).join(', ')}`;

const inBoth: readonly Control[] = [
  { paths: ['hostIPC', 'hostNetwork', 'hostPID'], permits: is(false), expected: 'must be false' },
  {
    paths: inPodAndContainers('securityContext.windowsOptions.hostProcess'),
    permits: is(false),
    expected: 'must be false',
  },
  { paths: inContainers('securityContext.privileged'), permits: is(false), expected: 'must be false' },
  {
    paths: inContainers('volumeMounts[].mountPropagation'),
    permits: (value) => value !== 'Bidirectional',
    expected: 'must not be Bidirectional, which needs a privileged container',
  },
  { paths: inContainers('ports[].hostPort'), permits: is(0), expected: 'must not be set' },
  { paths: HOSTS.flatMap(inContainers), permits: is(''), expected: 'must not be set' },
  {
    paths: inPodAndContainers('securityContext.appArmorProfile'),
    permits: isOfType(PROFILES),
    expected: `type ${listed(PROFILES)}`,
  },
  {
    paths: inPodAndContainers('securityContext.seLinuxOptions.type'),
    permits: isOneOf(SELINUX_TYPES),
    expected: listed(SELINUX_TYPES),
  },
  {
    paths: ['user', 'role'].flatMap((name) => inPodAndContainers(`securityContext.seLinuxOptions.${name}`)),
    permits: is(''),
    expected: 'must not be set',
  },
  { paths: inContainers('securityContext.procMount'), permits: is('Default'), expected: 'must be Default' },
  {
    paths: inPodAndContainers('securityContext.seccompProfile'),
    permits: isOfType(PROFILES),
    expected: `type ${listed(PROFILES)}`,
  },
  {
    paths: ['securityContext.sysctls[]'],
    permits: (sysctl) => isPlainObject(sysctl) && isOneOf(SYSCTLS)(sysctl['name']),
    expected: 'name must be a sysctl that the standard allows, such as net.ipv4.tcp_syncookies',
  },
];

const baseline: readonly Control[] = [
  ...inBoth,
  {
    paths: inContainers('securityContext.capabilities.add[]'),
    permits: isOneOf(CAPABILITIES),
    expected: listed(CAPABILITIES),
  },
  {
    paths: ['volumes[]'],
    permits: (volume) => isPlainObject(volume) && !('hostPath' in volume),
    expected: 'must not have hostPath',
  },
];

const restricted: readonly Control[] = [
  ...inBoth,
  {
    paths: ['volumes[]'],
    permits: (volume) =>
      isPlainObject(volume) && Object.keys(volume).every((key) => key === 'name' || VOLUME_SOURCES.includes(key)),
    expected: `source ${listed(VOLUME_SOURCES)}`,
  },
  {
    paths: inContainers('securityContext.allowPrivilegeEscalation'),
    permits: is(false),
    expected: 'must be false',
    required: false,
  },
  { paths: ['securityContext.runAsNonRoot'], permits: is(true), expected: 'must be true', required: true },
  { paths: inContainers('securityContext.runAsNonRoot'), permits: is(true), expected: 'must be true' },
  {
    paths: inPodAndContainers('securityContext.runAsUser'),
    permits: (user) => user !== 0,
    expected: 'must not be 0',
  },
  {
    paths: ['securityContext.seccompProfile'],
    permits: isOfType(PROFILES),
    expected: `type ${listed(PROFILES)}`,
    required: { type: 'RuntimeDefault' },
  },
  {
    paths: inContainers('securityContext.capabilities.add[]'),
    permits: is('NET_BIND_SERVICE'),
    expected: 'must be NET_BIND_SERVICE',
  },
  {
    paths: inContainers('securityContext.capabilities.drop'),
    permits: (drop) => Array.isArray(drop) && drop.includes('ALL'),
    expected: 'must include ALL',
    required: ['ALL'],
  },
];

function rulesOf(standard: PodSecurity, controls: readonly Control[]): readonly PodRule[] {
  return controls.flatMap(({ paths, permits, expected, required }) => {
    const why = `${expected}: pods here follow the Pod Security Standard ${standard}`;
    const whyNot = (value: unknown) => (permits(value) ? undefined : why);
    return paths.map((path) => ({ path, whyNot, ...(required !== undefined && { required }) }));
  });
}

/**
 * The Pod Security Standards of Kubernetes 1.36 as rules. Both are as strict for pods with user namespaces and for Windows
 * as for all others. https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const podSecurityRules: Readonly<Record<PodSecurity, readonly PodRule[]>> = {
  privileged: [],
  baseline: rulesOf('baseline', baseline),
  restricted: rulesOf('restricted', restricted),
};
