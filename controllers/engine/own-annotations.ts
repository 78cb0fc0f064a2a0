import { nearestName } from '../data/nearest-name.ts';
import { codeUnitOrder } from '../data/order.ts';
import { isPlainObject, ownField } from '../data/plain-object.ts';
import { shown } from '../data/quote.ts';
import { limitedCpu, limitedMemory } from '../kubernetes/values/limited-quantity.ts';
import type { Problem } from '../problem.ts';
import { mapKey } from '../reading.ts';

/** The prefix of the annotations of this service. */
export const OWN_PREFIX = 'agent-gateway-hooks/';

/** A kind by its map key: two groups have a kind Agent. */
const AGENT_GATEWAY = 'AgentGateway.runtime.agentic-layer.ai/v1alpha1';
const KAOS = ['Agent', 'ModelAPI', 'MCPServer'].map((kind) => `${kind}.kaos.tools/v1alpha1`);

interface Settable {
  readonly name: string;
  /** Map keys of the kinds on which it has an effect. */
  readonly on: readonly string[];
  /** Its allowed values, and what it sets. The reference page prints both. */
  readonly allowed: string;
  readonly description: string;
}

function settable<Name extends string>(name: Name, rest: Omit<Settable, 'name'>) {
  return { name: `${OWN_PREFIX}${name}`, ...rest } as const;
}

/** All annotations by which users set something. */
export const SETTABLE = {
  requestsCpu: settable('requests-cpu', {
    on: [AGENT_GATEWAY],
    allowed: limitedCpu.allowed,
    description: 'CPU request of a pod of the gateway.',
  }),
  requestsMemory: settable('requests-memory', {
    on: [AGENT_GATEWAY],
    allowed: limitedMemory.allowed,
    description: 'Memory request of a pod of the gateway.',
  }),
  limitsCpu: settable('limits-cpu', {
    on: [AGENT_GATEWAY],
    allowed: limitedCpu.allowed,
    description: 'CPU limit of a pod of the gateway.',
  }),
  limitsMemory: settable('limits-memory', {
    on: [AGENT_GATEWAY],
    allowed: limitedMemory.allowed,
    description: 'Memory limit of a pod of the gateway. It then does not grow with the number of agents.',
  }),
  autoscaled: settable('autoscaled', {
    on: [AGENT_GATEWAY],
    allowed: 'true or false',
    description:
      'With true, others scale the Deployment, such as a HorizontalPodAutoscaler, and its replicas stay as they are.',
  }),
  podSpec: settable('pod-spec', {
    on: [AGENT_GATEWAY],
    allowed: 'a partial PodSpec in YAML or JSON',
    description:
      'What the pods need: node selector, tolerations, pull Secrets, service account, another user. It is merged over the pods.',
  }),
  hostnames: settable('hostnames', {
    on: [AGENT_GATEWAY],
    allowed: 'up to 16 host names, separated by commas, such as agents.example.com or *.example.com; or * for all',
    description:
      'Host names of an HTTPRoute, by which the Gateway of the settings sends calls to the gateway. Needs GATEWAY_API_ENABLED.',
  }),
  podMetadata: settable('pod-metadata', {
    on: KAOS,
    allowed: 'labels and annotations in YAML or JSON',
    description: 'Labels and annotations for the pods of the resource.',
  }),
} as const satisfies Readonly<Record<string, Settable>>;

/** All annotations that this service writes on its children. */
export const WRITTEN = {
  problem: `${OWN_PREFIX}problem`,
  guards: `${OWN_PREFIX}guards`,
  emptySince: `${OWN_PREFIX}empty-since`,
  specHash: `${OWN_PREFIX}spec-hash`,
  configHash: `${OWN_PREFIX}config-hash`,
  configSecretHash: `${OWN_PREFIX}config-secret-hash`,
  podMetadataHash: `${OWN_PREFIX}pod-metadata-hash`,
} as const;

/** What they say. The reference page prints it. */
export const WRITTEN_MEANINGS: Readonly<Record<keyof typeof WRITTEN, string>> = {
  problem: 'On an HTTPRoute: what its resource asks for and does not get.',
  guards: 'On an HTTPRoute: what the gateway checks by its policies, which were accepted before the route was opened.',
  emptySince: 'On a ConfigMap of a gateway: since when it has no agent left.',
  specHash: 'On a Deployment of a gateway: the spec of which it is made, apart from the list of agents.',
  configHash: 'On a pod template of the KAOS runtime: its configuration. Another hash rolls the pods.',
  configSecretHash:
    'On a pod template of the KAOS runtime: the Secret with its configuration. Another hash rolls the pods.',
  podMetadataHash: 'On a pod template of the KAOS runtime: the labels and annotations that its resource sets.',
};

const ALL_SETTABLE: readonly Settable[] = Object.values(SETTABLE);
const ALL_WRITTEN: readonly string[] = Object.values(WRITTEN);

/** An object can have thousands of annotations. */
const MOST_NAMED = 10;

interface Annotated {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: unknown;
}

/** The names of the annotations that have an effect on a kind. */
export function settableOn(kind: { readonly apiVersion: string; readonly kind: string }): readonly string[] {
  return ALL_SETTABLE.filter(({ on }) => on.includes(mapKey(kind))).map(({ name }) => name);
}

/** A sentence for each annotation of an object that its user took for one of ours, and that has no effect there. */
export function annotationFaults(object: Annotated): readonly string[] {
  const known = settableOn(object);
  const without = annotationsOf(object)
    .filter((name) => !known.includes(name))
    .flatMap((name) => whyWithoutEffect(name, object) ?? []);
  const more = without.length - MOST_NAMED;
  return [
    ...without.slice(0, MOST_NAMED),
    ...(more > 0 ? [`metadata.annotations: ${more} more of ${OWN_PREFIX} have no effect`] : []),
  ];
}

/** The same as problems. `about` is the object, as `Kind namespace/name`. */
export function annotationProblems(object: Annotated, about: string): readonly Problem[] {
  return annotationFaults(object).map((message) => ({ reason: 'UnknownAnnotation', about, message }));
}

function annotationsOf({ metadata }: Annotated): readonly string[] {
  const annotations = isPlainObject(metadata) ? ownField(metadata, 'annotations') : undefined;
  return isPlainObject(annotations) ? Object.keys(annotations).filter(isOrWasMeantAsOurs).sort(codeUnitOrder) : [];
}

/** Whether an annotation has our prefix, or nearly. */
function isOrWasMeantAsOurs(name: string): boolean {
  const slash = name.indexOf('/') + 1;
  return slash > 0 && nearestName(name.slice(0, slash), [OWN_PREFIX]) !== undefined;
}

function whyWithoutEffect(name: string, { apiVersion, kind }: Annotated): string {
  const field = `metadata.annotations.${shown(name)}`;
  const elsewhere = ALL_SETTABLE.find((settable) => settable.name === name);
  if (elsewhere !== undefined) {
    const kinds = elsewhere.on.map(kindOf);
    const other = kinds.includes(kind) ? elsewhere.on : kinds;
    return `${field}: has no effect on ${kind} of ${apiVersion}; it is for ${other.join(', ')}`;
  }
  if (ALL_WRITTEN.includes(name)) {
    return `${field}: has no effect here; remove it: agent-gateway-hooks writes it on objects that it makes`;
  }
  return `${field}: is not an annotation of agent-gateway-hooks, so it has no effect; ${remedy(name, settableOn({ apiVersion, kind }), kind)}`;
}

function remedy(name: string, known: readonly string[], kind: string): string {
  const near = nearestName(name, known);
  const all = known.length === 0 ? `${kind} has none` : `those of ${kind} are ${known.join(', ')}`;
  return near === undefined ? all : `did you mean ${near}?`;
}

function kindOf(key: string): string {
  return key.split('.')[0] ?? key;
}
