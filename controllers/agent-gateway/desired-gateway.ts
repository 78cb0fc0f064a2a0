import { callersNotes } from '../access/callers.ts';
import type { AccessCounts, DesiredObject, DesiredStatus } from '../contract.ts';
import { shown } from '../data/quote.ts';
import { settingNamed } from '../endpoint.ts';
import { CHILD_NOT_CREATED, missingResync } from '../engine/child-not-created.ts';
import { acceptedUnless, type Condition } from '../kubernetes/objects/conditions.ts';
import type { Problem, ProblemReason } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { accessCounts, accessNotes, accessProblems, closedAgents } from './access-notes.ts';
import { calledInPart, leftOut, type NotServed } from './agents/exposed-agents.ts';
import { selectionNotes } from './agents/selection.ts';
import { gatewayChildren } from './children/children.ts';
import { resourcesFor } from './children/resources.ts';
import type { Observed } from './observed.ts';
import { nearlyFull, programmed } from './programmed.ts';
import { type Pace, type PaceHold, paceOf } from './rollout/pace.ts';
import { gatewayRoute } from './route/gateway-route.ts';
import { type GatewayComplaint, type GatewaySpec, readSpec } from './spec.ts';
import { resolvedRefs, type Unresolved, wholeStatus } from './status.ts';
import { streamNotes } from './streams.ts';

/** A gateway that this controller makes. */
export interface DesiredGateway {
  readonly outcome: 'desired';
  readonly children: readonly [DesiredObject, ...DesiredObject[]];
  readonly status: DesiredStatus;
  /** The exposed agents that are not served, with the reason. */
  readonly leftOut: readonly NotServed[];
  /** The host names of its route whose calls go to another gateway. */
  readonly lostHostnames: readonly string[];
  readonly problems: readonly Problem[];
  readonly access: AccessCounts;
  /** Why its children are answered as they are observed; undefined if they are the latest. */
  readonly hold: PaceHold | undefined;
  readonly resyncAfterSeconds: number | undefined;
}

/** Reads the spec and decides what goes out now. Children, status and problems follow from that. */
export function desiredGateway(observed: Observed, all: Settings): DesiredGateway {
  const { agentGateway: settings, gatewayApi } = all;
  const spec = readSpec(observed, all);
  const pace = paceOf(observed, spec, settings);
  const pods = { ...spec.pods, resources: resourcesFor(spec.resources, pace.admitted) };
  const { route, hostnames, ...ofRoute } = gatewayRoute(
    observed,
    { child: pods, timeout: spec.choices.timeout },
    gatewayApi,
  );
  const children = gatewayChildren(observed, { ...spec, pods, route, pace });
  const condition = programmed(observed, { children, specHash: spec.specHash, pace });
  const agents = [...leftOut(observed.agents), ...noRoom(pace)];
  const inPart = calledInPart(observed.agents);
  const notes = notesOf(observed, { agents: pace.admitted, hostnames }, all);
  const complaints = [...spec.complaints, ...ofRoute.complaints];
  return {
    outcome: 'desired',
    children,
    status: wholeStatus(observed, [
      acceptedUnless(complaints, notes),
      resolvedRefs({
        agents,
        withheld: closedAgents(observed.agents, 'withheld'),
        inPart,
        notFound: spec.notFound,
        guardrails: observed.gateway.spec?.guardrails?.length ?? 0,
      }),
      condition,
      ...ofRoute.conditions,
    ]),
    leftOut: agents,
    lostHostnames: ofRoute.lostHostnames,
    access: accessCounts(observed.agents),
    problems: [
      ...problemsOf(observed, { ...spec, complaints }, { agents, inPart }),
      ...accessProblems(observed.agents),
      ...ofRoute.problems,
      ...notCreated(observed, condition),
      ...nearlyFullProblem(observed, pace),
    ],
    hold: pace.hold,
    resyncAfterSeconds: pace.resyncAfterSeconds ?? missingResync(condition),
  };
}

/** What holds for the gateway as its settings and rules want it. */
function notesOf(
  { agents, callers }: Observed,
  served: Parameters<typeof streamNotes>[0],
  { agentGateway, agentRoutes }: Settings,
): readonly string[] {
  return [
    ...selectionNotes(agentGateway),
    ...accessNotes(agents),
    ...streamNotes(served, agentRoutes),
    ...callersNotes(callers),
  ];
}

function nearlyFullProblem({ about }: Observed, pace: Pace): readonly Problem[] {
  const message = nearlyFull(pace);
  return message === undefined ? [] : [{ reason: 'ConfigNearlyFull', about, message }];
}

function notCreated({ about }: Observed, { reason, message }: Condition): readonly Problem[] {
  return reason === CHILD_NOT_CREATED ? [{ reason: 'GatewayProblem', about, message }] : [];
}

const PROBLEM_REASONS = {
  InvalidTimeout: 'InvalidTimeout',
  EnvironmentRefused: 'GatewayProblem',
  InvalidMetadata: 'GatewayProblem',
  InvalidQuantity: 'GatewayProblem',
  InvalidReplicas: 'GatewayProblem',
  InvalidHostname: 'GatewayProblem',
  InvalidPodSpec: 'GatewayProblem',
  PodSecurity: 'GatewayProblem',
  RefNotPermitted: 'GatewayProblem',
  UnknownAnnotation: 'UnknownAnnotation',
} as const satisfies Record<GatewayComplaint['reason'], ProblemReason>;

/** Agents that have to wait until their namespace has room, or until the limit is raised. */
function noRoom({ excess, room: { limit, setting } }: Pace): readonly NotServed[] {
  const why = `the configuration is full: its namespace has used its share of ${limit}`;
  return excess.map(({ id }) => ({ id, why, because: settingNamed(setting) }));
}

function problemsOf(
  { about, problems }: Observed,
  { complaints, notFound }: GatewaySpec,
  { agents, inPart }: Pick<Unresolved, 'agents' | 'inPart'>,
): Problem[] {
  return [
    ...problems,
    ...complaints.map(({ reason, message }): Problem => ({ reason: PROBLEM_REASONS[reason], about, message })),
    ...notFound.map((name): Problem => ({ reason: 'GatewayProblem', about, message: `${shown(name)} not found` })),
    ...agents.map(({ id, why }): Problem => ({ reason: 'AgentLeftOut', about: `Agent ${shown(id)}`, message: why })),
    ...inPart.map(({ id, why }): Problem => ({ reason: 'GatewayProblem', about: `Agent ${shown(id)}`, message: why })),
  ];
}
