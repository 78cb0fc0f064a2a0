import { callersNotes, callersOf } from '../access/callers.ts';
import type { DesiredObject } from '../contract.ts';
import { sentence } from '../data/quote.ts';
import type { Deployment } from '../kubernetes/kinds/deployment.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import {
  acceptedUnless,
  type Condition,
  type Objection,
  type ReportedCondition,
  resolvedUnless,
  stampCondition,
} from '../kubernetes/objects/conditions.ts';
import { mapKey } from '../reading.ts';
import type { Settings } from '../settings.ts';
import { type Static, Type, Value } from '../typebox.ts';
import { type CallTarget, gatewayAddress, serviceAddress } from './gateway/addresses.ts';
import { routeConditions } from './gateway/route-conditions.ts';
import { ownRouteRefusal } from './gateway/route-refusal.ts';
import type { Observed } from './observed.ts';
import type { Decision, Plan } from './plan.ts';
import { hasPolicy } from './workload/network-policy.ts';

type Phase = 'Pending' | 'Waiting' | 'Ready' | 'Failed';

/** The whole status of a KAOS resource. The fields and the phases are KAOS's; the conditions are added here. */
export interface RuntimeStatus {
  readonly phase: Phase;
  readonly ready: boolean;
  readonly message: string;
  readonly endpoint?: string;
  readonly [field: string]: unknown;
}

/** The status, which follows from the decision and the observed objects. */
export function statusOf(observed: Observed, decision: Decision, settings: Settings): RuntimeStatus {
  const { deployment } = observed;
  const { plan, children, links } = decision;
  const service = children.find((child) => mapKey(child) === mapKey(serviceReading));
  const hasRoute = observed.exposed && ownRouteRefusal(observed, settings) === undefined;
  const address = service && hasRoute ? gatewayAddress(observed, observed.gateway, settings) : undefined;
  const conditions = conditionsOf(observed, decision);
  return {
    ...progress(observed, plan),
    ...(service && { endpoint: serviceAddress(targetAt(observed, service), settings) }),
    ...(address !== undefined && { gatewayAddress: address }),
    ...(Object.keys(links).length > 0 && { linkedResources: links }),
    ...(deployment && { deployment: deploymentSummary(deployment) }),
    conditions: stamped(observed, [...conditions, ...decision.conditions, ...routeConditions(observed, settings)]),
  };
}

/** The resource at the port of this Service. A Service that is kept can have another port than the spec asks for now. */
function targetAt(observed: Observed, service: DesiredObject): CallTarget {
  const servicePort = Value.Check(WithPort, service) ? service.spec.ports[0].port : observed.naming.servicePort;
  return { ...observed, naming: { ...observed.naming, servicePort } };
}

const WithPort = Type.Object({ spec: Type.Object({ ports: Type.Tuple([Type.Object({ port: Type.Number() })]) }) });

/** Ready, as in KAOS, means that one pod is ready, even one of an older spec. A held resource is never ready. */
function progress({ deployment, notAdopted }: Observed, plan: Plan): RuntimeStatus {
  if (plan.outcome === 'hold') {
    return { phase: plan.phase, ready: false, message: sentence(plan.message) };
  }
  const { readyReplicas = 0 } = deployment?.status ?? {};
  const ready = readyReplicas > 0;
  const replicas = `Deployment ready replicas: ${readyReplicas}/${deployment?.spec.replicas ?? 1}`;
  return { phase: ready ? 'Ready' : 'Pending', ready, message: notAdopted ?? replicas };
}

function conditionsOf({ access, naming }: Observed, decision: Decision): readonly Condition[] {
  const { plan, children, complaints, unresolved, unreachable } = decision;
  const refusals = plan.outcome === 'hold' && plan.condition === 'Accepted' ? [plan] : [];
  const missing = unresolved.map((message): Objection => ({ reason: 'RefNotFound', message }));
  const refused = unreachable.map((message): Objection => ({ reason: 'RefNotPermitted', message }));
  const notes = hasPolicy(children, naming) ? callersNotes(callersOf(access)) : [];
  return [
    acceptedUnless([...refusals, ...complaints], notes),
    resolvedUnless([...missing, ...refused]),
    decision.programmed,
  ];
}

function stamped({ generation, now, conditions }: Observed, fresh: readonly ReportedCondition[]): readonly object[] {
  const moment = { observedGeneration: generation, now };
  return fresh.map((condition) => stampCondition(condition, conditions, moment));
}

/** A condition in the form of KAOS's status. */
const DeploymentCondition = Type.Object({
  type: Type.String(),
  status: Type.String(),
  reason: Type.String({ minLength: 1 }),
  message: Type.String(),
  lastTransitionTime: Type.String(),
});

/** `status.deployment`. As in KAOS, a count of zero is left out. */
function deploymentSummary({ status = {} }: Deployment): object {
  const { replicas, readyReplicas, availableReplicas, updatedReplicas } = status;
  const counts = Object.entries({ replicas, readyReplicas, availableReplicas, updatedReplicas });
  const conditions = (status.conditions ?? []).filter((found) => isCondition(found)).map(conditionSummary);
  return {
    ...Object.fromEntries(counts.filter(([, count]) => count !== undefined && count > 0)),
    ...(conditions.length > 0 && { conditions }),
  };
}

function isCondition(value: unknown): value is Static<typeof DeploymentCondition> {
  return Value.Check(DeploymentCondition, value);
}

function conditionSummary({ type, status, reason, message, lastTransitionTime }: Static<typeof DeploymentCondition>) {
  return { type, status, reason, message, lastTransitionTime };
}
