import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject, DesiredStatus } from '../contract.ts';
import { deploymentKind } from '../kubernetes/deployment.ts';
import { mapKey } from '../kubernetes/kind.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import { shown } from '../quote.ts';
import type { AgentGatewaySettings } from '../settings.ts';
import type { Build, Complaint } from './build.ts';
import { configMap, type DesiredConfigMap, EMPTY_SINCE_ANNOTATION } from './config-map.ts';
import { type DesiredDeployment, deployment, SPEC_HASH_ANNOTATION } from './deployment.ts';
import { leftOut } from './exposed-agents.ts';
import type { Observed } from './observed.ts';
import { programmed } from './programmed.ts';
import { emptySince, type HoldReason, type Rollout, rollout } from './rollout.ts';
import { service } from './service.ts';
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
    programmed(observed, plan, build.candidate.configHash),
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
  return [
    ...(krakendJson === undefined ? [] : [heldConfigMap(observed, configMap(pods, krakendJson), plan.why)]),
    ...(template === undefined
      ? []
      : [withTemplate(deployment(pods, running?.metadata.annotations?.[SPEC_HASH_ANNOTATION]), template)]),
  ];
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
    (child) => mapKey(child) === mapKey(deploymentKind) && child.metadata.name === gateway.metadata.name,
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
