import { inAgent, variables } from './pod-specs.ts';
import type { RefusedOverride } from './refused-overrides.ts';

/** An override that the API server would refuse as a whole, and the override that is left of it. */
export interface MendedOverride extends RefusedOverride {
  readonly kept: object;
}

const mended = (
  name: string,
  overrides: { readonly override: object; readonly kept?: object },
  ...problems: RefusedOverride['problems']
): MendedOverride => ({ kept: {}, ...overrides, name, problems });

const AGENT = 'podSpec.containers[0]';
const NO_PATH = "a relative path that does not begin with '..' and does not contain it";
const limits = (amounts: object, requests: object = {}) => inAgent({ resources: { limits: amounts, requests } });
const volume = (source: object) => ({ volumes: [{ name: 'new', ...source }] });
const mounted = (fields: object) => inAgent({ volumeMounts: [{ name: 'data', mountPath: '/new', ...fields }] });
const tolerating = (toleration: object) => ({ tolerations: [toleration] });
const terms = (...matchExpressions: object[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    },
  },
});
const noAffinity = { affinity: { nodeAffinity: {} } };
const REQUIRED = 'podSpec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const spread = (fields: object) => ({
  topologySpreadConstraints: [{ topologyKey: 'node', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 1, ...fields }],
});

/** Each kind of part that is left out; what is right beside it stays. */
export const mendedOverrides: readonly MendedOverride[] = [
  // Resources.
  mended(
    'a GPU that is only requested',
    {
      override: limits({}, { 'nvidia.com/gpu': '1', cpu: '50m' }),
      kept: limits({}, { cpu: '50m' }),
    },
    [`${AGENT}.resources.requests.nvidia.com/gpu`, 'needs limits.nvidia.com/gpu with the same amount'],
  ),
  mended('half a GPU', { override: limits({ 'nvidia.com/gpu': '0.5', cpu: '2' }), kept: limits({ cpu: '2' }) }, [
    `${AGENT}.resources.limits.nvidia.com/gpu`,
    'is 0.5, but nvidia.com/gpu can only be used as a whole; expected a whole number',
  ]),
  mended(
    'another number of GPUs requested than the limit',
    { override: limits({ 'amd.com/gpu': 2 }, { 'amd.com/gpu': 1 }), kept: limits({ 'amd.com/gpu': 2 }) },
    [`${AGENT}.resources.requests.amd.com/gpu`, 'is 1; expected the same amount as limits.amd.com/gpu, 2'],
  ),
  mended(
    'huge pages that are not whole pages',
    { override: limits({ 'hugepages-2Mi': '3Mi', cpu: '2' }), kept: limits({ cpu: '2' }) },
    [`${AGENT}.resources.limits.hugepages-2Mi`, 'is 3Mi; expected a multiple of the size of a page'],
  ),
  mended(
    'huge pages without memory',
    {
      override: { containers: [{ name: 'side', image: 'x', resources: { limits: { 'hugepages-2Mi': '64Mi' } } }] },
      kept: { containers: [{ name: 'side', image: 'x', resources: { limits: {} } }] },
    },
    [`${AGENT}.resources.limits.hugepages-2Mi`, 'needs an amount of cpu or memory beside it'],
  ),
  mended(
    'a request above the limit',
    { override: limits({ cpu: '100m' }, { cpu: '0.2' }), kept: limits({ cpu: '100m' }) },
    [`${AGENT}.resources.requests.cpu`, 'is 0.2, above limits.cpu of 100m'],
  ),
  mended('a limit below the generated request', { override: limits({ cpu: '10m' }) }, [
    `${AGENT}.resources.requests.cpu`,
    'is 100m, above limits.cpu of 10m',
  ]),
  // Words that are misspelt.
  mended(
    'a misspelt effect of a toleration',
    { override: tolerating({ key: 'gpu', operator: 'Exists', effect: 'NoScheduled' }) },
    ['podSpec.tolerations[0].effect', '"NoScheduled" is not valid; expected NoSchedule, PreferNoSchedule or NoExecute'],
  ),
  mended(
    'an image pull policy in lower case',
    { override: inAgent({ imagePullPolicy: 'always', tty: true }), kept: inAgent({ tty: true }) },
    [`${AGENT}.imagePullPolicy`, '"always" is not valid; expected Always, IfNotPresent or Never'],
  ),
  mended(
    'a restart policy in lower case',
    {
      override: { initContainers: [{ name: 'proxy', image: 'x', restartPolicy: 'always' }] },
      kept: { initContainers: [{ name: 'proxy', image: 'x' }] },
    },
    ['podSpec.initContainers[0].restartPolicy', '"always" is not valid; expected Always, OnFailure or Never'],
  ),
  mended('a DNS policy in lower case', { override: { dnsPolicy: 'default' } }, [
    'podSpec.dnsPolicy',
    '"default" is not valid; expected ClusterFirst, ClusterFirstWithHostNet, Default or None',
  ]),
  mended('a protocol in lower case', { override: inAgent({ ports: [{ containerPort: 9, protocol: 'udp' }] }) }, [
    `${AGENT}.ports[0].protocol`,
    '"udp" is not valid; expected TCP, UDP or SCTP',
  ]),
  mended('a misspelt operator', { override: terms({ key: 'a', operator: 'in', values: ['b'] }), kept: noAffinity }, [
    `${REQUIRED}[0].matchExpressions[0].operator`,
    '"in" is not valid; expected In, NotIn, Exists, DoesNotExist, Gt or Lt',
  ]),
  mended(
    'an access mode in short',
    {
      override: volume({
        ephemeral: {
          volumeClaimTemplate: { spec: { accessModes: ['RWO'], resources: { requests: { storage: '1Gi' } } } },
        },
      }),
    },
    [
      'podSpec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes[0]',
      '"RWO" is not valid; expected ReadWriteOnce, ReadOnlyMany, ReadWriteMany or ReadWriteOncePod',
    ],
  ),
  // Numbers.
  mended(
    'a negative user',
    { override: { securityContext: { runAsUser: -1, runAsGroup: 5 } }, kept: { securityContext: { runAsGroup: 5 } } },
    ['podSpec.securityContext.runAsUser', '-1 is not valid; expected a whole number from 0 to 2147483647'],
  ),
  mended(
    'a mode that is not written in octal',
    {
      override: volume({ configMap: { name: 'cfg', defaultMode: 644 } }),
      kept: volume({ configMap: { name: 'cfg' } }),
    },
    [
      'podSpec.volumes[0].configMap.defaultMode',
      '644 is not valid; expected a mode from 0 to 511, which is 0777; write it in octal, such as 0644',
    ],
  ),
  mended('a probe of port 0', { override: inAgent({ livenessProbe: { tcpSocket: { port: 0 } } }) }, [
    `${AGENT}.livenessProbe.tcpSocket.port`,
    '0 is not valid; expected a whole number from 1 to 65535',
  ]),
  mended(
    'two successes of a liveness probe',
    {
      override: inAgent({ livenessProbe: { successThreshold: 2, periodSeconds: 9 } }),
      kept: inAgent({ livenessProbe: { periodSeconds: 9 } }),
    },
    [`${AGENT}.livenessProbe.successThreshold`, '2 is not valid; expected a whole number from 0 to 1'],
  ),
  mended(
    'a grace period of a readiness probe',
    { override: inAgent({ readinessProbe: { terminationGracePeriodSeconds: 5 } }) },
    [`${AGENT}.readinessProbe.terminationGracePeriodSeconds`, 'is not allowed in a readiness probe'],
  ),
  mended('a skew of zero', { override: spread({ maxSkew: 0 }) }, [
    'podSpec.topologySpreadConstraints[0].maxSkew',
    '0 is not valid; expected a whole number from 1 to 2147483647',
  ]),
  mended(
    'a weight above 100',
    {
      override: {
        affinity: {
          nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference: {} }] },
        },
      },
      kept: noAffinity,
    },
    [
      'podSpec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
      '101 is not valid; expected a whole number from 1 to 100',
    ],
  ),
  // What is missing.
  mended(
    'a constraint without maxSkew',
    { override: { topologySpreadConstraints: [{ topologyKey: 'node', whenUnsatisfiable: 'DoNotSchedule' }] } },
    ['podSpec.topologySpreadConstraints[0]', 'has no maxSkew, and does not override a generated item'],
  ),
  mended(
    'a selector of nodes without terms',
    {
      override: {
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
      },
      kept: noAffinity,
    },
    [REQUIRED, 'must have at least one item'],
  ),
  mended(
    'an anti-affinity without a topology key',
    {
      override: {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'x' } } }],
          },
        },
      },
      kept: { affinity: { podAntiAffinity: {} } },
    },
    [
      'podSpec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]',
      'has no topologyKey, and does not override a generated item',
    ],
  ),
  mended(
    'a claim without a size',
    { override: volume({ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } }) },
    [
      'podSpec.volumes[0].ephemeral.volumeClaimTemplate.spec',
      'has no resources.requests.storage above zero, such as 10Gi',
    ],
  ),
  mended('an NFS volume without a path', { override: volume({ nfs: { server: 'x' } }) }, [
    'podSpec.volumes[0].nfs',
    'has no path',
  ]),
  mended('a Secret by name instead of secretName', { override: volume({ secret: { name: 'cfg' } }) }, [
    'podSpec.volumes[0].secret.name',
    'is not a field of Kubernetes 1.36, so it is not used; expected defaultMode, items, optional or secretName',
  ]),
  mended('a resource claim without a source', { override: { resourceClaims: [{ name: 'x' }] } }, [
    'podSpec.resourceClaims[0]',
    'must have one of resourceClaimName, resourceClaimTemplateName',
  ]),
  mended(
    'a local profile without its name',
    { override: { securityContext: { seccompProfile: { type: 'Localhost' } } } },
    ['podSpec.securityContext.seccompProfile', 'has the type Localhost, which needs a localhostProfile'],
  ),
  mended('a command without words', { override: inAgent({ livenessProbe: { exec: { command: [] } } }) }, [
    `${AGENT}.livenessProbe.exec.command`,
    'must have at least one item',
  ]),
  // Paths, addresses and keys.
  mended(
    'a file of a ConfigMap outside of its volume',
    {
      override: volume({ configMap: { name: 'c', items: [{ key: 'a', path: '../a' }] } }),
      kept: volume({ configMap: { name: 'c' } }),
    },
    ['podSpec.volumes[0].configMap.items[0].path', `"../a" is not valid; expected ${NO_PATH}`],
  ),
  mended('a mount of a folder outside of its volume', { override: mounted({ subPath: '../x' }), kept: mounted({}) }, [
    `${AGENT}.volumeMounts[0].subPath`,
    '"../x" is not valid; expected a relative path without \'..\'',
  ]),
  mended('a path of the host with two dots', { override: volume({ hostPath: { path: '/data/../etc' } }) }, [
    'podSpec.volumes[0].hostPath.path',
    '"/data/../etc" is not valid; expected a path without \'..\'',
  ]),
  mended(
    'a key of a node with a space',
    { override: { nodeSelector: { 'gpu type': 'a100', arch: 'arm64' } }, kept: { nodeSelector: { arch: 'arm64' } } },
    ['podSpec.nodeSelector.gpu type', '"gpu type" is not valid; expected a label key such as disk or example.com/disk'],
  ),
  mended('a value of a node with a space', { override: { nodeSelector: { disk: 'very fast' } } }, [
    'podSpec.nodeSelector.disk',
    "\"very fast\" is not valid; expected at most 63 letters, digits, '-', '_' or '.', with a letter or digit at both ends",
  ]),
  mended('an alias without an address', { override: { hostAliases: [{ ip: 'localhost', hostnames: ['x'] }] } }, [
    'podSpec.hostAliases[0].ip',
    '"localhost" is not valid; expected an IP address',
  ]),
  mended(
    'a field that a variable cannot take',
    { override: variables({ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'metadata.labels' } } }) },
    [
      `${AGENT}.env[0].valueFrom.fieldRef.fieldPath`,
      '"metadata.labels" is not a valid field; expected metadata.name, metadata.namespace, metadata.uid, spec.nodeName, ' +
        'spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, ' +
        "metadata.labels['<key>'] or metadata.annotations['<key>']",
    ],
  ),
  // Pairs of fields.
  mended(
    'a value with the operator Exists',
    { override: tolerating({ key: 'nvidia.com/gpu', operator: 'Exists', value: 'true' }) },
    [
      'podSpec.tolerations[0]',
      'has the value "true" with the operator Exists; expected the operator Equal, or no value',
    ],
  ),
  mended('a toleration without a key', { override: tolerating({ value: 'x' }) }, [
    'podSpec.tolerations[0]',
    'has no key; expected a key, or the operator Exists, which then tolerates every taint',
  ]),
  mended(
    'seconds for another effect',
    { override: tolerating({ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }) },
    ['podSpec.tolerations[0]', 'has tolerationSeconds, which needs the effect NoExecute'],
  ),
  mended(
    'no values for an operator that needs some',
    { override: terms({ key: 'a', operator: 'In' }), kept: noAffinity },
    [`${REQUIRED}[0].matchExpressions[0]`, 'has 0 values for the operator In; expected at least one value'],
  ),
  mended(
    'a smallest number of domains for a soft constraint',
    { override: spread({ minDomains: 2 }), kept: spread({}) },
    ['podSpec.topologySpreadConstraints[0].minDomains', 'needs whenUnsatisfiable: DoNotSchedule'],
  ),
  mended('label keys without a selector', { override: spread({ matchLabelKeys: ['app'] }), kept: spread({}) }, [
    'podSpec.topologySpreadConstraints[0].matchLabelKeys',
    'needs a labelSelector beside it',
  ]),
  mended(
    'two kinds of sub-path',
    { override: mounted({ subPath: 'a', subPathExpr: 'b' }), kept: mounted({ subPath: 'a' }) },
    [`${AGENT}.volumeMounts[0].subPathExpr`, 'is not allowed beside subPath'],
  ),
  mended(
    'a profile of a type without one',
    { override: { securityContext: { seccompProfile: { localhostProfile: 'a' } } } },
    ['podSpec.securityContext.seccompProfile.localhostProfile', 'needs the type Localhost'],
  ),
  mended(
    'the same file twice',
    {
      override: volume({
        projected: {
          sources: [
            { secret: { name: 'a', items: [{ key: 'k', path: 'p' }] } },
            { configMap: { name: 'b', items: [{ key: 'k', path: 'p' }] } },
          ],
        },
      }),
    },
    ['podSpec.volumes[0].projected', 'has the path "p" twice'],
  ),
  mended(
    'fields that Kubernetes does not have',
    {
      override: { tolerationz: [], ...inAgent({ port: [{ a: 1 }], tty: true }) },
      kept: inAgent({ tty: true }),
    },
    [`${AGENT}.port`, 'is not a field of Kubernetes 1.36, so it is not used'],
    ['podSpec.tolerationz', 'is not a field of Kubernetes 1.36, so it is not used'],
  ),
];
