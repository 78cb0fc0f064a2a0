/** A call of `kubectl get`, and the words for people. */
interface KindLook {
  readonly kind: string;
  /** Resource with its group, as kubectl takes it. */
  readonly resource: string;
  readonly args: readonly string[];
  /** Not asked for if the CRDs were read and this one is not among them. */
  readonly needsCrd?: true;
}

const OWN = 'app.kubernetes.io/name=agent-gateway-hooks';
const ENGINE_NAMES = 'metacontroller,metacontroller-helm';

/** The kinds that controllers of this service and their gateways may need. */
const CRDS: readonly string[] = [
  ...['compositecontrollers', 'controllerrevisions', 'decoratorcontrollers'].map(
    (name) => `${name}.metacontroller.k8s.io`,
  ),
  ...['gatewayclasses', 'gateways', 'httproutes'].map((name) => `${name}.gateway.networking.k8s.io`),
  ...['accessgrants', 'agents', 'mcpservers', 'memorystores', 'modelapis'].map((name) => `${name}.kaos.tools`),
  ...['agentgatewayclasses', 'agentgateways', 'agents'].map((name) => `${name}.runtime.agentic-layer.ai`),
  ...['backendtrafficpolicies', 'securitypolicies'].map((name) => `${name}.gateway.envoyproxy.io`),
  ...['agentgatewaybackends', 'agentgatewaypolicies'].map((name) => `${name}.agentgateway.dev`),
];

/** With who wrote which field. */
const WRITERS = '--show-managed-fields';

const everywhere = (kind: string, resource: string, ...args: readonly string[]): KindLook => ({
  kind,
  resource,
  args: ['--all-namespaces', ...args],
});
const clusterWide = (kind: string, resource: string, ...args: readonly string[]): KindLook => ({
  kind,
  resource,
  args,
});
const custom = (kind: string, resource: string, ...args: readonly string[]): KindLook => ({
  kind,
  resource,
  args: ['--all-namespaces', ...args],
  needsCrd: true,
});

/** Everything that is read, in this order. Secrets are never read. */
const LOOKS = {
  crds: clusterWide(
    'CustomResourceDefinition',
    'customresourcedefinitions.apiextensions.k8s.io',
    ...CRDS,
    '--ignore-not-found',
  ),
  deployments: everywhere(
    'Deployment',
    'deployments.apps',
    `--selector=app.kubernetes.io/name in (agent-gateway-hooks,${ENGINE_NAMES})`,
    WRITERS,
  ),
  statefulSets: everywhere(
    'StatefulSet',
    'statefulsets.apps',
    `--selector=app.kubernetes.io/name in (${ENGINE_NAMES})`,
  ),
  pods: everywhere('Pod', 'pods', `--selector=app.kubernetes.io/name in (agent-gateway-hooks,${ENGINE_NAMES})`),
  services: everywhere('Service', 'services', `--selector=${OWN}`, WRITERS),
  configMaps: everywhere('ConfigMap', 'configmaps', `--selector=${OWN}`, WRITERS),
  networkPolicies: everywhere('NetworkPolicy', 'networkpolicies.networking.k8s.io', `--selector=${OWN}`),
  leases: everywhere('Lease', 'leases.coordination.k8s.io', '--field-selector=metadata.name=metacontroller'),
  kaosOperators: everywhere(
    'Deployment',
    'deployments.apps',
    '--field-selector=metadata.name=kaos-operator-controller-manager',
  ),
  gatewayOperators: everywhere(
    'Deployment',
    'deployments.apps',
    '--field-selector=metadata.name=agent-gateway-krakend-operator-controller-manager',
  ),
  clusterRoles: clusterWide('ClusterRole', 'clusterroles.rbac.authorization.k8s.io', WRITERS),
  clusterRoleBindings: clusterWide('ClusterRoleBinding', 'clusterrolebindings.rbac.authorization.k8s.io'),
  admissionPolicies: clusterWide(
    'ValidatingAdmissionPolicy',
    'validatingadmissionpolicies.admissionregistration.k8s.io',
    `--selector=${OWN}`,
  ),
  decorators: custom('DecoratorController', 'decoratorcontrollers.metacontroller.k8s.io', WRITERS),
  composites: custom('CompositeController', 'compositecontrollers.metacontroller.k8s.io', WRITERS),
  events: everywhere('Event', 'events', '--field-selector=type=Warning'),
  namespaces: clusterWide('Namespace', 'namespaces'),
  gatewayClasses: custom('GatewayClass', 'gatewayclasses.gateway.networking.k8s.io'),
  gateways: custom('Gateway', 'gateways.gateway.networking.k8s.io', WRITERS),
  routes: custom('HTTPRoute', 'httproutes.gateway.networking.k8s.io'),
  agentGatewayClasses: custom('AgentGatewayClass', 'agentgatewayclasses.runtime.agentic-layer.ai', WRITERS),
  agentGateways: custom('AgentGateway', 'agentgateways.runtime.agentic-layer.ai'),
  runtimeAgents: custom('Agent', 'agents.runtime.agentic-layer.ai'),
  kaosAgents: custom('Agent', 'agents.kaos.tools'),
  modelApis: custom('ModelAPI', 'modelapis.kaos.tools'),
  mcpServers: custom('MCPServer', 'mcpservers.kaos.tools'),
  memoryStores: custom('MemoryStore', 'memorystores.kaos.tools'),
  accessGrants: custom('AccessGrant', 'accessgrants.kaos.tools'),
} as const satisfies Readonly<Record<string, KindLook>>;

/** The name of a call. */
export type LookName = keyof typeof LOOKS;

/** The names in the order of the calls. */
export const LOOK_NAMES = Object.keys(LOOKS) as readonly LookName[];

export function lookAt(name: LookName): KindLook {
  return LOOKS[name];
}

/** The calls whose objects are parents of controllers, or have them as owners. */
export const KAOS_LOOKS = [
  'kaosAgents',
  'modelApis',
  'mcpServers',
  'memoryStores',
] as const satisfies readonly LookName[];
