import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject, DesiredStatus } from '../contract.ts';
import { hash } from '../data/hash.ts';
import { shown } from '../data/quote.ts';
import { deploymentReading } from '../kubernetes/kinds/deployment.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import { mapKey } from '../reading.ts';
import type { AgentGatewaySettings } from '../settings.ts';
import { leftOut } from './agents/exposed-agents.ts';
import type { Build, Complaint } from './build.ts';
import { configMap, type DesiredConfigMap, EMPTY_SINCE_ANNOTATION } from './children/config-map.ts';
import {
  CONFIG_HASH_ANNOTATION,
  type DesiredDeployment,
  deployment,
  type PodInput,
  SPEC_HASH_ANNOTATION,
} from './children/deployment.ts';
import { service } from './children/service.ts';
import type { Observed } from './observed.ts';
import { programmed } from './programmed.ts';
import { emptySince, type HoldReason, type Rollout, rollout } from './rollout/rollout.ts';
import { accepted, resolvedRefs, statusWith } from './status.ts';

const PROBLEM_REASONS = {
  InvalidTimeout: 'InvalidTimeout',
  EnvironmentRefused: 'GatewayProblem',
  InvalidMetadata: 'GatewayProblem',
  InvalidQuantity: 'GatewayProblem',
} as const satisfies Record<Complaint['reason'], ProblemReason>;

/** A gateway that is ours, with its children. */
export interface DesiredGateway {
  readonly outcome: 'gateway';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
  readonly resyncAfterSeconds?: number;
}

/** What of a build goes out now, and what is told of it. */
export function publish(observed: Observed, build: Build, settings: AgentGatewaySettings): DesiredGateway {
  const plan = planOf(observed, build, settings);
  const guardrails = observed.gateway.spec?.guardrails?.length ?? 0;
  const status = statusWith(observed, [
    accepted(build.complaints),
    resolvedRefs({ agents: leftOut(observed.agents), notFound: build.notFound, guardrails }),
    programmed(observed, plan, build.candidate),
  ]);
  return {
    outcome: 'gateway',
    children: [service(build.pods), ...podObjects(observed, build, plan)],
    status,
    problems: problemsOf(observed, build),
    ...(plan.resyncAfterSeconds && { resyncAfterSeconds: plan.resyncAfterSeconds }),
  };
}

function planOf(observed: Observed, { candidate }: Build, settings: AgentGatewaySettings): Rollout {
  const wantsGuardrails = (observed.gateway.spec?.guardrails?.length ?? 0) > 0;
  return wantsGuardrails && settings.guardrails === 'refuse'
    ? { outcome: 'hold', why: 'Guardrails' }
    : rollout(observed, candidate, settings.configLimitKiB * 1024);
}

/** ConfigMap and Deployment: as they are built, or, while they are held, as they are observed. */
function podObjects(observed: Observed, { pods, candidate }: Build, plan: Rollout): DesiredObject[] {
  if (plan.outcome === 'go') {
    return [configMap(pods, candidate.krakendJson), deployment(pods, candidate.specHash)];
  }
  const { krakendJson, deployment: running } = observed.serving;
  const template = observedTemplate(observed);
  const specHash = running?.metadata.annotations?.[SPEC_HASH_ANNOTATION];
  if (krakendJson === undefined) {
    // Pods that lost their ConfigMap get the present one; where there are no pods, nothing is made.
    const lost = template === undefined ? [] : [withTemplate(deployment(pods, specHash), template)];
    return [...lost, ...(template === undefined ? [] : [configMap(pods, candidate.krakendJson)])];
  }
  const held = heldConfigMap(observed, configMap(pods, krakendJson), plan.why);
  return [held, ...heldDeployment({ pods, template, specHash }, krakendJson, plan.why)];
}

interface HeldPods {
  readonly pods: PodInput;
  readonly template: object | undefined;
  readonly specHash: string | undefined;
}

/** The Deployment as it is observed; one that was lost is made again, of the configuration that is held. */
function heldDeployment(
  { pods, template, specHash }: HeldPods,
  krakendJson: string,
  why: HoldReason,
): DesiredDeployment[] {
  if (template !== undefined) {
    return [withTemplate(deployment(pods, specHash), template)];
  }
  const hashes = { ...pods.hashes, [CONFIG_HASH_ANNOTATION]: hash(krakendJson) };
  return why === 'Guardrails' ? [] : [deployment({ ...pods, hashes }, specHash)];
}

function heldConfigMap({ serving, now }: Observed, held: DesiredConfigMap, why: HoldReason): DesiredConfigMap {
  if (why !== 'Empty') {
    return held;
  }
  const noted = serving.configMap?.metadata.annotations?.[EMPTY_SINCE_ANNOTATION];
  const since = emptySince(serving.configMap) === undefined ? now : noted;
  const annotations = { ...held.metadata.annotations, [EMPTY_SINCE_ANNOTATION]: since ?? now };
  return { ...held, metadata: { ...held.metadata, annotations } };
}

const WithTemplate = Type.Object({ spec: Type.Object({ template: Type.Object({}) }) });

function observedTemplate({ children, gateway }: Observed): object | undefined {
  const found = children.find(
    (child) => mapKey(child) === mapKey(deploymentReading) && child.metadata.name === gateway.metadata.name,
  );
  return Value.Check(WithTemplate, found) ? found.spec.template : undefined;
}

function withTemplate(desired: DesiredDeployment, template: object): DesiredDeployment {
  return { ...desired, spec: { ...desired.spec, template } };
}

function problemsOf({ about, agents, problems }: Observed, { complaints, notFound }: Build): Problem[] {
  return [
    ...problems,
    ...complaints.map(({ reason, message }): Problem => ({ reason: PROBLEM_REASONS[reason], about, message })),
    ...notFound.map((name): Problem => ({ reason: 'GatewayProblem', about, message: `${shown(name)} is not there` })),
    ...leftOut(agents).map(
      ({ id, why }): Problem => ({ reason: 'AgentLeftOut', about: `Agent ${shown(id)}`, message: why }),
    ),
  ];
}
