/** The room workload/ makes the pods, the Deployment and the Service of a KAOS resource. */

import type { DesiredObject } from '../../contract.ts';
import { canonicalText, hash } from '../../data/hash.ts';
import { objectsIn, ownField, type PlainObject } from '../../data/plain-object.ts';
import { shown } from '../../data/quote.ts';
import { WRITTEN } from '../../engine/own-annotations.ts';
import type { Deployment } from '../../kubernetes/kinds/deployment.ts';
import { clean } from '../../kubernetes/objects/clean.ts';
import { withAccount, withAccountName } from '../../kubernetes/pod-spec/pod-account.ts';
import { podConflictRules } from '../../kubernetes/pod-spec/pod-conflicts.ts';
import { containersIn } from '../../kubernetes/pod-spec/pod-parts.ts';
import { withinPolicy } from '../../kubernetes/pod-spec/pod-policy.ts';
import { withoutBrokenReferences } from '../../kubernetes/pod-spec/pod-references.ts';
import { withinRules } from '../../kubernetes/pod-spec/pod-rules.ts';
import { podSpecField } from '../../kubernetes/pod-spec/pod-spec-fields.ts';
import { mergePodSpec } from '../../kubernetes/pod-spec/pod-spec-merge.ts';
import { stored } from '../../kubernetes/pod-spec/stored.ts';
import { whyTooLong } from '../../kubernetes/pod-spec/variable-rules.ts';
import type { Problem } from '../../problem.ts';
import type { Naming } from '../../resources/kaos/naming.ts';
import type { ContainerOverride } from '../../resources/kaos/spec-fields.ts';
import type { KaosRuntimeSettings, SessionAffinity } from '../../settings.ts';
import { complaintsOf, type SpecComplaint } from '../complaint.ts';
import { type Check, failed, firstHold, notConstructed } from '../hold.ts';
import type { Plan } from '../plan.ts';
import { ownResources } from './container.ts';
import { policyOf } from './permitted.ts';
import type { PodMetadata } from './pod-metadata.ts';
import { strategyOf } from './replacement.ts';

/** The KAOS operator's annotation: the hash of the final pod spec. */
export const POD_SPEC_HASH_ANNOTATION = 'kaos.tools/pod-spec-hash';
/** The hash of the configuration that the pods read. A changed hash rolls them. */
export const CONFIG_HASH_ANNOTATION = WRITTEN.configHash;
/** The same for a configuration in a Secret, hashed with a key. */
export const CONFIG_SECRET_HASH_ANNOTATION = WRITTEN.configSecretHash;

/** The hash of the labels and annotations that a user adds to the pods. */
export const METADATA_HASH_ANNOTATION = WRITTEN.podMetadataHash;

interface Owner {
  readonly namespace: string;
  /** The present Deployment, if there is one. */
  readonly deployment: Deployment | undefined;
  readonly naming: Naming;
  readonly spec: { readonly container?: ContainerOverride; readonly podSpec?: unknown };
  readonly podMetadata: PodMetadata;
}

/** A generated pod, before the merge with the user's PodSpec. */
interface Pod {
  readonly podSpec: PlainObject;
  /** An account that this service makes for the pod. */
  readonly account?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The final pod, and complaints about the parts that the merge refused. */
export interface MergedPod {
  readonly podSpec: PlainObject;
  readonly annotations: Readonly<Record<string, string>>;
  readonly complaints: readonly SpecComplaint[];
  /** Whether it lacks something without which it would be useless. */
  readonly checks: readonly Check[];
}

/** Merges the user's PodSpec over the generated pod, and keeps both within the policy for pods. */
export function mergedPod(owner: Owner, pod: Pod, settings: KaosRuntimeSettings): MergedPod {
  const podPolicy = policyOf(settings, pod.account);
  const own = clean(pod.podSpec) as PlainObject;
  const generated = withinPolicy({ podSpec: own, generated: {}, path: 'pod' }, podPolicy, own);
  const merged = mergePodSpec(generated.podSpec, withAccountName(owner.spec.podSpec));
  const users = { podSpec: merged.podSpec, generated: generated.podSpec, path: 'podSpec' };
  const permitted = withinPolicy({ ...users, path: 'spec.podSpec' }, podPolicy, own);
  const fitting = withinRules({ ...users, podSpec: permitted.podSpec }, podConflictRules);
  const { podSpec: whole, problems } = withoutBrokenReferences(fitting.value, generated.podSpec);
  const podSpec = withAccount(clean(stored(whole, podSpecField)) as PlainObject, owner.deployment);
  return {
    podSpec,
    annotations: { [POD_SPEC_HASH_ANNOTATION]: hash(canonicalText(podSpec)), ...pod.annotations },
    complaints: [
      ...generated.complaints,
      ...complaintsOf('InvalidContainer', ownResources(owner.spec.container).problems),
      ...permitted.complaints,
      ...complaintsOf('InvalidPodSpec', [...merged.problems, ...fitting.problems, ...problems]),
    ],
    checks: [lacksNamed(own, generated.podSpec) && notPermitted(generated.complaints), tooLong(podSpec)],
  };
}

/** Whether the account or a volume of the resource is one that pods may not use: its pod could do nothing. */
function lacksNamed(own: PlainObject, permitted: PlainObject): boolean {
  const volumes = ({ volumes: list }: PlainObject) => (Array.isArray(list) ? list.length : 0);
  return own['serviceAccountName'] !== permitted['serviceAccountName'] || volumes(own) !== volumes(permitted);
}

/** Users' own variables are checked before, so this one is made from another field of the resource. */
function tooLong(podSpec: PlainObject): Check {
  const variables = containersIn(podSpec).flatMap(({ env }) => objectsIn(env));
  const [first] = variables.flatMap((variable) => {
    const why = whyTooLong(variable);
    return why === undefined ? [] : `${fieldOf(variable['name'])} ${why}`;
  });
  return first !== undefined && failed('SpecTooLarge', first);
}

/** The fields that may have long texts, by their variables. */
const FIELDS: Readonly<Record<string, string>> = {
  AGENT_DESCRIPTION: 'spec.config.description',
  AGENT_INSTRUCTIONS: 'spec.config.instructions',
  AGENT_SYSTEM_PROMPT: 'spec.config.systemPrompt',
  AUTONOMOUS_GOAL: 'spec.config.autonomous.goal',
  KAOS_MEMORY_SUMMARIZATION_SYSTEM_PROMPT: 'spec.mediumTerm.systemPrompt',
  KAOS_MEMORY_EXTRACTION_SYSTEM_PROMPT: 'spec.longTerm.extraction.systemPrompt',
};

function fieldOf(name: unknown): string {
  const field = ownField(FIELDS, String(name));
  return field === undefined ? `the variable ${shown(String(name))}` : `${field}: the variable ${name}`;
}

function notPermitted(complaints: readonly SpecComplaint[]): Check {
  return notConstructed('RefNotPermitted', complaints.map(({ message }) => message).join('; '));
}

/** The rest of a plan, besides the pod. */
interface PlanParts {
  /** Children besides the Deployment. */
  readonly children: readonly DesiredObject[];
  /** Complaints about the rest of the spec. */
  readonly complaints: readonly SpecComplaint[];
  /** Complaints about fields that change nothing. They come last: the first complaint gives the condition its reason. */
  readonly remarks?: readonly SpecComplaint[];
  readonly problems?: readonly Problem[];
  /** Reasons why the spec is not valid, other than a missing image. */
  readonly checks?: readonly Check[];
  /** How long a rollout may make no progress, in seconds, if it is not the API server's default. */
  readonly progressDeadlineSeconds?: number;
  /** The number of pods, if the resource has a field for it. Else it belongs to whoever scales the Deployment. */
  readonly replicas?: number;
  /** The message if a container has no image. */
  readonly noImageMessage: string;
}

/** The plan of a spec: to run its Deployment and its other children, or to hold it for the first reason that applies. */
export function planOf(owner: Owner, pod: MergedPod, parts: PlanParts): Plan {
  const { children, complaints, remarks = [], problems = [], checks = [], noImageMessage } = parts;
  const lacksImage = containersIn(pod.podSpec).some(({ image }) => !image);
  const allChecks = [...checks, ...pod.checks, lacksImage && notConstructed('NoImage', noImageMessage)];
  return (
    firstHold(allChecks) ?? {
      outcome: 'run',
      children: [deployment(owner, pod, parts), ...children],
      complaints: [...complaints, ...pod.complaints, ...owner.podMetadata.complaints, ...remarks],
      problems,
    }
  );
}

/** The message if neither the resource nor the settings name an image, in the words of the KAOS operator. */
export function imageNotSet(variable: string): string {
  return `${variable} environment variable is required but not set`;
}

interface DesiredDeployment extends DesiredObject {
  readonly spec: object;
}

function deployment(
  { namespace, naming, podMetadata: added, deployment: observed }: Owner,
  { podSpec, annotations }: MergedPod,
  { progressDeadlineSeconds, replicas }: Pick<PlanParts, 'progressDeadlineSeconds' | 'replicas'>,
): DesiredDeployment {
  const { serviceName: name, labels } = naming;
  const strategy = strategyOf(podSpec, observed);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      ...(progressDeadlineSeconds && { progressDeadlineSeconds }),
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: labels },
      ...(strategy && { strategy }),
      template: {
        metadata: {
          labels: { ...added.labels, ...labels },
          annotations: { ...added.annotations, ...annotations, ...metadataHash(added) },
        },
        spec: podSpec,
      },
    },
  };
}

/** With the API server's default time. Without an owner that field would stay, and the API server would refuse `None` beside it. */
const CLIENT_IP_AFFINITY = {
  sessionAffinity: 'ClientIP',
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
};

/** The hash of what a user adds. By it the status tells whether the pods have the latest labels. */
function metadataHash({ labels, annotations }: PodMetadata): Readonly<Record<string, string>> {
  const isEmpty = Object.keys({ ...labels, ...annotations }).length === 0;
  return isEmpty ? {} : { [METADATA_HASH_ANNOTATION]: hash(canonicalText({ labels, annotations })) };
}

interface DesiredService extends DesiredObject {
  readonly spec: object;
}

/**
 * The Service of a resource, with one port, which leads to this port of the container. An affinity of `None` is left out, as
 * the API server's default.
 */
export function service(
  { namespace, naming }: Pick<Owner, 'namespace' | 'naming'>,
  targetPort: number,
  sessionAffinity: SessionAffinity = 'None',
): DesiredService {
  const { serviceName: name, servicePort: port, labels } = naming;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [{ name: 'http', port, targetPort, protocol: 'TCP' }],
      ...(sessionAffinity === 'ClientIP' && CLIENT_IP_AFFINITY),
    },
  };
}
