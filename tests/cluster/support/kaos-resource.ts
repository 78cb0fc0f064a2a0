import type { Manifest } from '../../support/helm.ts';

/** A KAOS resource in the namespace `team`. */
export const kaosResource = (kind: string, name: string, spec: object): Manifest => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind,
  metadata: { namespace: 'team', name },
  spec,
});
