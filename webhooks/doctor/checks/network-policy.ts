import { selectsLabels } from '../../../controllers/kubernetes/objects/label-selector.ts';
import type { LabelSelector } from '../../../controllers/label-selector.ts';
import type { Engine } from '../engine.ts';
import { mapAt, mapsAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation } from '../installation.ts';
import { nameText } from '../item.ts';
import { helmUpgrade } from '../mend.ts';
import { isOf } from '../release.ts';

/** The network policy of the release lets Metacontroller in. Whether the cluster's network enforces policies cannot be seen. */
export function networkPolicyFindings({ release, engines, cluster }: Installation): readonly Finding[] {
  const [engine] = engines;
  if (release === undefined || engine === undefined) {
    return [];
  }
  const policy = itemsOf(cluster.looks.networkPolicies).find(
    (each) => each.name === release.fullName && each.namespace === release.namespace && isOf(release, each),
  );
  const peers = mapsAt(policy?.object, 'spec', 'ingress').flatMap((rule) => mapsAt(rule, 'from'));
  if (policy === undefined || peers.some((peer) => admits(peer, engine))) {
    return [];
  }
  const { workload } = engine;
  return [
    wrong({
      object: nameText(policy),
      seen: `no rule of spec.ingress selects the pods of ${nameText(workload)}`,
      expected: `its namespace ${workload.namespace} and the labels of its pods: where policies are enforced, no hook can be called`,
      mend: [helmUpgrade(release, `metacontroller.namespaces={${workload.namespace}}`)],
      advice: 'If its pods have labels of their own, set metacontroller.podSelector too.',
      page: 'docs/security.md#network-policy',
    }),
  ];
}

/** A peer without a selector of namespaces is in the namespace of the policy, which is not asked for here. */
function admits(peer: object, { workload }: Engine): boolean {
  const namespaces = mapAt(peer, 'namespaceSelector') as LabelSelector;
  const pods = mapAt(peer, 'podSelector') as LabelSelector;
  const labels = mapAt(workload.object, 'spec', 'template', 'metadata', 'labels') as Readonly<Record<string, string>>;
  return (
    'namespaceSelector' in peer &&
    selectsLabels(namespaces, { 'kubernetes.io/metadata.name': workload.namespace }) &&
    selectsLabels(pods, labels)
  );
}
