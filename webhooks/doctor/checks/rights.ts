import type { Engine } from '../engine.ts';
import { mapsAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation, Installed } from '../installation.ts';
import { helmUpgrade, kubectl } from '../mend.ts';
import { grantedRules, grants, neededRights, type Right, rightsText, userOf } from '../rights.ts';

/** Metacontroller may do all that the controllers of the release need. */
export function rightFindings(installation: Installation): readonly Finding[] {
  const { engines, release, cluster } = installation;
  const [engine] = engines;
  if (engine === undefined || release === undefined) {
    return [];
  }
  const rules = grantedRules(cluster, engine);
  const absent = neededRights(installation).filter((right) => !rules.some((rule) => grants(rule, right)));
  return absent.length === 0 ? [] : [finding({ ...installation, release }, engine, absent)];
}

function finding(installed: Installed, engine: Engine, absent: readonly Right[]): Finding {
  const { release } = installed;
  const { serviceAccount, workload } = engine;
  const { kind, name, namespace } = workload;
  const roleName = `${release.fullName}-metacontroller`;
  const role = itemsOf(installed.cluster.looks.clusterRoles).find((each) => each.name === roleName);
  const rules = mapsAt(role?.object, 'rules');
  const isInRole = absent.every((right) => rules.some((rule) => grants(rule, right)));
  const bound = [
    'metacontroller.role.create=true',
    `metacontroller.role.bindTo.serviceAccount=${serviceAccount}`,
    `metacontroller.role.bindTo.namespace=${namespace}`,
  ];
  return missing({
    object: `rights of ${userOf(serviceAccount, namespace)}`,
    seen: `it may not ${rightsText(absent)}`,
    expected: `the rules of ClusterRole ${roleName}: without a right to list or watch, Metacontroller waits silently`,
    mend: [
      // Helm would not take back what somebody else has changed in the role.
      ...(isInRole || role === undefined ? [] : [kubectl('delete', 'clusterrole', roleName)]),
      helmUpgrade(release, ...bound),
      kubectl('rollout', 'restart', `${kind.toLowerCase()}/${name}`, '--namespace', namespace),
    ],
    page: 'docs/permissions.md',
  });
}
