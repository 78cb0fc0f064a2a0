import { type Access, accessOf } from '../access/access-of.ts';
import { type Callers, callersOf } from '../access/callers.ts';
import type { DesiredObject, ObservedObject, Snapshot } from '../contract.ts';
import { echo } from '../engine/echo.ts';
import { fitting } from '../engine/fitting.ts';
import { type ConfigMap, configMapReading, type Secret, secretReading } from '../kubernetes/kinds/config-map.ts';
import { type Deployment, deploymentReading } from '../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../kubernetes/kinds/network-policy.ts';
import { controllerUid } from '../kubernetes/kinds/owner.ts';
import { type PodDisruptionBudget, podDisruptionBudgetReading } from '../kubernetes/kinds/pod-disruption-budget.ts';
import { serviceReading } from '../kubernetes/kinds/service.ts';
import { progressing } from '../kubernetes/objects/deployment-rollout.ts';
import { secondsOf } from '../kubernetes/values/time.ts';
import type { Problem } from '../problem.ts';
import { type Agent, agentReading } from '../resources/agentic-layer/agent.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassReading } from '../resources/agentic-layer/agent-gateway-class.ts';
import { withSelectedAgents } from '../resources/agentic-layer/selected-agents.ts';
import type { Settings } from '../settings.ts';
import { accessToAgents, guardsOf } from './agents/agent-access.ts';
import { type ExposedAgent, exposedAgents } from './agents/exposed-agents.ts';
import { type FilesInUse, filesInUse } from './children/config-files.ts';
import { KRAKEND_HASH_ANNOTATION, SPEC_HASH_ANNOTATION } from './children/deployment.ts';
import { type Claim, claim, whyNotClaimed } from './claim.ts';
import type { Guard } from './krakend/guard.ts';
import { agentsIn, filesHash, formOf } from './krakend/krakend-files.ts';
import { whyNameConflict } from './name-conflict.ts';
import type { ConfiguredAgents } from './rollout/agent-changes.ts';
import { type ObservedRoute, observeRoute } from './route/observed-route.ts';

/** A gateway, and everything in the cluster that its answer depends on. */
export interface Observed {
  readonly gateway: AgentGateway;
  /** `AgentGateway namespace/name`, for messages. */
  readonly about: string;
  readonly now: string;
  readonly deleting: boolean;
  readonly claim: Claim;
  /** The mistake because of which the gateway is not ours, if it is one. */
  readonly whyNotClaimed: string | undefined;
  /** Who may connect to its pods, by the access rules; undefined if everybody may. */
  readonly callers: Callers | undefined;
  /** The foreign object that already has a child's name, if any. */
  readonly nameConflict: string | undefined;
  /** The access to the gateway itself. Its `from` is for a NetworkPolicy; KrakenD enforces the rest at the endpoints of agents. */
  readonly access: Access;
  /** What the access rules may demand of callers of any agent. */
  readonly guards: readonly Guard[];
  readonly agents: readonly ExposedAgent[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  /** The budgets in its namespace that the gateway does not control. */
  readonly budgetsOfOthers: readonly PodDisruptionBudget[];
  /** The observed children in the form of an answer. To answer them again is to keep them. */
  readonly children: readonly DesiredObject[];
  /** The same children as they were sent. */
  readonly observedChildren: readonly ObservedObject[];
  readonly serving: ObservedServing;
  readonly routes: ObservedRoute;
  readonly problems: readonly Problem[];
}

/** What the gateway's pods read now. */
interface ObservedServing extends FilesInUse {
  readonly deployment: Deployment | undefined;
  /** These ConfigMaps, and those of older configurations. */
  readonly allConfigMaps: readonly ConfigMap[];
  readonly configHash: string | undefined;
  /** Whether `configHash` is the hash of the files. */
  readonly isIntact: boolean;
  /** Whether pods of ours may read other files than these. The Go operator's pods are not ours. */
  readonly isUnknown: boolean;
  /** The agents of the files; undefined if this controller did not write them. */
  readonly agents: ConfiguredAgents | undefined;
}

/** Reads a sync request: narrowed, sorted, and with a problem for each object that does not fit. */
export function observe(snapshot: Snapshot<AgentGateway>, { access: { rules }, agentGateway }: Settings): Observed {
  const { parent: gateway, children, finalizing, now } = snapshot;
  const related = withSelectedAgents(snapshot.related, agentGateway.agentSelector);
  const { name, namespace, uid, deletionTimestamp } = gateway.metadata;
  const agents = fitting(agentReading, related);
  const classes = fitting(agentGatewayClassReading, related);
  const configMaps = fitting(configMapReading, related);
  const secrets = fitting(secretReading, related);
  const budgets = fitting(podDisruptionBudgetReading, related);
  const { serving, problems } = observeServing(name, children);
  const routes = observeRoute(gateway, children, related);
  const access = accessOf(gateway, rules);
  const callers = callersOf(access);
  const latest = latestPossibleTime(agents.items, serving, now);
  return {
    gateway,
    about: `AgentGateway ${namespace}/${name}`,
    now,
    deleting: finalizing || deletionTimestamp !== undefined,
    claim: claim(gateway, classes.items, agentGateway),
    whyNotClaimed: whyNotClaimed(gateway, classes.items, agentGateway),
    callers,
    nameConflict: whyNameConflict(gateway, { agents: agents.items, related, callers }),
    access,
    guards: guardsOf(access, rules),
    agents: exposedAgents(agents, { latest, accessTo: accessToAgents(access, rules) }),
    configMaps: configMaps.items,
    secrets: secrets.items,
    budgetsOfOthers: budgets.items.filter((budget) => uid === undefined || controllerUid(budget) !== uid),
    children: children.flatMap((child) => echo(child.value)),
    observedChildren: children,
    serving,
    routes,
    problems: [
      ...problems,
      ...[agents, classes, configMaps, secrets, budgets, routes].flatMap((found) => found.problems),
    ],
  };
}

/** How far our clock may be behind the API server's before a true time looks like a future one. */
const MOST_CLOCK_LAG_SECONDS = 60;

/**
 * The latest time that can be true, in seconds since 1970: by our clock, or by times that only the API server and the Deployment
 * controller write.
 */
function latestPossibleTime(agents: readonly Agent[], { deployment }: ObservedServing, now: string): number {
  const times = [
    (secondsOf(now) ?? 0) + MOST_CLOCK_LAG_SECONDS,
    secondsOf(progressing(deployment)?.lastUpdateTime) ?? 0,
    ...agents.map(({ metadata }) => secondsOf(metadata.creationTimestamp) ?? 0),
  ];
  return times.reduce((latest, time) => Math.max(latest, time), 0);
}

function observeServing(gatewayName: string, children: readonly ObservedObject[]) {
  const configMaps = fitting(configMapReading, children);
  const deployments = fitting(deploymentReading, children);
  const deployment = deployments.items.find(({ metadata }) => metadata.name === gatewayName);
  const inUse = filesInUse(gatewayName, deployment, configMaps.items);
  const configHash = deployment?.spec.template.metadata?.annotations?.[KRAKEND_HASH_ANNOTATION];
  const isOurs = deployment?.metadata.annotations?.[SPEC_HASH_ANNOTATION] !== undefined;
  const isIntact = inUse.files !== undefined && filesHash(inUse.files) === configHash;
  const serving: ObservedServing = {
    ...inUse,
    deployment,
    allConfigMaps: configMaps.items,
    configHash,
    isIntact,
    isUnknown: isOurs && !isIntact,
    agents: agentsOf(inUse, isIntact),
  };
  const services = fitting(serviceReading, children);
  const policies = fitting(networkPolicyReading, children);
  return { serving, problems: [configMaps, deployments, services, policies].flatMap((found) => found.problems) };
}

/** Settings files count only as they were written, because the addresses in them are not checked again. */
function agentsOf({ files }: FilesInUse, isIntact: boolean): ConfiguredAgents | undefined {
  const isRead = files !== undefined && (isIntact || formOf(files) === 'one-file');
  const agents = isRead ? agentsIn(files) : undefined;
  return agents && new Map(agents.map((agent) => [agent.id, agent]));
}
