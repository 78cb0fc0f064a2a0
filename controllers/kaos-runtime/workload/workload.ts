/** The room workload/ makes what runs a KAOS resource: its pods, its Deployment and its Service. */

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
import { complaintsOf, type SpecComplaint } from '../complaint.ts';
import { type Check, notConstructed } from '../hold.ts';
import type { Plan } from '../plan.ts';
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

/** A pod before the user's PodSpec is merged over it, and what its configuration hashes to. */
interface Pod {
  readonly podSpec: PlainObject;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A pod as it is answered, and what the merge did not take of the user's parts. */
export interface MergedPod {
  readonly podSpec: PlainObject;
  readonly annotations: Readonly<Record<string, string>>;
  readonly complaints: readonly SpecComplaint[];
}

/** The pod of a resource with the user's own PodSpec merged over it. */
export function mergedPod(owner: Owner, pod: Pod): MergedPod {
  const { podSpec, problems } = mergedPodSpec(pod.podSpec, owner.spec.podSpec);
  return {
    podSpec,
    annotations: { [POD_SPEC_HASH_ANNOTATION]: hash(canonicalText(podSpec)), ...pod.annotations },
    complaints: [
      ...complaintsOf('InvalidContainer', ownResources(owner.spec.container).problems),
      ...complaintsOf('InvalidPodSpec', problems),
    ],
  };
}

interface Besides {
  /** Children besides the Deployment. */
  readonly children: readonly DesiredObject[];
  /** Complaints about the rest of the spec. */
  readonly complaints: readonly SpecComplaint[];
  readonly problems?: readonly Problem[];
  /** Why the spec cannot be run, besides a missing image. */
  readonly checks?: readonly Check[];
  /** The message where a container has no image. */
  readonly whyNoImage: string;
}

/** The plan of a spec: its Deployment and the other children, or the first reason why there is none. */
export function planOf(owner: Owner, pod: MergedPod, besides: Besides): Plan {
  const { children, complaints, problems = [], checks = [], whyNoImage } = besides;
  const lacksImage = containersOf(pod.podSpec).some(({ image }) => !image);
  const allChecks = [...checks, lacksImage && notConstructed('NoImage', whyNoImage)];
  return (
    allChecks.find((check) => check !== false) ?? {
      outcome: 'run',
      children: [deployment(owner, pod), ...children],
      complaints: [...complaints, ...pod.complaints],
      problems,
    }
  );
}

/** The message where neither the resource nor the settings name an image, in the words of the KAOS operator. */
export function imageNotSet(variable: string): string {
  return `${variable} environment variable is required but not set`;
}

function mergedPodSpec(own: PlainObject, override: unknown): MergedPodSpec {
  const generated = clean(own) as PlainObject;
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

/** `replicas` is left to whoever scales. */
function deployment({ namespace, naming }: Owner, { podSpec, annotations }: MergedPod): DesiredDeployment {
  const { serviceName: name, labels } = naming;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels, annotations }, spec: podSpec } },
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
