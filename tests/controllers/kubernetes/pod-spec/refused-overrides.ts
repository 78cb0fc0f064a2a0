import { inAgent, variables } from './pod-specs.ts';

/** An override with a part that the API server would refuse, and all problems that are reported. */
export interface RefusedOverride {
  readonly name: string;
  readonly override: object;
  readonly problems: readonly (readonly [field: string, message: string])[];
}

const refused = (name: string, override: object, ...problems: RefusedOverride['problems']): RefusedOverride => ({
  name,
  override,
  problems,
});

const AGENT = 'podSpec.containers[0]';
const HANDLERS = 'must have one of exec, grpc, httpGet, tcpSocket';
const NO_RESOURCE =
  'is not a valid resource name; expected cpu, memory, ephemeral-storage, hugepages-<size> or a name such as nvidia.com/gpu';
const notCount = (number: number) => `${number} is not valid; expected a whole number from 0 to 2147483647`;
const inVariable = (valueFrom: object) => variables({ name: 'NEW', valueFrom });

/** Overrides that change nothing. */
export const refusedOverrides: readonly RefusedOverride[] = [
  // Values whose type is not that of the field.
  refused('a number as text', { terminationGracePeriodSeconds: '30' }, [
    'podSpec.terminationGracePeriodSeconds',
    'must be a whole number',
  ]),
  refused(
    'text for a boolean',
    { hostNetwork: 'yes', automountServiceAccountToken: 'true' },
    ['podSpec.automountServiceAccountToken', 'must be true or false'],
    ['podSpec.hostNetwork', 'must be true or false'],
  ),
  refused('a number in a map of strings', { nodeSelector: { a: 1 } }, ['podSpec.nodeSelector.a', 'must be text']),
  refused('a number in a list of strings', inAgent({ args: ['--port', 8000] }), [`${AGENT}.args[1]`, 'must be text']),
  refused('a number for a variable', variables({ name: 'NEW', value: 5 }), [`${AGENT}.env[0].value`, 'must be text']),
  refused('a number for the value of a generated variable', variables({ name: 'LOG_LEVEL', value: 5 }), [
    `${AGENT}.env[0].value`,
    'must be text',
  ]),
  refused('text for the number of a port', inAgent({ ports: [{ containerPort: 'x' }] }), [
    `${AGENT}.ports[0].containerPort`,
    'must be a whole number',
  ]),
  refused('a toleration whose key is a number', { tolerations: [{ key: 5, operator: 'Exists' }] }, [
    'podSpec.tolerations[0].key',
    'must be text',
  ]),
  refused('a fraction as a user ID', { securityContext: { runAsUser: 1.5 } }, [
    'podSpec.securityContext.runAsUser',
    'must be a whole number',
  ]),
  // Quantities.
  refused(
    'what is no quantity',
    inAgent({ resources: { limits: { cpu: 'lots', memory: '1KiB' } } }),
    [`${AGENT}.resources.limits.cpu`, 'must be a quantity such as 500m or 1Gi'],
    [`${AGENT}.resources.limits.memory`, 'must be a quantity such as 500m or 1Gi'],
  ),
  refused('a negative request', inAgent({ resources: { requests: { cpu: '-1' } } }), [
    `${AGENT}.resources.requests.cpu`,
    'must not be negative',
  ]),
  refused(
    'a resource that there is not',
    inAgent({ resources: { requests: { gpu: '1' }, limits: { 'no such': 1 } } }),
    [`${AGENT}.resources.limits.no such`, NO_RESOURCE],
    [`${AGENT}.resources.requests.gpu`, NO_RESOURCE],
  ),
  // Names.
  refused('an invalid variable name', variables({ name: 'A=B', value: 'x' }), [
    `${AGENT}.env[0].name`,
    '"A=B" is not a valid environment variable name',
  ]),
  refused('an invalid container name', { containers: [{ name: 'Side', image: 'x' }] }, [
    `${AGENT}.name`,
    '"Side" is not a valid DNS label',
  ]),
  refused('an invalid volume name', { volumes: [{ name: 'A_b', emptyDir: {} }] }, [
    'podSpec.volumes[0].name',
    '"A_b" is not a valid DNS label',
  ]),
  refused('an invalid service account name', { serviceAccountName: 'Bad Name' }, [
    'podSpec.serviceAccountName',
    '"Bad Name" is not a valid service account name',
  ]),
  refused('an invalid port name', inAgent({ ports: [{ containerPort: 8000, name: '8000' }] }), [
    `${AGENT}.ports[0].name`,
    '"8000" is not a valid port name',
  ]),
  refused('a port with the name of another', inAgent({ ports: [{ containerPort: 9090, name: 'http' }] }), [
    `${AGENT}.ports`,
    'has the name "http" twice',
  ]),
  refused('a port number that is too high', inAgent({ ports: [{ containerPort: 65_536 }] }), [
    `${AGENT}.ports[0].containerPort`,
    '65536 is not valid; expected a whole number from 1 to 65535',
  ]),
  // Fields that the pods of a Deployment must not have.
  refused('another restart policy', { restartPolicy: 'Never' }, [
    'podSpec.restartPolicy',
    '"Never" is not valid; expected Always',
  ]),
  refused('a deadline', { activeDeadlineSeconds: 5 }, [
    'podSpec.activeDeadlineSeconds',
    'is not allowed in a Deployment',
  ]),
  refused('ephemeral containers', { ephemeralContainers: [{ name: 'x', image: 'y' }] }, [
    'podSpec.ephemeralContainers',
    'is not allowed in a Deployment',
  ]),
  refused(
    'less than no time',
    inAgent({ lifecycle: { preStop: { sleep: { seconds: -1 } } }, readinessProbe: { periodSeconds: -1 } }),
    [`${AGENT}.lifecycle.preStop.sleep.seconds`, notCount(-1)],
    [`${AGENT}.readinessProbe.periodSeconds`, notCount(-1)],
  ),
  refused('privileged without allowPrivilegeEscalation', inAgent({ securityContext: { privileged: true } }), [
    `${AGENT}.securityContext`,
    'has privileged, so allowPrivilegeEscalation must not be false',
  ]),
  refused(
    'a capability without allowPrivilegeEscalation',
    inAgent({ securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] } } }),
    [`${AGENT}.securityContext`, 'has CAP_SYS_ADMIN, so allowPrivilegeEscalation must not be false'],
  ),
  // Missing kinds, such as a probe without a handler.
  refused('a handler that is removed', inAgent({ livenessProbe: { httpGet: null } }), [
    `${AGENT}.livenessProbe`,
    HANDLERS,
  ]),
  refused('a probe without a handler', inAgent({ startupProbe: { periodSeconds: 5 } }), [
    `${AGENT}.startupProbe`,
    HANDLERS,
  ]),
  refused('a probe with an incomplete handler', inAgent({ startupProbe: { httpGet: { path: '/' } } }), [
    `${AGENT}.startupProbe.httpGet`,
    'has no port',
  ]),
  refused('a lifecycle without a handler', inAgent({ lifecycle: { postStart: {} } }), [
    `${AGENT}.lifecycle.postStart`,
    'must have one of exec, httpGet, sleep, tcpSocket',
  ]),
  refused('a volume with an incomplete source', { volumes: [{ name: 'new', persistentVolumeClaim: {} }] }, [
    'podSpec.volumes[0].persistentVolumeClaim',
    'has no claimName',
  ]),
  // Sources of variables.
  refused('an empty source', inVariable({}), [
    `${AGENT}.env[0].valueFrom`,
    'must have one of configMapKeyRef, fieldRef, fileKeyRef, resourceFieldRef, secretKeyRef',
  ]),
  refused('a Secret without a name', inVariable({ secretKeyRef: { key: 'k' } }), [
    `${AGENT}.env[0].valueFrom.secretKeyRef`,
    'has no name',
  ]),
  refused('a ConfigMap with an empty name', inVariable({ configMapKeyRef: { name: '', key: 'k' } }), [
    `${AGENT}.env[0].valueFrom.configMapKeyRef.name`,
    '"" is not a valid object name',
  ]),
  refused('an empty key', inVariable({ secretKeyRef: { name: 's', key: '' } }), [
    `${AGENT}.env[0].valueFrom.secretKeyRef.key`,
    '"" is not a valid key of a ConfigMap or Secret',
  ]),
  refused('a key with a slash', inVariable({ secretKeyRef: { name: 's', key: 'a/b' } }), [
    `${AGENT}.env[0].valueFrom.secretKeyRef.key`,
    '"a/b" is not a valid key of a ConfigMap or Secret',
  ]),
  refused('a field without a path', inVariable({ fieldRef: { fieldPath: '' } }), [
    `${AGENT}.env[0].valueFrom.fieldRef.fieldPath`,
    'must not be empty',
  ]),
  refused('a field that is not available to variables', inVariable({ fieldRef: { fieldPath: 'status.phase' } }), [
    `${AGENT}.env[0].valueFrom.fieldRef.fieldPath`,
    '"status.phase" is not a valid field; expected metadata.name, metadata.namespace, metadata.uid, spec.nodeName, ' +
      'spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, ' +
      "metadata.labels['<key>'] or metadata.annotations['<key>']",
  ]),
  refused('a resource that is not available to variables', inVariable({ resourceFieldRef: { resource: 'cpu' } }), [
    `${AGENT}.env[0].valueFrom.resourceFieldRef.resource`,
    '"cpu" is not a valid resource; expected limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-<size>',
  ]),
  refused(
    'a divisor of another resource',
    inVariable({ resourceFieldRef: { resource: 'limits.cpu', divisor: '1Mi' } }),
    [
      `${AGENT}.env[0].valueFrom.resourceFieldRef`,
      'has the divisor "1Mi", which is not valid for limits.cpu; expected one of 1m, 1',
    ],
  ),
  // Whole ConfigMaps and Secrets.
  refused('envFrom without a source', inAgent({ envFrom: [{ prefix: 'A_' }] }), [
    `${AGENT}.envFrom[0]`,
    'must have one of configMapRef, secretRef',
  ]),
  refused(
    'envFrom with two sources',
    inAgent({ envFrom: [{ configMapRef: { name: 'a' }, secretRef: { name: 'b' } }] }),
    [`${AGENT}.envFrom[0]`, 'has configMapRef and secretRef; expected only one of them'],
  ),
  refused('envFrom without a name', inAgent({ envFrom: [{ secretRef: { optional: true } }] }), [
    `${AGENT}.envFrom[0].secretRef`,
    'has no name',
  ]),
  refused('envFrom with an invalid name', inAgent({ envFrom: [{ configMapRef: { name: 'A_b' } }] }), [
    `${AGENT}.envFrom[0].configMapRef.name`,
    '"A_b" is not a valid object name',
  ]),
  refused('an invalid prefix', inAgent({ envFrom: [{ prefix: '=', secretRef: { name: 'a' } }] }), [
    `${AGENT}.envFrom[0].prefix`,
    '"=" is not a valid environment variable name',
  ]),
];
