import { fieldAt, mapAt, numberAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import type { Installation, Installed } from '../installation.ts';
import { conditionOf, conditionText, hasLabels, type Item, nameText } from '../item.ts';
import { helm, helmUpgrade, kubectl } from '../mend.ts';
import { type PodTrouble, podTroubles } from '../pod-trouble.ts';
import type { Release } from '../release.ts';
import { shellText } from '../shell.ts';

const PODS_PAGE = 'docs/troubleshooting.md#pods-of-the-hooks-do-not-start';

/** The release is there, its pods are ready, and it is of the version of this command. */
export function releaseFindings(installation: Installation): readonly Finding[] {
  const { release } = installation;
  if (release === undefined) {
    return [noRelease(installation)];
  }
  const installed = { ...installation, release };
  return [...deploymentFindings(installed), ...versionFindings(installed)];
}

function noRelease({ engines }: Installation): Finding {
  const account = engines[0]?.serviceAccount ?? 'metacontroller';
  const bound = `metacontroller.role.bindTo.serviceAccount=${account}`;
  const image = 'image.repository=REGISTRY/agent-gateway-hooks';
  return missing({
    object: 'the release of the chart agent-gateway-hooks',
    seen: 'no Deployment, Service or ConfigMap has the label app.kubernetes.io/name=agent-gateway-hooks',
    expected: 'one release: nothing answers the hooks without it',
    mend: [
      helm(
        ...['install', 'agent-gateway-hooks', 'chart', '--namespace', 'kaos-system', '--create-namespace'],
        ...['--set', image, '--set', bound, '--wait'],
      ),
    ],
    advice: 'Put your registry in place of REGISTRY, and turn on what you need: docs/install.md says what there is.',
    page: 'docs/start-kaos.md#4-this-service',
  });
}

function deploymentFindings(installed: Installed): readonly Finding[] {
  const { release } = installed;
  const { deployment, namespace, fullName } = release;
  const object = nameText({ kind: 'Deployment', namespace, name: fullName });
  if (deployment === undefined) {
    return [
      missing({
        object,
        seen: 'it does not exist, and other objects of its release do',
        expected: 'a Deployment with the pods that answer the hooks',
        mend: [helmUpgrade(release)],
        page: PODS_PAGE,
      }),
    ];
  }
  const wanted = numberAt(deployment.object, 'spec', 'replicas');
  if (wanted === 0) {
    return [
      wrong({
        object,
        seen: 'spec.replicas is 0',
        expected: '1 or more: nobody answers the hooks, so no change of a resource has an effect',
        mend: [kubectl('scale', 'deployment', fullName, '--namespace', namespace, '--replicas=2')],
        page: PODS_PAGE,
      }),
    ];
  }
  return podFindings(installed, deployment, wanted);
}

function podFindings({ cluster, release }: Installed, deployment: Item, wanted: number): readonly Finding[] {
  const ready = numberAt(deployment.object, 'status', 'readyReplicas');
  const selector = mapAt(deployment.object, 'spec', 'selector', 'matchLabels');
  const pods = itemsOf(cluster.looks.pods).filter(
    (pod) => pod.namespace === release.namespace && hasLabels(pod, selector),
  );
  const [trouble] = podTroubles(pods, cluster);
  if (trouble !== undefined) {
    return [podFinding(release, trouble, `${ready} of ${wanted} pods are ready`)];
  }
  if (ready > 0) {
    return [];
  }
  const failed = conditionOf(fieldAt(deployment.object, 'status'), 'ReplicaFailure');
  return [
    wrong({
      object: nameText(deployment),
      seen: failed === undefined ? `0 of ${wanted} pods are ready` : conditionText(failed),
      expected: 'at least one ready pod: nobody answers the hooks',
      mend: [kubectl('describe', 'deployment', deployment.name, '--namespace', deployment.namespace)],
      page: PODS_PAGE,
    }),
  ];
}

/** One pod stays behind while the others serve: that costs nobody anything yet. */
function podFinding(release: Release, { pod, reason, message }: PodTrouble, count: string): Finding {
  const told = { object: nameText(pod), page: PODS_PAGE };
  const seen = `${count}: ${reason}${message === '' ? '' : `: ${message}`}`;
  const describe = kubectl('describe', 'pod', pod.name, '--namespace', pod.namespace);
  switch (reason) {
    case 'ImagePullBackOff':
    case 'ErrImagePull':
    case 'InvalidImageName':
    case 'ErrImageNeverPull':
      return wrong({
        ...told,
        seen,
        expected: 'an image that the nodes can get',
        mend: [helmUpgrade(release, 'image.repository=REGISTRY/agent-gateway-hooks', 'image.tag=')],
        advice: `Build and push the image first, and put your registry in place of REGISTRY. The Events of the pod say more: ${shellText(describe)}`,
      });
    case 'CrashLoopBackOff':
    case 'RunContainerError':
      return wrong({
        ...told,
        seen,
        expected:
          'a pod that keeps running: the last line of its log names the setting that is not valid, and what is allowed',
        mend: [helmUpgrade(release)],
        advice:
          'This writes the settings again from the values of the release. If the value itself is wrong, add --set with the right one.',
      });
    case 'CreateContainerConfigError':
      return wrong({
        ...told,
        seen,
        expected: 'the ConfigMap and the Secrets that the pod names',
        mend: [helmUpgrade(release)],
        advice: 'A Secret is yours to make: docs/security.md has the commands.',
      });
    default:
      return wrong({ ...told, seen, expected: 'a pod that runs', mend: [describe] });
  }
}

function versionFindings({ release, ownVersion }: Installed): readonly Finding[] {
  return release.version === '' || release.version === ownVersion
    ? []
    : [
        warning({
          object: `release ${release.namespace}/${release.name}`,
          seen: `version ${release.version}`,
          expected: `${ownVersion}, the version of this command: another one makes other objects than this command expects`,
          mend: [helmUpgrade(release)],
          advice: 'Read docs/upgrade.md first, or run doctor of the version that is installed.',
          page: 'docs/upgrade.md#steps',
        }),
      ];
}
