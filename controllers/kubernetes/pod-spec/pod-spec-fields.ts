import { containers, profiles, resourceRequirements } from './container-fields.ts';
import {
  anyList,
  anyObject,
  anyText,
  boolean,
  type Field,
  type Fields,
  flag,
  integer,
  list,
  object,
  quantity,
  text,
  texts,
} from './field.ts';
import { forbidden, only, whyNoAccountName, whyNoName } from './field-rules.ts';

const allButName = (field: string) => field !== 'name';

const VOLUME_SOURCES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'configMap',
  'csi',
  'downwardAPI',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'hostPath',
  'image',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'projected',
  'quobyte',
  'rbd',
  'scaleIO',
  'secret',
  'storageos',
  'vsphereVolume',
];

const volumeSources: Fields = {
  ...Object.fromEntries(VOLUME_SOURCES.map((name) => [name, anyObject])),
  emptyDir: object({ medium: text(), sizeLimit: quantity }),
  persistentVolumeClaim: object({ claimName: text(), readOnly: flag }, { required: ['claimName'] }),
};

function named(sources: Fields): Field {
  return list(
    ['name'],
    object({ name: text(whyNoName), ...sources }, { required: ['name'], isAlternative: allButName }),
  );
}

const tolerations: Field = {
  type: 'list',
  item: object({ effect: text(), key: text(), operator: text(), tolerationSeconds: integer(), value: text() }),
};

// The keys of server-side apply, as for ports: two constraints can have the same topology key, one soft and one hard.
const topologySpreadConstraints = list(
  ['topologyKey', 'whenUnsatisfiable'],
  object({
    labelSelector: anyObject,
    matchLabelKeys: texts,
    maxSkew: integer(),
    minDomains: integer(),
    nodeAffinityPolicy: anyText,
    nodeTaintsPolicy: anyText,
    topologyKey: text(),
    whenUnsatisfiable: text(),
  }),
);

/** The version of Kubernetes that the fields are from. */
export const KUBERNETES_VERSION = '1.36';

/**
 * core/v1 PodSpec: all its fields, with merge keys (`x-kubernetes-patch-merge-key` in
 * https://github.com/kubernetes/kubernetes/blob/master/api/openapi-spec/swagger.json), the types of the most common fields,
 * and the simpler rules of the API server's validation for pods of a Deployment.
 */
export const podSpecField = object(
  {
    activeDeadlineSeconds: integer(forbidden),
    affinity: object({ nodeAffinity: anyObject, podAffinity: anyObject, podAntiAffinity: anyObject }),
    automountServiceAccountToken: boolean,
    containers,
    dnsConfig: object({ nameservers: texts, options: anyList, searches: texts }),
    dnsPolicy: text(),
    enableServiceLinks: boolean,
    ephemeralContainers: { type: 'list', whyRefused: forbidden },
    hostAliases: list(['ip'], object({ hostnames: texts, ip: text() })),
    hostIPC: flag,
    hostNetwork: flag,
    hostPID: flag,
    hostUsers: boolean,
    hostname: text(),
    hostnameOverride: anyText,
    imagePullSecrets: list(['name'], object({ name: text() })),
    initContainers: containers,
    nodeName: text(),
    nodeSelector: { type: 'object', values: anyText },
    os: object({ name: text() }),
    overhead: { type: 'object', values: quantity },
    preemptionPolicy: anyText,
    priority: integer(),
    priorityClassName: text(),
    readinessGates: { type: 'list', item: object({ conditionType: text() }) },
    resourceClaims: named({ resourceClaimName: anyText, resourceClaimTemplateName: anyText }),
    resources: resourceRequirements,
    restartPolicy: text(only('Always')),
    runtimeClassName: anyText,
    schedulerName: text(),
    schedulingGates: list(['name'], object({ name: text() })),
    schedulingGroup: anyObject,
    securityContext: object({
      ...profiles,
      fsGroup: integer(),
      fsGroupChangePolicy: anyText,
      seLinuxChangePolicy: anyText,
      supplementalGroups: { type: 'list', item: integer() },
      supplementalGroupsPolicy: anyText,
      sysctls: anyList,
    }),
    serviceAccount: text(whyNoAccountName),
    serviceAccountName: text(whyNoAccountName),
    setHostnameAsFQDN: boolean,
    shareProcessNamespace: boolean,
    subdomain: text(),
    terminationGracePeriodSeconds: integer(),
    tolerations,
    topologySpreadConstraints,
    volumes: named(volumeSources),
  },
  { required: ['containers'] },
);
