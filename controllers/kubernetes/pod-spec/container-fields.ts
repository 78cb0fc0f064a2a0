import {
  anyList,
  anyObject,
  anyText,
  boolean,
  type Field,
  flag,
  integer,
  integerOrText,
  list,
  object,
  quantity,
  text,
  texts,
} from './field.ts';
import {
  needsOneOf,
  only,
  whyAboveLimits,
  whyNameTwice,
  whyNegative,
  whyNoDataKey,
  whyNoName,
  whyNoObjectName,
  whyNoPort,
  whyNoPortName,
  whyNoResourceAmount,
  whyNoResourceNames,
  whyNoVariableName,
  whyUnprivileged,
} from './field-rules.ts';
import { whyNoContainerResource, whyNoDivisor, whyNoFieldPath, whyNoPrefix } from './variable-rules.ts';

const any = () => true;
const PROBE_HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const LIFECYCLE_HANDLERS = ['exec', 'httpGet', 'sleep', 'tcpSocket'];
const VARIABLE_SOURCES = ['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'];
const SOURCES_OF_ALL_KEYS = ['configMapRef', 'secretRef'];

const amount: Field = { ...integer(whyNegative), omitsZero: true };
const port = { ...integer(whyNoPort), omitsZero: true } as const;

const exec = object({ command: texts });
const httpGet = object(
  { host: text(), httpHeaders: anyList, path: text(), port: integerOrText, scheme: text() },
  { required: ['port'] },
);
const tcpSocket = object({ host: text(), port: integerOrText }, { required: ['port'] });

const probe = object(
  {
    exec,
    failureThreshold: amount,
    grpc: object({ port, service: anyText }, { required: ['port'] }),
    httpGet,
    initialDelaySeconds: amount,
    periodSeconds: amount,
    successThreshold: amount,
    tcpSocket,
    terminationGracePeriodSeconds: integer(whyNegative),
    timeoutSeconds: amount,
  },
  { isAlternative: (name) => PROBE_HANDLERS.includes(name), whyRefused: needsOneOf(PROBE_HANDLERS) },
);

const lifecycleHandler = object(
  { exec, httpGet, sleep: object({ seconds: integer(whyNegative) }, { required: ['seconds'] }), tcpSocket },
  { isAlternative: any, whyRefused: needsOneOf(LIFECYCLE_HANDLERS) },
);

const resourceAmounts: Field = {
  type: 'object',
  values: { ...quantity, whyRefused: whyNoResourceAmount },
  whyRefused: whyNoResourceNames,
};

export const resourceRequirements = object(
  { claims: { type: 'list', item: anyObject }, limits: resourceAmounts, requests: resourceAmounts },
  { whyRefused: whyAboveLimits },
);

export const profiles = {
  appArmorProfile: anyObject,
  runAsGroup: integer(),
  runAsNonRoot: boolean,
  runAsUser: integer(),
  seLinuxOptions: anyObject,
  seccompProfile: anyObject,
  windowsOptions: anyObject,
};

/** A reference to a key of a ConfigMap or a Secret. */
export const keySelector = object(
  { key: text(whyNoDataKey), name: text(whyNoObjectName), optional: boolean },
  { required: ['name', 'key'] },
);

const variableSource = object(
  {
    configMapKeyRef: keySelector,
    fieldRef: object({ apiVersion: text(only('v1')), fieldPath: text(whyNoFieldPath) }, { required: ['fieldPath'] }),
    fileKeyRef: object(
      { key: text(), optional: boolean, path: text(), volumeName: text() },
      { required: ['key', 'path', 'volumeName'] },
    ),
    resourceFieldRef: object(
      { containerName: text(), divisor: quantity, resource: text(whyNoContainerResource) },
      { required: ['resource'], whyRefused: whyNoDivisor },
    ),
    secretKeyRef: keySelector,
  },
  { isAlternative: any, whyRefused: needsOneOf(VARIABLE_SOURCES) },
);

export const envVar = object(
  { name: text(whyNoVariableName), value: text(), valueFrom: variableSource },
  { isAlternative: (name) => name !== 'name', required: ['name'] },
);

/** A reference to all keys of a ConfigMap or a Secret. */
const allKeys = object({ name: text(whyNoObjectName), optional: boolean }, { required: ['name'] });

export const envFromSource = object(
  { configMapRef: allKeys, prefix: text(whyNoPrefix), secretRef: allKeys },
  { isAlternative: (name) => name !== 'prefix', whyRefused: needsOneOf(SOURCES_OF_ALL_KEYS) },
);

const envFrom: Field = { type: 'list', item: envFromSource };

// The keys of server-side apply. Strategic merge patches use only the number, so they merge TCP and UDP ports.
const ports: Field = {
  type: 'list',
  items: {
    mergeKeys: ['containerPort', 'protocol'],
    keyDefaults: { protocol: 'TCP' },
    item: object(
      {
        containerPort: port,
        hostIP: text(),
        hostPort: { ...port, whyRefused: (number) => (number === 0 ? undefined : whyNoPort(Number(number))) },
        name: text(whyNoPortName),
        protocol: text(),
      },
      { required: ['containerPort'] },
    ),
  },
  whyRefused: whyNameTwice,
};

const volumeMount = object(
  {
    mountPath: text(),
    mountPropagation: anyText,
    name: text(),
    readOnly: flag,
    recursiveReadOnly: anyText,
    subPath: text(),
    subPathExpr: text(),
  },
  { required: ['name'] },
);

const securityContext = object(
  {
    ...profiles,
    allowPrivilegeEscalation: boolean,
    capabilities: object({ add: texts, drop: texts }),
    privileged: boolean,
    procMount: anyText,
    readOnlyRootFilesystem: boolean,
  },
  { whyRefused: whyUnprivileged },
);

const containerFields = {
  args: texts,
  command: texts,
  env: list(['name'], envVar),
  envFrom,
  image: text(),
  imagePullPolicy: text(),
  lifecycle: object({ postStart: lifecycleHandler, preStop: lifecycleHandler, stopSignal: anyText }),
  livenessProbe: probe,
  name: text(whyNoName),
  ports,
  readinessProbe: probe,
  resizePolicy: anyList,
  resources: resourceRequirements,
  restartPolicy: anyText,
  restartPolicyRules: anyList,
  securityContext,
  startupProbe: probe,
  stdin: flag,
  stdinOnce: flag,
  terminationMessagePath: text(),
  terminationMessagePolicy: text(),
  tty: flag,
  volumeDevices: list(['devicePath'], object({ devicePath: text(), name: text() }, { required: ['name'] })),
  volumeMounts: list(['mountPath'], volumeMount),
  workingDir: text(),
};

/** A list of core/v1 Containers. */
export const containers = list(['name'], object(containerFields, { required: ['name', 'image'] }));
