import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { DesiredObject } from '../contract.ts';
import { sentence } from '../data/quote.ts';
import type { DeploymentStatus } from '../kubernetes/kinds/deployment-status.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import { type Condition, stampCondition } from '../kubernetes/objects/conditions.ts';
import { mapKey } from '../reading.ts';
import type { Settings } from '../settings.ts';
import { gatewayAddress, type Reached, serviceAddress } from './gateway/addresses.ts';
import { routeAccepted } from './gateway/route-accepted.ts';
import type { Observed } from './observed.ts';
import type { Complaint, Plan } from './plan.ts';
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

/** What a status tells of besides what is observed. */
interface Told {
  readonly plan: Plan;
  /** What the resource refers to and is not there. */
  readonly unresolved: readonly string[];
  readonly children: readonly DesiredObject[];
  /** Which of them the engine leaves as it is. */
  readonly notAdopted: string | undefined;
  /** An Agent's `linkedResources`. */
  readonly links: Readonly<Record<string, string>> | undefined;
}

export function statusOf(observed: Observed, told: Told, settings: Settings): RuntimeStatus {
  const { deployment } = observed;
  const { children, links } = told;
  const served = children.find((child) => mapKey(child) === mapKey(serviceReading));
  const address = served && observed.exposed ? gatewayAddress(observed, observed.gateway, settings) : undefined;
  const conditions = conditionsOf(observed, told);
  return {
    ...progress(deployment, told),
    ...(served && { endpoint: serviceAddress(asServed(observed, served), settings) }),
    ...(address !== undefined && { gatewayAddress: address }),
    ...(links && Object.keys(links).length > 0 && { linkedResources: links }),
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
function progress(deployment: DeploymentStatus | undefined, { plan, notAdopted }: Told): RuntimeStatus {
  if (plan.outcome === 'hold') {
    return { phase: plan.phase, ready: false, message: sentence(plan.message) };
  }
  const { readyReplicas = 0 } = deployment?.status ?? {};
  const ready = readyReplicas > 0;
  const replicas = `Deployment ready replicas: ${readyReplicas}/${deployment?.spec.replicas ?? 1}`;
  return { phase: ready ? 'Ready' : 'Pending', ready, message: notAdopted ?? replicas };
}

function conditionsOf(
  { deployment }: Observed,
  { plan, unresolved, children, notAdopted }: Told,
): readonly Condition[] {
  const missing = condition('ResolvedRefs', unresolvedRefs(unresolved));
  if (plan.outcome === 'run') {
    const conflict = notAdopted === undefined ? undefined : notProgrammed('NameConflict', notAdopted);
    return [condition('Accepted', plan.complaints), missing, conflict ?? programmed(deployment, children)];
  }
  const { phase, reason, message, complaints = [] } = plan;
  return [
    condition('Accepted', [...(plan.condition === 'Accepted' ? [{ reason, message }] : []), ...complaints]),
    missing,
    notProgrammed(plan.condition === 'Programmed' ? reason : phase, message),
  ];
}

function unresolvedRefs(names: readonly string[]): readonly Complaint[] {
  return names.length > 0 ? [{ reason: 'RefNotFound', message: names.join('; ') }] : [];
}

const SATISFIED = { Accepted: 'The resource is accepted', ResolvedRefs: 'All references are resolved' } as const;

function condition(type: keyof typeof SATISFIED, complaints: readonly Complaint[]): Condition {
  const [first] = complaints;
  return first
    ? {
        type,
        status: 'False',
        reason: first.reason,
        message: complaints.map(({ message }) => message).join('; '),
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
