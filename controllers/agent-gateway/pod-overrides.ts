import type { PlainObject } from '../data/plain-object.ts';
import { readYamlMap } from '../data/yaml.ts';
import { SETTABLE } from '../engine/own-annotations.ts';
import type { Deployment } from '../kubernetes/kinds/deployment.ts';
import { clean } from '../kubernetes/objects/clean.ts';
import type { MergeProblem } from '../kubernetes/pod-spec/merge-problem.ts';
import { withAccount, withAccountName } from '../kubernetes/pod-spec/pod-account.ts';
import { podConflictRules } from '../kubernetes/pod-spec/pod-conflicts.ts';
import { type PolicyComplaint, withinPolicy } from '../kubernetes/pod-spec/pod-policy.ts';
import { withoutBrokenReferences } from '../kubernetes/pod-spec/pod-references.ts';
import { withinRules } from '../kubernetes/pod-spec/pod-rules.ts';
import { podSpecField } from '../kubernetes/pod-spec/pod-spec-fields.ts';
import { type MergedPodSpec, mergePodSpec } from '../kubernetes/pod-spec/pod-spec-merge.ts';
import { stored } from '../kubernetes/pod-spec/stored.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import type { AgentGatewaySettings, PodPolicy } from '../settings.ts';

const POD_SPEC_ANNOTATION = SETTABLE.podSpec.name;
const PLATFORM = 'AGENT_GATEWAY_POD_SPEC';
const OWNER = `metadata.annotations.${POD_SPEC_ANNOTATION}`;
/** What only the platform may change: the program of the pod, and what it reads. */
const OF_THE_PLATFORM = ['containers', 'initContainers', 'ephemeralContainers', 'volumes', 'resourceClaims'];

export interface PodComplaint {
  readonly reason: 'InvalidPodSpec' | PolicyComplaint['reason'];
  readonly message: string;
}

/** What is merged over the generated pod: the partial PodSpec of the settings, then that of the gateway's annotation. */
export interface PodOverrides {
  readonly platform: PlainObject;
  readonly owner: PlainObject;
  readonly policy: PodPolicy;
  /** The Deployment as it is now. */
  readonly present: Deployment | undefined;
}

/** Reads the annotation with the owner's partial PodSpec, in YAML or JSON. */
export function podOverrides(
  { metadata }: AgentGateway,
  settings: AgentGatewaySettings,
  present: Deployment | undefined,
) {
  const { podSpec: platform, podPolicy: policy } = settings;
  const text = metadata.annotations?.[POD_SPEC_ANNOTATION];
  const { owner, complaints } = text === undefined ? { owner: {}, complaints: [] } : ownersPodSpec(text);
  return { overrides: { platform, owner, policy, present }, complaints };
}

interface OwnersPodSpec {
  readonly owner: PlainObject;
  readonly complaints: readonly PodComplaint[];
}

function ownersPodSpec(text: string): OwnersPodSpec {
  const reading = readYamlMap(text, 'typed');
  if (reading.outcome === 'refused') {
    return {
      owner: {},
      complaints: [
        invalid(
          `${OWNER}: is not used, because ${reading.why}; expected a partial PodSpec such as {nodeSelector: {pool: edge}}`,
        ),
      ],
    };
  }
  const refused = Object.keys(reading.value).filter((field) => OF_THE_PLATFORM.includes(field));
  const allowed = Object.entries(reading.value).filter(([field]) => !refused.includes(field));
  return {
    owner: Object.fromEntries(allowed),
    complaints: [
      ...reading.repeated.map((told) => invalid(`${OWNER}: ${told}; the last one counts`)),
      ...refused.map((field) =>
        invalid(`${OWNER}: podSpec.${field}: is not used, because only the setting ${PLATFORM} may change it`),
      ),
    ],
  };
}

/**
 * The generated pod with both overrides. What the owner writes must be within the `restricted` standard, as generated pods are, and
 * name only what the policy for pods permits. The platform's settings need not. Variables of `spec.env` are the owner's, too.
 */
export function overriddenPod(generated: PlainObject, { platform, owner, policy, present }: PodOverrides) {
  const own = withinPolicy({ podSpec: generated, generated: {}, path: 'pod' }, policy, generated);
  const byPlatform = merged(own.podSpec, platform, PLATFORM);
  const byOwner = merged(byPlatform.podSpec, owner, OWNER);
  const users = { podSpec: byOwner.podSpec, generated: byPlatform.podSpec, path: 'podSpec' };
  const permitted =
    Object.keys(owner).length > 0
      ? withinPolicy(users, { ...policy, podSecurity: 'restricted' }, generated)
      : { ...byOwner, complaints: [] };
  const podSpec = withAccount(permitted.podSpec, present);
  return {
    podSpec: podSpec === generated ? generated : asStored(podSpec),
    complaints: [
      ...own.complaints,
      ...byPlatform.complaints,
      ...byOwner.complaints,
      ...permitted.complaints.map(({ reason, message }) => ({ reason, message: `${OWNER}: ${message}` })),
    ] satisfies readonly PodComplaint[],
  };
}

/** A changed pod in the form that the API server stores. What was left out of it may leave an empty list behind. */
function asStored(podSpec: PlainObject): PlainObject {
  return clean(stored(podSpec, podSpecField)) as PlainObject;
}

/** The pod with an override. Without an override it is not touched. */
function merged(generated: PlainObject, override: PlainObject, source: string) {
  if (Object.keys(override).length === 0) {
    return { podSpec: generated, complaints: [] };
  }
  const merge: MergedPodSpec = mergePodSpec(generated, withAccountName(override));
  const fitting = withinRules({ podSpec: merge.podSpec, generated, path: 'podSpec' }, podConflictRules);
  const whole = withoutBrokenReferences(fitting.value, generated);
  return {
    podSpec: whole.podSpec,
    complaints: [...merge.problems, ...fitting.problems, ...whole.problems].map((problem) => told(problem, source)),
  };
}

function told({ field, message }: MergeProblem, source: string): PodComplaint {
  return invalid(`${source}: ${field}: ${message}`);
}

function invalid(message: string): PodComplaint {
  return { reason: 'InvalidPodSpec', message };
}
