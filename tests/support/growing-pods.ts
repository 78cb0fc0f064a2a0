import { fromConfigMap, items, map, nested, type Parts, renamed } from './growing.ts';

/** What grows of a container and of a pod. */
export const VARIABLES: Parts = {
  'env by name': (count) => items(count, (index) => ({ name: `V${index}`, value: 'v' })),
  'env of one name': (count) => items(count, () => ({ name: 'V', value: 'v' })),
  'env of many ConfigMaps': (count) => items(count, (index) => fromConfigMap(`c${index}`, 'k')),
  'env of one ConfigMap': (count) => items(count, (index) => fromConfigMap('c', `k${index}`)),
  'env that is refused': (count) => items(count, () => ({ name: '=' })),
  'env that is empty': (count) => items(count, () => ({})),
  'env of numbers': (count) => items(count, () => 1),
  'env with unknown fields': (count) => [map(count, 1)],
};

export const CONTAINER: Parts = {
  command: (count) => ({ command: items(count, String) }),
  args: (count) => ({ args: items(count, String) }),
  resources: (count) => ({ resources: map(count, 1) }),
  'resources.limits': (count) => ({ resources: { limits: map(count, '1', (index) => `a/${index}`) } }),
  'resources.limits, refused': (count) => ({ resources: { limits: map(count, '1') } }),
  'resources.claims': (count) => ({ resources: { claims: items(count, (index) => ({ name: `${index}` })) } }),
  image: (count) => ({ image: 'i'.repeat(count) }),
  ...renamed(VARIABLES, String, (env) => ({ env })),
};

const named =
  (prefix: string, more: object = {}) =>
  (index: number) => ({ name: `${prefix}${index}`, ...more });

/** What may be in a container of a PodSpec. */
const POD_CONTAINER: Parts = {
  ...CONTAINER,
  'requests above limits': (count) => {
    const names = (index: number) => `a/${index}`;
    return { resources: { limits: map(count, 1, names), requests: map(count, 2, names) } };
  },
  'a quantity of many digits': (count) => ({ resources: { limits: { cpu: '1'.repeat(count) } } }),
  'volumeMounts of no volume': (count) => ({
    volumeMounts: items(count, (index) => ({ name: 'none', mountPath: `/${index}` })),
  }),
  'volumeDevices of no volume': (count) => ({
    volumeDevices: items(count, (index) => ({ name: 'none', devicePath: `/${index}` })),
  }),
  'ports by name': (count) => ({
    ports: items(count, (index) => ({ name: `p${index}`, containerPort: 80, protocol: `${index}` })),
  }),
  'ports of one number': (count) => ({ ports: items(count, () => ({ containerPort: 80 })) }),
  'a long field path': (count) => ({
    env: [{ name: 'V', valueFrom: { fieldRef: { fieldPath: `metadata.labels['${"']".repeat(count)}` } } }],
  }),
};

const volume = (csi: unknown) => ({ volumes: [{ name: 'v', csi }] });

export const POD_SPEC: Parts = {
  ...renamed(
    POD_CONTAINER,
    (part) => `containers[0].${part}`,
    (part) => ({
      containers: [{ name: 'more', image: 'i', ...part }],
    }),
  ),
  volumes: (count) => ({ volumes: items(count, named('v', { emptyDir: {} })) }),
  'volumes of one name': (count) => ({ volumes: items(count, () => ({ name: 'v', emptyDir: {} })) }),
  'volumes without a name': (count) => ({ volumes: items(count, () => ({})) }),
  'volumes[0] of keys': (count) => volume({ driver: 'd', volumeAttributes: map(count, 'v') }),
  'volumes[0] of numbers': (count) => volume({ a: items(count, () => 1) }),
  'volumes[0] of empty lists': (count) => volume({ a: items(count, () => []) }),
  'volumes[0] of empty objects': (count) => volume({ a: items(count, () => ({})) }),
  'volumes[0] of numbers, 80 levels deep': (count) =>
    volume(
      nested(
        80,
        items(count, () => 1),
      ),
    ),
  'volumes[0] of numbers, 500 levels deep': (count) =>
    volume(
      nested(
        500,
        items(count, () => 1),
      ),
    ),
  'volumes[0] of branches': (count) => volume({ a: items(count / 80, () => nested(80, 1)) }),
  containers: (count) => ({ containers: items(count, named('c', { image: 'i' })) }),
  'containers without an image': (count) => ({ containers: items(count, named('c')) }),
  initContainers: (count) => ({ initContainers: items(count, named('c', { image: 'i' })) }),
  'containers like initContainers': (count) => ({
    containers: items(count / 2, named('c', { image: 'i' })),
    initContainers: items(count / 2, named('c', { image: 'i' })),
  }),
  'volumeMounts of many volumes': (count) => ({
    volumes: items(count / 2, named('v', { emptyDir: {} })),
    containers: [
      {
        name: 'more',
        image: 'i',
        volumeMounts: items(count / 2, (index) => ({ name: `v${index}`, mountPath: `/${index}` })),
      },
    ],
  }),
  'claims of many resourceClaims': (count) => ({
    resourceClaims: items(count / 2, named('r', { resourceClaimName: 'r' })),
    containers: [{ name: 'more', image: 'i', resources: { claims: items(count / 2, named('r')) } }],
  }),
  'an overhead of many digits': (count) => ({ overhead: { cpu: `0.${'1'.repeat(count)}` } }),
  nodeSelector: (count) => ({ nodeSelector: map(count, 'v') }),
  'nodeSelector of numbers': (count) => ({ nodeSelector: map(count, 1) }),
  tolerations: (count) => ({ tolerations: items(count, (index) => ({ key: `${index}` })) }),
  'tolerations of numbers': (count) => ({ tolerations: items(count, () => 1) }),
  hostAliases: (count) => ({ hostAliases: items(count, (index) => ({ ip: `${index}`, hostnames: ['h'] })) }),
  imagePullSecrets: (count) => ({ imagePullSecrets: items(count, named('s')) }),
  'unknown fields': (count) => map(count, 1),
  'fields of patches': (count) => map(count, 1, (index) => `$${index}`),
  'unknown fields that are null': (count) => map(count, null),
  'a long serviceAccountName': (count) => ({ serviceAccountName: 'a-'.repeat(count) }),
};
