import { deepFreeze } from '../../../../controllers/data/plain-object.ts';

type Standard = 'baseline' | 'restricted';

/** A user's podSpec for an Agent, and where it is beyond a standard. */
export interface SecurityCase {
  readonly name: string;
  /** The least strict standard that forbids it. */
  readonly standard: Standard;
  readonly podSpec: object;
  readonly fields: readonly string[];
  /** Whether the API server refuses it for another reason already, so that the standard is never asked. */
  readonly isInvalid?: boolean;
}

const CONTAINERS = [
  ['the generated container', 'containers', { name: 'agent' }],
  ['a container of the user', 'containers', { name: 'own', image: 'x' }],
  ['an init container', 'initContainers', { name: 'own', image: 'x' }],
] as const;

/** The same fields in each place that has containers, with the path from the container down. */
function inContainers(name: string, standard: Standard, [path, fields]: readonly [string, object]): SecurityCase[] {
  return CONTAINERS.map(([where, list, container]) => ({
    name: `${name} in ${where}`,
    standard,
    podSpec: { [list]: [{ ...container, ...fields }] },
    fields: [`podSpec.${list}[${container.name}].${path}`],
  }));
}

function everywhere(name: string, standard: Standard, [field, value]: readonly [string, object]): SecurityCase[] {
  const path = `securityContext.${field}`;
  return [
    { name: `${name} in the pod`, standard, podSpec: { securityContext: value }, fields: [`podSpec.${path}`] },
    ...inContainers(name, standard, [path, { securityContext: value }]),
  ];
}

function inPod(name: string, standard: Standard, [path, podSpec]: readonly [string, object]): SecurityCase {
  return { name, standard, podSpec, fields: [`podSpec.${path}`] };
}

const escalating = (fields: object) => ({ securityContext: { allowPrivilegeEscalation: true, ...fields } });
const CAPABILITIES = ['SYS_ADMIN', 'NET_RAW', 'NET_ADMIN', 'SYS_PTRACE', 'ALL', 'CAP_CHOWN'];
const OTHER_VOLUMES: readonly (readonly [string, object])[] = [
  ['awsElasticBlockStore', { volumeID: 'v' }],
  ['azureDisk', { diskName: 'd', diskURI: 'https://x.blob.core.windows.net/a/b.vhd' }],
  ['azureFile', { secretName: 's', shareName: 's' }],
  ['cephfs', { monitors: ['m'] }],
  ['cinder', { volumeID: 'v' }],
  ['fc', { targetWWNs: ['w'], lun: 1 }],
  ['flexVolume', { driver: 'example.com/x' }],
  ['flocker', { datasetName: 'd' }],
  ['gcePersistentDisk', { pdName: 'p' }],
  ['gitRepo', { repository: 'r' }],
  ['glusterfs', { endpoints: 'e', path: 'p' }],
  ['iscsi', { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:x', lun: 0 }],
  ['nfs', { server: 's', path: '/' }],
  ['photonPersistentDisk', { pdID: 'p' }],
  ['portworxVolume', { volumeID: 'v' }],
  ['quobyte', { registry: 'a:1', volume: 'v' }],
  ['rbd', { monitors: ['m'], image: 'i' }],
  ['scaleIO', { gateway: 'g', system: 's', secretRef: { name: 's' }, volumeName: 'v' }],
  ['storageos', { volumeName: 'v' }],
  ['vsphereVolume', { volumePath: 'v' }],
];
const HANDLERS = ['httpGet', 'tcpSocket'];

/** Every field that the two standards restrict, in every place that a pod has it. */
export const forbiddenCases: readonly SecurityCase[] = deepFreeze([
  inPod('hostPID', 'baseline', ['hostPID', { hostPID: true }]),
  inPod('hostIPC', 'baseline', ['hostIPC', { hostIPC: true }]),
  inPod('hostNetwork', 'baseline', ['hostNetwork', { hostNetwork: true }]),
  inPod('hostPath', 'baseline', ['volumes[root]', { volumes: [{ name: 'root', hostPath: { path: '/' } }] }]),
  ...['kernel.msgmax', 'net.core.somaxconn', 'net.ipv4.tcp_max_syn_backlog'].map((name) =>
    inPod(`the sysctl ${name}`, 'baseline', [
      `securityContext.sysctls[${name}]`,
      { securityContext: { sysctls: [{ name, value: '1' }] } },
    ]),
  ),
  ...everywhere('a Windows host process', 'baseline', [
    'windowsOptions.hostProcess',
    { windowsOptions: { hostProcess: true } },
  ]).map((each) => ({ ...each, isInvalid: true })),
  ...everywhere('an SELinux type', 'baseline', ['seLinuxOptions.type', { seLinuxOptions: { type: 'spc_t' } }]),
  ...everywhere('an SELinux user', 'baseline', ['seLinuxOptions.user', { seLinuxOptions: { user: 'system_u' } }]),
  ...everywhere('an SELinux role', 'baseline', ['seLinuxOptions.role', { seLinuxOptions: { role: 'system_r' } }]),
  ...everywhere('no seccomp', 'baseline', ['seccompProfile', { seccompProfile: { type: 'Unconfined' } }]),
  ...everywhere('no AppArmor', 'baseline', ['appArmorProfile', { appArmorProfile: { type: 'Unconfined' } }]),
  ...inContainers('privileged', 'baseline', ['securityContext.privileged', escalating({ privileged: true })]),
  ...CAPABILITIES.flatMap((capability) =>
    inContainers(`the capability ${capability}`, 'baseline', [
      'securityContext.capabilities.add[0]',
      escalating({ capabilities: { add: [capability] } }),
    ]),
  ),
  ...inContainers('an unmasked /proc', 'baseline', [
    'securityContext.procMount',
    { securityContext: { procMount: 'Unmasked' } },
  ]).map((each) => ({ ...each, isInvalid: true })),
  ...inContainers('a port of the node', 'baseline', [
    'ports[0].hostPort',
    { ports: [{ containerPort: 9000, protocol: 'TCP', hostPort: 9000 }] },
  ]),
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
    HANDLERS.flatMap((handler) =>
      inContainers(`another host for ${handler} of ${probe}`, 'baseline', [
        `${probe}.${handler}.host`,
        { restartPolicy: 'Always', [probe]: { [handler]: { host: '10.0.0.1', port: 80 } } },
      ]).map(onlySidecarsRestart),
    ),
  ),
  ...['postStart', 'preStop'].flatMap((hook) =>
    HANDLERS.flatMap((handler) =>
      inContainers(`another host for ${handler} of ${hook}`, 'baseline', [
        `lifecycle.${hook}.${handler}.host`,
        { restartPolicy: 'Always', lifecycle: { [hook]: { [handler]: { host: '10.0.0.1', port: 80 } } } },
      ]).map(onlySidecarsRestart),
    ),
  ),
  ...OTHER_VOLUMES.map(([source, value]) =>
    inPod(`a volume of ${source}`, 'restricted', ['volumes[v]', { volumes: [{ name: 'v', [source]: value }] }]),
  ),
  ...inContainers('privilege escalation', 'restricted', ['securityContext.allowPrivilegeEscalation', escalating({})]),
  ...everywhere('root allowed', 'restricted', ['runAsNonRoot', { runAsNonRoot: false }]),
  ...everywhere('root', 'restricted', ['runAsUser', { runAsUser: 0 }]),
  ...inContainers('a capability of baseline', 'restricted', [
    'securityContext.capabilities.add[0]',
    { securityContext: { capabilities: { add: ['CHOWN'] } } },
  ]),
  ...inContainers('capabilities that are not dropped', 'restricted', [
    'securityContext.capabilities.drop',
    { securityContext: { capabilities: { drop: ['NET_RAW'] } } },
  ]),
]);

/** Only an init container may say that it restarts, and only one that does so may have probes. */
function onlySidecarsRestart({ podSpec, ...rest }: SecurityCase): SecurityCase {
  if (!('containers' in podSpec)) {
    return { ...rest, podSpec };
  }
  const [container] = podSpec.containers as readonly [{ readonly restartPolicy?: string }];
  const { restartPolicy: _policy, ...others } = container;
  return { ...rest, podSpec: { containers: [others] } };
}

type PermittedCase = Pick<SecurityCase, 'name' | 'standard' | 'podSpec'>;
const inAgent = (fields: object) => ({ containers: [{ name: 'agent', ...fields }] });
const permitted = (name: string, standard: Standard, podSpec: object): PermittedCase => ({ name, standard, podSpec });
const OF_BASELINE =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT';
const OF_IPV4 =
  'ip_local_reserved_ports ip_unprivileged_port_start tcp_fin_timeout tcp_keepalive_intvl tcp_keepalive_probes ' +
  'tcp_keepalive_time tcp_rmem tcp_syncookies tcp_wmem ip_local_port_range ping_group_range';

/** What a standard permits, at its edge. */
export const permittedCases: readonly PermittedCase[] = deepFreeze([
  permitted('what is false anyway', 'restricted', { hostPID: false, hostIPC: false, hostNetwork: false }),
  ...OF_BASELINE.split(' ').map((name) =>
    permitted(`the capability ${name}`, 'baseline', inAgent({ securityContext: { capabilities: { add: [name] } } })),
  ),
  ...['kernel.shm_rmid_forced', ...OF_IPV4.split(' ').map((name) => `net.ipv4.${name}`)].map((name) =>
    permitted(`the sysctl ${name}`, 'restricted', {
      securityContext: { sysctls: [{ name, value: name.endsWith('range') ? '1 2' : '1' }] },
    }),
  ),
  ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].map((type) =>
    permitted(`the SELinux type ${type}`, 'restricted', { securityContext: { seLinuxOptions: { type, level: 's0' } } }),
  ),
  ...['seccompProfile', 'appArmorProfile'].flatMap((profile) =>
    [{ type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'x' }].map((value) =>
      permitted(`${profile} ${value.type}`, 'restricted', inAgent({ securityContext: { [profile]: value } })),
    ),
  ),
  permitted('the default /proc', 'restricted', inAgent({ securityContext: { procMount: 'Default' } })),
  permitted('a volume of each type', 'restricted', {
    volumes: [
      { name: 'a', configMap: { name: 'c' } },
      { name: 'b', csi: { driver: 'example.com' } },
      { name: 'c', downwardAPI: { items: [{ path: 'x', fieldRef: { fieldPath: 'metadata.name' } }] } },
      { name: 'd', emptyDir: {} },
      { name: 'e', persistentVolumeClaim: { claimName: 'p' } },
      { name: 'f', projected: { sources: [{ configMap: { name: 'c' } }] } },
      { name: 'g', image: { reference: 'x' } },
      { name: 'h', secret: { secretName: 's' } },
      { name: 'i' },
    ],
  }),
  ...OTHER_VOLUMES.map(([source, value]) =>
    permitted(`a volume of ${source}`, 'baseline', { volumes: [{ name: 'v', [source]: value }] }),
  ),
  permitted('another user', 'restricted', { securityContext: { runAsUser: 1 } }),
  permitted('root', 'baseline', { securityContext: { runAsUser: 0, runAsNonRoot: false } }),
  permitted('a low port', 'restricted', inAgent({ securityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } } })),
]);
