import { defineReading } from '../../reading.ts';
import { type Static, Type } from '../../typebox.ts';
import { OwnedMetadata } from './metadata.ts';

/**
 * A NetworkPolicy that says which namespaces may connect to pods. What the API server would add is written out.
 * https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
interface NetworkPolicy {
  readonly apiVersion: 'networking.k8s.io/v1';
  readonly kind: 'NetworkPolicy';
  readonly metadata: PolicyMetadata;
  readonly spec: {
    readonly podSelector: { readonly matchLabels: StringMap };
    readonly policyTypes: readonly ['Ingress'];
    readonly ingress: readonly [
      {
        readonly from: readonly [{ readonly namespaceSelector: NamespaceSelector }];
        /** All ports, if it is missing. */
        readonly ports?: readonly { readonly port: number; readonly protocol: 'TCP' }[];
      },
    ];
  };
}

type StringMap = Readonly<Record<string, string>>;

interface PolicyMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: StringMap;
  readonly annotations?: StringMap;
}

interface NamespaceSelector {
  readonly matchExpressions: readonly [
    { readonly key: typeof NAMESPACE_NAME; readonly operator: 'In'; readonly values: readonly string[] },
  ];
}

/** Kubernetes gives this label to each namespace, and nobody can change it. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** The pods that a policy protects, and who may connect to them. */
interface Admission {
  readonly podLabels: StringMap;
  /** Nobody else may connect, neither pods of the same namespace. */
  readonly namespaces: readonly string[];
  /** Their TCP ports. Empty means all ports. */
  readonly ports: readonly number[];
}

/** The NetworkPolicy that lets only pods of some namespaces connect. */
export function networkPolicy(metadata: PolicyMetadata, { podLabels, namespaces, ports }: Admission): NetworkPolicy {
  const admitted = [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ port, protocol: 'TCP' as const }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: podLabels },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            { namespaceSelector: { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: namespaces }] } },
          ],
          ...(admitted.length > 0 && { ports: admitted }),
        },
      ],
    },
  };
}

const ObservedNetworkPolicy = Type.Object({
  apiVersion: Type.Literal('networking.k8s.io/v1'),
  kind: Type.Literal('NetworkPolicy'),
  metadata: OwnedMetadata,
});
export type ObservedNetworkPolicy = Static<typeof ObservedNetworkPolicy>;

export const networkPolicyReading = defineReading(
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', resource: 'networkpolicies', namespaced: true },
  ObservedNetworkPolicy,
);
