import {
  AGENT,
  type MendedOverride,
  mended,
  mounted,
  NO_PATH,
  noAffinity,
  REQUIRED,
  spread,
  terms,
  tolerating,
  volume,
} from './mended-override.ts';
import { inAgent, variables } from './pod-specs.ts';

/** What is missing, or does not fit what is beside it, and is left out; what is right beside it stays. */
export const mendedParts: readonly MendedOverride[] = [
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
