import type { DesiredObject, DesiredStatus } from '../contract.ts';
import { shown } from '../data/quote.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import type { AgentGatewaySettings } from '../settings.ts';
import { leftOut } from './agents/exposed-agents.ts';
import { gatewayChildren } from './children/children.ts';
import type { Observed } from './observed.ts';
import { programmed } from './programmed.ts';
import { type HoldReason, paceOf } from './rollout/pace.ts';
import { type GatewaySpec, readSpec, type SpecComplaint } from './spec.ts';
import { accepted, resolvedRefs, statusWith } from './status.ts';

/** A gateway that this controller makes. */
export interface DesiredGateway {
  readonly outcome: 'desired';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly status: DesiredStatus;
  readonly problems: readonly Problem[];
  /** Why its children are answered as they are observed; undefined if they are the latest. */
  readonly hold: HoldReason | undefined;
  readonly resyncAfterSeconds: number | undefined;
}

/** Reads the spec, decides what goes out now, and says so: children, status and problems. */
export function desiredGateway(observed: Observed, settings: AgentGatewaySettings): DesiredGateway {
  const spec = readSpec(observed, settings);
  const pace = paceOf(observed, spec, settings);
  const pods = { ...spec.pods, resources: spec.resourcesFor(pace.admitted.length) };
  const { hold, resyncAfterSeconds } = pace;
  return {
    outcome: 'desired',
    children: gatewayChildren(observed, { pods, specHash: spec.specHash, pace }),
    status: statusWith(observed, [
      accepted(spec.complaints),
      resolvedRefs({
        agents: leftOut(observed.agents),
        notFound: spec.notFound,
        guardrails: observed.gateway.spec?.guardrails?.length ?? 0,
      }),
      programmed(observed, spec.specHash, pace),
    ]),
    problems: problemsOf(observed, spec),
    hold,
    resyncAfterSeconds,
  };
}

const PROBLEM_REASONS = {
  InvalidTimeout: 'InvalidTimeout',
  EnvironmentRefused: 'GatewayProblem',
  InvalidMetadata: 'GatewayProblem',
  InvalidQuantity: 'GatewayProblem',
} as const satisfies Record<SpecComplaint['reason'], ProblemReason>;

function problemsOf({ about, agents, problems }: Observed, { complaints, notFound }: GatewaySpec): Problem[] {
  return [
    ...problems,
    ...complaints.map(({ reason, message }): Problem => ({ reason: PROBLEM_REASONS[reason], about, message })),
    ...notFound.map((name): Problem => ({ reason: 'GatewayProblem', about, message: `${shown(name)} is not there` })),
    ...leftOut(agents).map(
      ({ id, why }): Problem => ({ reason: 'AgentLeftOut', about: `Agent ${shown(id)}`, message: why }),
    ),
  ];
}
