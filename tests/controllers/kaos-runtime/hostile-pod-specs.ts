import fc from 'fast-check';
import { mostly } from '../../support/mostly.ts';

const one = <Value>(...values: Value[]) => fc.constantFrom(...values);
const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record(fields, { requiredKeys: [], noNullPrototype: true });
/** Sometimes removed, and sometimes anything at all. */
const part = (right: fc.Arbitrary<unknown>) => mostly(fc.option(right, { freq: 9 }), fc.jsonValue({ maxDepth: 2 }), 19);
const several = (item: fc.Arbitrary<unknown>) => part(fc.array(item, { maxLength: 3 }));

const NAMES = ['agent', 'own', 'x', 'default', 'reader', 'secrets', 'system-node-critical', 'http', 'data'];
const name = one(...NAMES);
const flag = part(fc.boolean());
const profile = part(some({ type: one('Unconfined', 'RuntimeDefault', 'Localhost', ''), localhostProfile: one('p') }));
const capability = one('SYS_ADMIN', 'ALL', 'CHOWN', 'NET_BIND_SERVICE', 'NET_RAW', '');
const common = {
  appArmorProfile: profile,
  runAsNonRoot: flag,
  runAsUser: part(one(0, 1, 65_532)),
  seLinuxOptions: part(some({ type: one('', 'container_t', 'spc_t'), user: one('', 'u'), role: one('', 'r') })),
  seccompProfile: profile,
  windowsOptions: part(some({ hostProcess: fc.boolean() })),
};
const call = some({ host: one('', '10.0.0.1'), port: one(80) });
const handler = part(fc.oneof(some({ httpGet: call }), some({ tcpSocket: call })));
const secretKeyRef = some({ name, key: one('k') });
const variable = some({ name: one('A', 'B', 'MODEL_NAME'), valueFrom: some({ secretKeyRef }) });
const container = some({
  name,
  image: one('x'),
  env: several(variable),
  envFrom: several(some({ secretRef: some({ name }) })),
  lifecycle: part(some({ postStart: handler, preStop: handler })),
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  ports: several(some({ name, containerPort: one(80, 8000), hostPort: one(0, 80, 8000), protocol: one('TCP') })),
  securityContext: part(
    some({
      ...common,
      allowPrivilegeEscalation: flag,
      capabilities: part(some({ add: several(capability), drop: several(capability) })),
      privileged: flag,
      procMount: part(one('Default', 'Unmasked')),
    }),
  ),
  volumeMounts: several(some({ name, mountPath: one('/a', '/b') })),
});
const volume = fc.oneof(
  some({ name, hostPath: some({ path: one('/') }) }),
  some({ name, nfs: some({ server: one('s'), path: one('/') }) }),
  some({ name, emptyDir: fc.constant({}) }),
  some({ name, secret: some({ secretName: name }) }),
  some({ name, projected: some({ sources: several(some({ secret: some({ name }) })) }) }),
  some({ name, csi: some({ driver: one('d'), nodePublishSecretRef: some({ name }) }) }),
  some({ name, azureFile: some({ secretName: name, shareName: one('s') }) }),
);
const sysctl = some({ name: one('kernel.msgmax', 'net.ipv4.tcp_syncookies'), value: one('1') });

/** PodSpecs of users who want more than they may have. */
export const hostilePodSpec = some({
  containers: several(container),
  initContainers: several(container),
  ephemeralContainers: several(container),
  automountServiceAccountToken: flag,
  hostIPC: flag,
  hostNetwork: flag,
  hostPID: flag,
  imagePullSecrets: several(some({ name })),
  os: part(some({ name: one('linux', 'windows') })),
  priorityClassName: part(name),
  securityContext: part(some({ ...common, sysctls: several(sysctl) })),
  serviceAccount: part(name),
  serviceAccountName: part(name),
  volumes: several(volume),
});
