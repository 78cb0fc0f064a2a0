import type { DesiredObject } from '../../contract.ts';
import { canonicalText, hash } from '../../data/hash.ts';
import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { clean } from '../../kubernetes/objects/clean.ts';
import { withoutBrokenReferences } from '../../kubernetes/pod-spec/pod-references.ts';
import { podSpecField } from '../../kubernetes/pod-spec/pod-spec-fields.ts';
import { type MergedPodSpec, mergePodSpec } from '../../kubernetes/pod-spec/pod-spec-merge.ts';
import { stored } from '../../kubernetes/pod-spec/stored.ts';
import type { Problem } from '../../problem.ts';
import type { Naming } from '../../resources/kaos/naming.ts';
import type { ContainerOverride } from '../../resources/kaos/spec-fields.ts';
import { complaintsOf } from '../complaints.ts';
import { type Complaint, type Hold, notConstructed, type Plan, type Pod } from '../plan.ts';
import { ownResources } from './container.ts';

/** The KAOS operator's annotation: of the pod spec as it is answered. */
export const POD_SPEC_HASH_ANNOTATION = 'kaos.tools/pod-spec-hash';
/** Of the configuration that the pods read: a changed one rolls them. */
export const CONFIG_HASH_ANNOTATION = 'agent-gateway-hooks/config-hash';
/** The same for a configuration in a Secret, with a key. */
export const CONFIG_SECRET_HASH_ANNOTATION = 'agent-gateway-hooks/config-secret-hash';

interface Owner {
  readonly namespace: string;
  readonly naming: Naming;
  readonly spec: { readonly container?: ContainerOverride; readonly podSpec?: unknown };
}

interface MadeDeployment {
  readonly outcome: 'made';
  readonly deployment: DesiredObject;
  /** That of its pods. */
  readonly podSpec: PlainObject;
  readonly complaints: readonly Complaint[];
}

export type DeploymentReading = MadeDeployment | Hold;

/** The Deployment of a pod with the user's own PodSpec merged over it. `replicas` is left to whoever scales. */
export function deployment(owner: Owner, pod: Pod, imageVariable: string | undefined): DeploymentReading {
  const { podSpec, problems } = mergedPodSpec(pod, owner.spec.podSpec);
  if (containersOf(podSpec).some(({ image }) => !image)) {
    return imageVariable === undefined
      ? notConstructed('NoImage', 'its runtime has no image, and spec.container.image is not set')
      : notConstructed('NoImage', `${imageVariable} environment variable is required but not set`);
  }
  const annotations = { [POD_SPEC_HASH_ANNOTATION]: hash(canonicalText(podSpec)), ...pod.annotations };
  return {
    outcome: 'made',
    deployment: deploymentOf(owner, { metadata: { labels: owner.naming.labels, annotations }, spec: podSpec }),
    podSpec,
    complaints: [
      ...complaintsOf('InvalidContainer', ownResources(owner.spec.container).problems),
      ...complaintsOf('InvalidPodSpec', problems),
    ],
  };
}

interface Besides {
  readonly children: readonly DesiredObject[];
  readonly complaints: readonly Complaint[];
  readonly problems?: readonly Problem[];
}

/** What a resource comes to: its Deployment and what is besides, or why there is none. */
export function planOf(reading: DeploymentReading, { children, complaints, problems = [] }: Besides): Plan {
  return reading.outcome === 'hold'
    ? reading
    : {
        outcome: 'run',
        children: [reading.deployment, ...children],
        complaints: [...complaints, ...reading.complaints],
        problems,
      };
}

function mergedPodSpec(pod: Pod, override: unknown): MergedPodSpec {
  const generated = clean(pod.podSpec) as PlainObject;
  const merged = mergePodSpec(generated, withAccountName(override));
  const { podSpec, problems } = withoutBrokenReferences(merged.podSpec, generated);
  return {
    podSpec: clean(stored(podSpec, podSpecField)) as PlainObject,
    problems: [...merged.problems, ...problems],
  };
}

/** A service account by its old name, too, which Kubernetes takes only where the new one is not there. */
export function accountOf({ serviceAccountName, serviceAccount }: PlainObject): unknown {
  return serviceAccountName || serviceAccount;
}

function withAccountName(podSpec: unknown): unknown {
  if (!isPlainObject(podSpec) || !('serviceAccount' in podSpec)) {
    return podSpec;
  }
  const { serviceAccount: _old, ...others } = podSpec;
  return { ...others, serviceAccountName: accountOf(podSpec) };
}

interface DesiredDeployment extends DesiredObject {
  readonly spec: object;
}

function deploymentOf({ namespace, naming }: Owner, template: object): DesiredDeployment {
  const { serviceName: name, labels } = naming;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: { selector: { matchLabels: labels }, template },
  };
}

/** The init containers of a pod, then the others. */
export function containersOf(podSpec: PlainObject): readonly PlainObject[] {
  return [podSpec['initContainers'], podSpec['containers']].filter(Array.isArray).flat().filter(isPlainObject);
}

interface DesiredService extends DesiredObject {
  readonly spec: object;
}

/** The Service of a resource: its one port. */
export function service({ namespace, naming }: Pick<Owner, 'namespace' | 'naming'>): DesiredService {
  const { serviceName: name, servicePort: port, labels } = naming;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: { type: 'ClusterIP', selector: labels, ports: [{ name: 'http', port, targetPort: port, protocol: 'TCP' }] },
  };
}
