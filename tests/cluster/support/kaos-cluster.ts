import { parseAllDocuments } from 'yaml';
import { readDocument } from '../../support/documents.ts';
import type { Manifest } from '../../support/helm.ts';

const TEAM = parseAllDocuments(readDocument('examples/kaos-runtime/team.yaml')).map((document) => document.toJS());
export const [PROVIDER, , DESK, RESEARCHER] = TEAM as [Manifest, Manifest, Manifest, Manifest];

/** An MCPServer whose children stay without the label. */
export const FORGOTTEN: Manifest = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'MCPServer',
  metadata: { namespace: 'support', name: 'forgotten' },
  spec: { runtime: 'custom', container: { image: 'example/tools:1' } },
};

export const RESOURCES: readonly Manifest[] = [...TEAM, FORGOTTEN];

/** The Deployment of the KAOS operator, with the name from its chart. */
export const OPERATOR = operator('kaos-operator-controller-manager');

function operator(name: string): Manifest {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'manager', image: 'example/manager:1' }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'kaos-system', name },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  };
}
