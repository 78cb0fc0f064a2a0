import type { AccessRules } from '../../controllers/access/access-rules.ts';
import type { Reply } from '../../controllers/contract.ts';
import { kaosRoutes } from '../../controllers/kaos-routes/controller.ts';
import { secondsOf } from '../../controllers/kubernetes/values/time.ts';
import type { AccessDialect, Settings } from '../../controllers/settings.ts';
import { observedObjects } from '../../webhooks/wire/object-map.ts';
import { type KubernetesObject, objectMap } from './gateways.ts';
import { testSettings } from './service.ts';

/** The children of one resource in a cluster whose Metacontroller applies each answer. */
export interface RouteCluster {
  readonly parent: KubernetesObject;
  readonly children: readonly KubernetesObject[];
  /** Seconds since the start. */
  readonly seconds: number;
}

const START = secondsOf('2026-06-01T00:00:00Z') ?? 0;
const timeAt = (seconds: number) => new Date((START + seconds) * 1000).toISOString().replace('.000', '');

export const AGENT: KubernetesObject = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'Agent',
  metadata: { name: 'desk', namespace: 'team', uid: 'uid-of-desk' },
  spec: { modelAPI: 'llm', model: 'm' },
};

export function newCluster(parent = AGENT): RouteCluster {
  return { parent, children: [], seconds: 0 };
}

export function accessSettings(rules: AccessRules, dialect: AccessDialect = 'envoy-gateway'): Settings {
  const settings = testSettings().controllers;
  return { ...settings, access: { ...settings.access, rules, dialect } };
}

/** One sync: the answer, and the cluster after it. */
export function synced(
  cluster: RouteCluster,
  settings: Settings,
): { readonly reply: Reply; readonly cluster: RouteCluster } {
  const { parent, children, seconds } = cluster;
  const observed = observedObjects(objectMap(children));
  const reply = kaosRoutes.sync(
    { parent, children: observed, related: [], finalizing: false, now: timeAt(seconds) },
    settings,
  );
  if (reply.outcome === 'refuse') {
    throw new Error(JSON.stringify(reply));
  }
  const desired = reply.outcome === 'apply' ? (reply.children as readonly object[] as readonly KubernetesObject[]) : [];
  return { reply, cluster: { ...cluster, children: desired.map((child) => stored(child, cluster)) } };
}

/** A child as the API server stores it: another spec is another generation, and the status stays. */
function stored(child: KubernetesObject, { children, seconds }: RouteCluster): KubernetesObject {
  const own = children.find(({ kind, metadata }) => kind === child.kind && metadata.name === child.metadata.name);
  const generation = Number(own?.metadata['generation'] ?? 0);
  const isSame = own !== undefined && JSON.stringify(own['spec']) === JSON.stringify(child['spec']);
  return {
    ...child,
    metadata: {
      ...child.metadata,
      generation: isSame ? generation : generation + 1,
      managedFields: isSame ? own.metadata['managedFields'] : [{ manager: 'metacontroller', time: timeAt(seconds) }],
    },
    ...(own?.['status'] !== undefined && { status: own['status'] }),
  };
}

/** The gateway reports about the policies of a kind, by default that it accepts them. Without a change of status the time stays. */
export function reported(
  cluster: RouteCluster,
  condition: Readonly<Record<string, unknown>> = {},
  kind?: string,
): RouteCluster {
  const children = cluster.children.map((child) =>
    child.kind === 'HTTPRoute' || (kind !== undefined && child.kind !== kind)
      ? child
      : { ...child, status: { ancestors: [{ conditions: [conditionOf(child, condition, cluster.seconds)] }] } },
  );
  return { ...cluster, children };
}

function conditionOf(child: KubernetesObject, condition: Readonly<Record<string, unknown>>, seconds: number) {
  const before = (child['status'] as { ancestors: [{ conditions: [Record<string, unknown>] }] } | undefined)
    ?.ancestors[0].conditions[0];
  const next = { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'taken', ...condition };
  const lastTransitionTime = before?.['status'] === next.status ? before['lastTransitionTime'] : timeAt(seconds);
  return { observedGeneration: child.metadata['generation'], ...next, lastTransitionTime };
}

export function later(cluster: RouteCluster, seconds: number): RouteCluster {
  return { ...cluster, seconds: cluster.seconds + seconds };
}

interface Rule {
  readonly backendRefs?: readonly object[];
}

/** Whether the route leads to its backend; undefined if there is no route. */
export function isOpen({ children }: RouteCluster): boolean | undefined {
  const route = children.find(({ kind }) => kind === 'HTTPRoute');
  const rules = (route?.['spec'] as { rules: readonly Rule[] } | undefined)?.rules;
  return rules?.some(({ backendRefs }) => backendRefs !== undefined);
}

export const kindsOf = ({ children }: RouteCluster) =>
  children.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
