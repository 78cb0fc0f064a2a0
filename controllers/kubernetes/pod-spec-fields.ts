/** What a merge must know of a field. What is not said here, the generated value shows. */
export interface Field {
  readonly type: 'object' | 'list';
  /** The fields of an object. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** Whether a field of an object is one of several of which it may have one. */
  readonly isKind?: (field: string) => boolean;
  /** Fields that an object cannot be without. */
  readonly required?: readonly string[];
  /** How the items of a list are told apart and merged; a list without is replaced as a whole. */
  readonly items?: Items;
}

export interface Items {
  readonly mergeKeys: readonly string[];
  /** Merge keys that may be left out, and what they are then. */
  readonly keyDefaults?: Readonly<Record<string, string>>;
  readonly item: Field;
}

const anyObject: Field = { type: 'object' };
const anyList: Field = { type: 'list' };

const any = () => true;
const allButName = (field: string) => field !== 'name';
const isProbeHandler = (field: string) => ['exec', 'grpc', 'httpGet', 'tcpSocket'].includes(field);

function object(fields: Readonly<Record<string, Field>>): Field {
  return { type: 'object', fields };
}

function list(mergeKeys: readonly string[], item: Field = anyObject): Field {
  return { type: 'list', items: { mergeKeys, item } };
}

const probe: Field = {
  type: 'object',
  fields: { exec: object({ command: anyList }), grpc: anyObject, httpGet: anyObject, tcpSocket: anyObject },
  isKind: isProbeHandler,
};

const lifecycleHandler: Field = {
  type: 'object',
  fields: { exec: object({ command: anyList }), httpGet: anyObject, sleep: anyObject, tcpSocket: anyObject },
  isKind: any,
};

const resources = object({ claims: anyList, limits: anyObject, requests: anyObject });

const profiles = {
  appArmorProfile: anyObject,
  seLinuxOptions: anyObject,
  seccompProfile: anyObject,
  windowsOptions: anyObject,
};

const variable: Field = { type: 'object', fields: { valueFrom: { type: 'object', isKind: any } }, isKind: allButName };

// By the number alone, which is Kubernetes's key for patches, a port's TCP and UDP would become one. These are its keys
// for server-side apply.
const ports: Field = {
  type: 'list',
  items: { mergeKeys: ['containerPort', 'protocol'], keyDefaults: { protocol: 'TCP' }, item: anyObject },
};

const containerFields = {
  args: anyList,
  command: anyList,
  env: list(['name'], variable),
  envFrom: anyList,
  lifecycle: object({ postStart: lifecycleHandler, preStop: lifecycleHandler }),
  livenessProbe: probe,
  ports,
  readinessProbe: probe,
  resizePolicy: anyList,
  resources,
  restartPolicyRules: anyList,
  securityContext: object({ capabilities: object({ add: anyList, drop: anyList }), ...profiles }),
  startupProbe: probe,
  volumeDevices: list(['devicePath']),
  volumeMounts: list(['mountPath']),
};

const containers = list(['name'], { type: 'object', fields: containerFields, required: ['image'] });

const sourceByName = list(['name'], { type: 'object', isKind: allButName });

/**
 * core/v1 PodSpec as far as the way of merging depends on it: `x-kubernetes-patch-merge-key` of
 * https://github.com/kubernetes/kubernetes/blob/master/api/openapi-spec/swagger.json
 */
export const podSpecField: Field = {
  type: 'object',
  fields: {
    affinity: object({ nodeAffinity: anyObject, podAffinity: anyObject, podAntiAffinity: anyObject }),
    containers,
    dnsConfig: object({ nameservers: anyList, options: anyList, searches: anyList }),
    ephemeralContainers: containers,
    hostAliases: list(['ip'], object({ hostnames: anyList })),
    imagePullSecrets: list(['name']),
    initContainers: containers,
    nodeSelector: anyObject,
    os: anyObject,
    overhead: anyObject,
    readinessGates: anyList,
    resourceClaims: sourceByName,
    resources,
    schedulingGates: list(['name']),
    securityContext: object({ supplementalGroups: anyList, sysctls: anyList, ...profiles }),
    tolerations: anyList,
    // As with ports: a pod may be spread over the same nodes by two rules, a soft one and a hard one.
    topologySpreadConstraints: list(['topologyKey', 'whenUnsatisfiable']),
    volumes: sourceByName,
  },
  required: ['containers'],
};
