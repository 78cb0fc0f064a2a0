import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject } from '../contract.ts';
import { sentence } from '../data/quote.ts';
import type { DeploymentStatus } from '../kubernetes/kinds/deployment-status.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import { type Condition, stampCondition } from '../kubernetes/objects/conditions.ts';
import { mapKey } from '../reading.ts';
import type { Settings } from '../settings.ts';
import type { SpecComplaint } from './complaint.ts';
import { gatewayAddress, type Reached, serviceAddress } from './gateway/addresses.ts';
import { routeAccepted } from './gateway/route-accepted.ts';
import type { Hold } from './hold.ts';
import type { Observed } from './observed.ts';
import type { Decision, Plan } from './plan.ts';
import { notProgrammed, programmed } from './programmed.ts';

type Phase = 'Pending' | 'Waiting' | 'Ready' | 'Failed';

/** The whole status of a KAOS resource. */
export interface RuntimeStatus {
  readonly phase: Phase;
  readonly ready: boolean;
  readonly message: string;
  readonly endpoint?: string;
  readonly [field: string]: unknown;
}

/** The status follows from what is observed and what is decided; nothing is decided here. */
export function statusOf(observed: Observed, decision: Decision, settings: Settings): RuntimeStatus {
  const { deployment } = observed;
  const { plan, children, links } = decision;
  const served = children.find((child) => mapKey(child) === mapKey(serviceReading));
  const address = served && observed.exposed ? gatewayAddress(observed, observed.gateway, settings) : undefined;
  const conditions = conditionsOf(observed, decision);
  return {
    ...progress(observed, plan),
    ...(served && { endpoint: serviceAddress(asServed(observed, served), settings) }),
    ...(address !== undefined && { gatewayAddress: address }),
    ...(Object.keys(links).length > 0 && { linkedResources: links }),
    ...(deployment && { deployment: deploymentSummary(deployment) }),
    conditions: stamped(observed, [...conditions, ...routeAccepted(observed, settings)]),
  };
}

/** One that is kept may have another port than the spec asks for now. */
function asServed(observed: Observed, service: DesiredObject): Reached {
  const servicePort = Value.Check(WithPort, service) ? service.spec.ports[0].port : observed.naming.servicePort;
  return { ...observed, naming: { ...observed.naming, servicePort } };
}

const WithPort = Type.Object({ spec: Type.Object({ ports: Type.Tuple([Type.Object({ port: Type.Number() })]) }) });

/** KAOS calls a resource ready as soon as one pod is, of whatever spec; but never one that waits or has failed. */
function progress({ deployment, notAdopted }: Observed, plan: Plan): RuntimeStatus {
  if (plan.outcome === 'hold') {
    return { phase: plan.phase, ready: false, message: sentence(plan.message) };
  }
  const { readyReplicas = 0 } = deployment?.status ?? {};
  const ready = readyReplicas > 0;
  const replicas = `Deployment ready replicas: ${readyReplicas}/${deployment?.spec.replicas ?? 1}`;
  return { phase: ready ? 'Ready' : 'Pending', ready, message: notAdopted ?? replicas };
}

function conditionsOf(observed: Observed, decision: Decision): readonly Condition[] {
  const { plan, children, complaints, unresolved } = decision;
  const refusals = plan.outcome === 'hold' && plan.condition === 'Accepted' ? [plan] : [];
  const missing = unresolved.map((message) => ({ reason: 'RefNotFound', message }) as const);
  return [
    condition('Accepted', [...refusals, ...complaints]),
    condition('ResolvedRefs', missing),
    whyNotProgrammed(observed, plan) ?? programmed(observed.deployment, children),
  ];
}

/** Pods of a resource that is held, or that the engine does not know, are not those that its spec asks for. */
function whyNotProgrammed({ notAdopted }: Observed, plan: Plan): Condition | undefined {
  if (plan.outcome === 'hold') {
    return notProgrammed(plan.condition === 'Programmed' ? plan.reason : plan.phase, plan.message);
  }
  return notAdopted === undefined ? undefined : notProgrammed('NameConflict', notAdopted);
}

const SATISFIED = { Accepted: 'The resource is accepted', ResolvedRefs: 'All references are resolved' } as const;

/** What a condition that is False tells of. */
type Against = Pick<Hold | SpecComplaint, 'reason' | 'message'>;

/** True, or False with the first reason and all messages. */
function condition(type: keyof typeof SATISFIED, against: readonly Against[]): Condition {
  const [first] = against;
  return first
    ? {
        type,
        status: 'False',
        reason: first.reason,
        message: against.map(({ message }) => message).join('; '),
      }
    : { type, status: 'True', reason: type, message: SATISFIED[type] };
}

function stamped({ generation, now, conditions }: Observed, fresh: readonly Condition[]): readonly object[] {
  const moment = { observedGeneration: generation, now };
  return fresh.map((condition) => stampCondition(condition, conditions, moment));
}

/** A condition as KAOS's status has it. */
const DeploymentCondition = Type.Object({
  type: Type.String(),
  status: Type.String(),
  reason: Type.String({ minLength: 1 }),
  message: Type.String(),
  lastTransitionTime: Type.String(),
});

/** KAOS leaves counts of zero out. */
function deploymentSummary({ status = {} }: DeploymentStatus): object {
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
