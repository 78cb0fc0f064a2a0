import type { Manifest } from '../support/helm.ts';

const KINDS = [
  ['CompositeController', 'Cluster'],
  ['DecoratorController', 'Cluster'],
  ['ControllerRevision', 'Namespaced'],
] as const;

/** The kinds of Metacontroller without their fields, for a cluster in which its stand-in runs. */
export const DEFINITIONS: readonly Manifest[] = KINDS.map(([kind, scope]) => {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.metacontroller.k8s.io`,
      annotations: { 'api-approved.kubernetes.io': 'unapproved, a stand-in' },
    } as Manifest['metadata'],
    spec: {
      group: 'metacontroller.k8s.io',
      scope,
      names: { kind, plural, singular },
      versions: [{ name: 'v1alpha1', served: true, storage: true, schema }],
    },
  };
});
