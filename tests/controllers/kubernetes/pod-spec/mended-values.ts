import {
  AGENT,
  limits,
  type MendedOverride,
  mended,
  noAffinity,
  REQUIRED,
  spread,
  terms,
  tolerating,
  volume,
} from './mended-override.ts';
import { inAgent } from './pod-specs.ts';

/** Amounts, words and numbers that are left out; what is right beside them stays. */
export const mendedValues: readonly MendedOverride[] = [
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
];
