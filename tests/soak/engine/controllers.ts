import type { Manifest } from '../../support/helm.ts';
import { KAOS, ROUTES, RUNTIME } from '../plan/manifests.ts';
import { CHILD_KINDS } from '../plan/observed.ts';

/** A kind by its API version and its name. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A DecoratorController as the chart makes it, as far as the stand-in needs it. */
export interface SoakController {
  readonly name: string;
  readonly parents: readonly Kind[];
  readonly children: readonly Kind[];
  readonly hasCustomize: boolean;
  /** Whether it is called again if only the status of a parent has changed. */
  readonly seesStatus: boolean;
}

export const CONTROLLERS: readonly SoakController[] = [
  {
    name: 'kaos-routes',
    parents: ['Agent', 'ModelAPI', 'MCPServer'].map((kind) => ({ apiVersion: KAOS, kind })),
    children: [{ apiVersion: ROUTES, kind: 'HTTPRoute' }],
    hasCustomize: false,
    seesStatus: false,
  },
  {
    name: 'agent-gateway',
    parents: [{ apiVersion: RUNTIME, kind: 'AgentGateway' }],
    children: Object.entries(CHILD_KINDS).map(([kind, [apiVersion]]) => ({ apiVersion, kind })),
    hasCustomize: true,
    seesStatus: true,
  },
];

/** The object of a controller, which the engine sends with each call. */
export function controllerObject({ name }: SoakController): Manifest {
  return { apiVersion: 'metacontroller.k8s.io/v1alpha1', kind: 'DecoratorController', metadata: { name }, spec: {} };
}

/** The kinds of the resources in rules of related objects. */
const KINDS_OF_RESOURCES: Readonly<Record<string, string>> = {
  agents: 'Agent',
  agentgatewayclasses: 'AgentGatewayClass',
  ...Object.fromEntries(Object.entries(CHILD_KINDS).map(([kind, [, resource]]) => [resource, kind])),
};

/** What a rule of the customize hook selects. */
export interface RelatedRule {
  readonly apiVersion: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly names?: readonly string[];
  readonly labelSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

export function kindOfRule({ apiVersion, resource }: RelatedRule): Kind {
  const kind = KINDS_OF_RESOURCES[resource];
  if (kind === undefined) {
    throw new Error(`the cluster has no ${resource} of ${apiVersion}`);
  }
  return { apiVersion, kind };
}

/** Whether an object is one that a rule asks for. An empty list of names asks for all. */
export function isSelected(rule: RelatedRule, object: Manifest): boolean {
  const { apiVersion, kind } = kindOfRule(rule);
  const { labels = {}, name, namespace } = object.metadata as Labelled;
  const wanted = Object.entries(rule.labelSelector?.matchLabels ?? {});
  return (
    object.apiVersion === apiVersion &&
    object.kind === kind &&
    (rule.namespace ?? namespace) === namespace &&
    (rule.names === undefined || rule.names.length === 0 || rule.names.includes(name)) &&
    wanted.every(([label, value]) => labels[label] === value)
  );
}

interface Labelled {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}
