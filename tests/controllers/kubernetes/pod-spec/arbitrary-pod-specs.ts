import fc from 'fast-check';
import type { Field } from '../../../../controllers/kubernetes/pod-spec/field.ts';
import { podSpecField } from '../../../../controllers/kubernetes/pod-spec/pod-spec-fields.ts';
import { mostly } from '../../../support/mostly.ts';

/** Texts for fields of a name: right ones, and wrong ones as people write them. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  accessModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'RWO'],
  action: ['Restart', 'RestartAllContainers', 'restart'],
  add: ['NET_BIND_SERVICE', 'CAP_SYS_ADMIN', ''],
  apiGroup: ['', 'snapshot.storage.k8s.io', 'A_b'],
  apiVersion: ['v1', '', 'v2'],
  claimName: ['models', ''],
  conditionType: ['example.com/ready', 'a b', ''],
  containerName: ['agent', '', 'nobody'],
  devicePath: ['/dev/xvda', '/data', '../dev'],
  dnsPolicy: ['None', 'Default', 'ClusterFirst', 'none', ''],
  driver: ['csi.example.com', 'CSI.example.com', 'a_b', ''],
  effect: ['NoSchedule', 'NoExecute', 'NoScheduled', ''],
  fieldPath: ['metadata.name', 'metadata.labels', "metadata.labels['a']", 'status.podIP', 'spec.nodename', ''],
  fsGroupChangePolicy: ['Always', 'OnRootMismatch', 'Never'],
  hostname: ['lead', 'Lead', 'a.b', ''],
  hostnameOverride: ['lead', 'a.b', 'Lead', 'x'.repeat(65)],
  hostnames: ['one', 'one.example', 'One', ''],
  imagePullPolicy: ['Always', 'IfNotPresent', 'always', ''],
  ip: ['10.0.0.1', '::1', 'fe80::1', '1.2.3', '10.0.0.256', 'localhost', ''],
  iqn: ['iqn.2001-04.com.example:storage', 'eui.0123456789abcdef', 'storage'],
  key: ['gpu', 'example.com/gpu', 'a b', '../x', ''],
  keyType: ['RSA3072', 'rsa'],
  kind: ['PersistentVolumeClaim', 'VolumeSnapshot', ''],
  level: ['s0', ''],
  localhostProfile: ['profiles/a.json', '/a', '../a', ' a', ''],
  mountPath: ['/data', '/cfg', 'data', ''],
  mountPropagation: ['None', 'Bidirectional', 'HostToContainer', 'none'],
  nameservers: ['10.0.0.1', '::1', '2001:db8::1', '10.0.0.256', 'dns', ''],
  nodeAffinityPolicy: ['Honor', 'Ignore', 'honor'],
  nodeTaintsPolicy: ['Honor', 'ignore'],
  operator: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt', 'Equal', 'exists', ''],
  path: ['a', 'a/b', '/a', '../a', 'a/../b', '..a', '/data/../etc', ''],
  preemptionPolicy: ['Never', 'PreemptLowerPriority', 'never'],
  procMount: ['Default', 'Unmasked', 'default'],
  protocol: ['TCP', 'UDP', 'SCTP', 'tcp', ''],
  pullPolicy: ['Always', 'always', ''],
  recursiveReadOnly: ['Disabled', 'Enabled', 'IfPossible', 'true'],
  resource: ['limits.cpu', 'requests.memory', 'cpu', ''],
  resourceName: ['cpu', 'memory', 'gpu', ''],
  restartPolicy: ['Always', 'Never', 'OnFailure', 'always', 'RestartContainer', 'NotRequired', ''],
  scheme: ['HTTP', 'HTTPS', 'http', ''],
  searches: ['svc.cluster.local', '_tcp.example', '.', 'a..b', ''],
  seLinuxChangePolicy: ['Recursive', 'MountOption', 'None'],
  signerName: ['example.com/agents', 'agents', ''],
  stopSignal: ['SIGTERM', 'SIGRTMIN+3', 'TERM'],
  supplementalGroupsPolicy: ['Merge', 'Strict', 'merge'],
  terminationMessagePolicy: ['File', 'FallbackToLogsOnError', 'file', ''],
  topologyKey: ['kubernetes.io/hostname', 'zone', 'a b', ''],
  volumeMode: ['Block', 'Filesystem', 'block'],
  whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway', 'Never', ''],
};

const TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined', 'Directory', 'File', 'runtimeDefault', ''];
const NAMES = ['a', 'agent', 'data', 'cfg', 'linux', 'windows', 'net.core.somaxconn', 'X-Header', 'Bad Name', ''];
const SHORT = ['a', 'data', 'example.com/a', 'A b', '../x', ''];
const NUMBERS = [1, 1, 2, 5, 60, 420, 644, 8000, 0, -1, 65_536, 3600];
const QUANTITIES = ['1', '2', '1', '500m', '64Mi', '3Mi', '1Gi', '0', '-1', '0.5', 'lots'];
const RESOURCES = [
  'cpu',
  'memory',
  'storage',
  'nvidia.com/gpu',
  'hugepages-2Mi',
  'ephemeral-storage',
  'gpu',
  'requests.x/y',
];
const KEYS = ['a', 'example.com/a', 'gpu type', '-a', ''];
const MOST_FIELDS = 4;

/** Fields that an API server without their feature gate drops before it looks at them. */
const GATED = ['podCertificate', 'schedulingGroup', 'stopSignal'];

const one = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

function textFor(name: string): fc.Arbitrary<string> {
  const own = name === 'type' ? TYPES : name === 'name' || name.endsWith('Name') ? NAMES : SHORT;
  return one(TEXTS[name] ?? own);
}

function valueFor(field: Field, name: string): fc.Arbitrary<unknown> {
  const right = rightFor(field, name);
  return mostly(right, fc.constantFrom<unknown>('x', 7, true, {}, [], [1], ['x']), 39);
}

function rightFor(field: Field, name: string): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'text':
      return textFor(name);
    case 'integer':
      return one(NUMBERS);
    case 'boolean':
      return fc.boolean();
    case 'quantity':
      return one(QUANTITIES);
    case 'integer or text':
      return fc.oneof(one(NUMBERS), one(['http', '80', 'A', '']));
    case 'list':
      return listFor(field, name);
    default:
      return objectFor(field);
  }
}

function listFor(field: Field, name: string): fc.Arbitrary<unknown> {
  const item = field.items?.item ?? field.item;
  const keys = field.items?.mergeKeys ?? [];
  return item === undefined
    ? fc.constant([])
    : fc.array(item.fields ? objectOf(item.fields, [...keys, ...(item.required ?? [])]) : valueFor(item, name), {
        maxLength: 2,
      });
}

function objectFor(field: Field): fc.Arbitrary<unknown> {
  if (field.values !== undefined) {
    const key = field.values.type === 'quantity' ? one(RESOURCES) : one(KEYS);
    return fc.dictionary(key, valueFor(field.values, ''), { maxKeys: 2, noNullPrototype: true });
  }
  return field.fields ? objectOf(field.fields, field.required ?? []) : fc.constant({});
}

/** An object with a few of the fields, and mostly with those that it needs. */
function objectOf(fields: Readonly<Record<string, Field>>, needed: readonly string[]): fc.Arbitrary<unknown> {
  const others = Object.keys(fields).filter((name) => !needed.includes(name));
  const chosen = others.length === 0 ? fc.constant([]) : fc.uniqueArray(one(others), { maxLength: MOST_FIELDS });
  return fc.tuple(chosen, mostly(fc.constant(needed), fc.subarray([...needed]), 9)).chain(([some, required]) => {
    const names = [...new Set([...some, ...required])].filter((name) => Object.hasOwn(fields, name));
    const values = names.map((name) => [name, valueFor(fields[name] as Field, name)] as const);
    return fc.record(Object.fromEntries(values), { noNullPrototype: true });
  });
}

const fieldOf = (name: string) => podSpecField.fields?.[name] as Field;
const containerField = fieldOf('containers').items?.item.fields ?? {};
const volumeField = fieldOf('volumes').items?.item.fields ?? {};
const without = (fields: Readonly<Record<string, Field>>, ...names: string[]) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const containerFields = objectOf(without(containerField, 'name', 'image'), []) as fc.Arbitrary<object>;
/** A few fields of the container `agent`, which is generated, or of another one. */
const inAgent = containerFields.map((fields) => ({ containers: [{ name: 'agent', ...fields }] }));
const inOther = containerFields.map((fields) => ({ containers: [{ name: 'other', image: 'x', ...fields }] }));
const inInit = containerFields.map((fields) => ({ initContainers: [{ name: 'prepare', image: 'x', ...fields }] }));
const volume = one(Object.keys(without(volumeField, 'name'))).chain((source) =>
  valueFor(volumeField[source] as Field, source).map((value) => ({ volumes: [{ name: 'new', [source]: value }] })),
);
const ofPod = objectOf(without(podSpecField.fields ?? {}, 'containers', 'initContainers', 'volumes'), []);

/** A podSpec with one part: some fields of the pod, of a new container, or of a volume. */
export const podSpecPart = fc.oneof(ofPod, inOther, inInit, volume) as fc.Arbitrary<object>;

/** Whether a podSpec has a field that the API server may drop. */
export function isGated(podSpec: object): boolean {
  return GATED.some((name) => JSON.stringify(podSpec).includes(`"${name}"`));
}

/** A podSpec with several parts. */
export const arbitraryPodSpec = fc
  .tuple(ofPod, inAgent, inInit, volume)
  .map((parts) => Object.assign({}, ...parts) as object);
