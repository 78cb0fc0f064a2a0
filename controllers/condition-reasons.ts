/** The reasons of the conditions of an AgentGateway, each with its meaning. The reference pages print them. */
export const GATEWAY_REASONS = {
  Accepted: {
    Accepted: 'The gateway is made as its spec says.',
    ClassNotFound: 'Its AgentGatewayClass no longer exists. Existing children stay as they are.',
    InvalidName: 'Its name is not a valid Service name, so it has no children.',
    SpecTooLarge: 'Its spec has too many values or levels. Existing children stay as they are.',
    NameConflict: 'An object with the name of a child has another owner, or an Agent has the name of the gateway.',
    InvalidTimeout: 'spec.timeout is not valid. The default is used.',
    EnvironmentRefused: 'A variable of spec.env or spec.envFrom would break KrakenD and is left out.',
    InvalidMetadata: 'A label or an annotation of spec.podMetadata is not valid and is left out.',
    InvalidQuantity: 'An annotation with a request or a limit is not valid. The default is used.',
    InvalidReplicas: 'spec.replicas, or the annotation about autoscaling, is not valid.',
    InvalidHostname: 'A host name in the annotation about them is not valid and is left out.',
    InvalidPodSpec: 'Kubernetes would refuse a part of the pod overrides, so that part is left out.',
    PodSecurity: 'A part of the pod overrides is beyond the Pod Security Standard and is left out.',
    RefNotPermitted: 'A pod may not use a service account, a Secret or a priority class that its overrides name.',
    UnknownAnnotation: 'An annotation with the prefix of this service has no effect on the gateway.',
  },
  ResolvedRefs: {
    ResolvedRefs: 'All agents are served, and all references exist.',
    GuardrailsNotSupported: 'spec.guardrails has an entry, and KrakenD has no guardrails.',
    RefNotFound: 'A ConfigMap, Secret or key of its environment does not exist.',
    AccessWithheld:
      'Some exposed agents are not served, because KrakenD cannot meet what an access rule demands. The message names them.',
    AgentsLeftOut: 'Some exposed agents are not served. The message names them.',
    AddressInPart: 'Some agents are called without a part of their status.url.',
  },
  Programmed: {
    Programmed: 'All pods have the latest configuration.',
    Pending: 'A rollout is in progress, or changes are being collected. While it is Unknown, children are being made.',
    RolloutFailed: 'The pods did not become available in time.',
    ChildNotCreated: 'The API server refuses a child. The message has the command that shows why.',
    ConfigTooLarge:
      'The configuration is larger than AGENT_GATEWAY_CONFIG_LIMIT_KIB. The last one that fits stays in use.',
    GuardrailsNotSupported: 'The gateway has guardrails, and AGENT_GATEWAY_GUARDRAILS is refuse.',
  },
  RouteAccepted: {
    Accepted: 'The Gateway accepts the HTTPRoute. Other reasons are those that the Gateway reports.',
    Pending: 'The Gateway has not reported yet.',
    GatewayDisabled: 'GATEWAY_API_ENABLED is false, so there is no HTTPRoute.',
    InvalidHostname: 'No host name of the gateway is valid, so there is no HTTPRoute.',
    NameConflict: 'An HTTPRoute of others has the name of the gateway.',
    HostnameConflict: 'Another AgentGateway has a host name too, and gets its calls, because its HTTPRoute is older.',
  },
} as const satisfies Reasons;

/** The same for KAOS resources that the KAOS runtime runs. */
export const KAOS_REASONS = {
  Accepted: {
    Accepted: 'The resource runs as its spec says.',
    InvalidName: 'The name of its Service would not be valid, so it has no children.',
    SpecTooLarge: 'Its spec has too many values or levels.',
    NameConflict: 'An object with the name of a child has another owner.',
    IncompleteSpec: 'A field that its kind needs is missing or not valid.',
    ModelNotSupported: 'The ModelAPI does not list the model of the Agent.',
    NoMode: 'spec.mode of the ModelAPI is not set.',
    NoProxyConfig: 'spec.proxyConfig of the ModelAPI is not set.',
    InvalidConfigYaml: 'LiteLLM would not start with this configYaml.',
    InvalidProvider: 'spec.proxyConfig.provider is not valid.',
    InvalidServiceAccountName: 'spec.serviceAccountName is not a valid name.',
    InvalidMemoryReadScope: 'The Agent asks for a wider scope of memory than its MemoryStore or the settings permit.',
    NoRuntimeRegistry: 'The ConfigMap with the runtimes of MCPServers is missing or not valid.',
    UnknownRuntime: 'The ConfigMap does not have the runtime that the MCPServer names.',
    InvalidRuntime: 'The entry of that runtime is not valid.',
    NoImage: 'There is no image: neither the resource nor the settings name one.',
    RefNotPermitted: 'A pod may not use a service account, a Secret or a priority class that the spec names.',
    FromNotEnforced: 'The access rules say who may connect to its pods, but they have hostNetwork, so it does not run.',
    EnvironmentRefused: 'A variable of the container is not valid and is left out.',
    EnvironmentMissing: 'A variable that the runtime needs is missing.',
    InvalidContainer: 'A part of spec.container is not valid and is left out.',
    InvalidPodSpec: 'Kubernetes would refuse a part of spec.podSpec, so that part is left out.',
    InvalidApiKey: 'spec.proxyConfig.apiKey is not valid and is left out.',
    InvalidMasterKey: 'LiteLLM may not start, because of the key that callers need.',
    InvalidMetadata: 'A label or an annotation for the pods is not valid and is left out.',
    NoEffect: 'A field has no effect, or is not known.',
    NoMemoryStore: 'A field of the memory has no effect without a MemoryStore.',
    NoModel: 'The ModelAPI in mode Hosted names no model to load.',
    PodSecurity: 'A part of the pod is beyond the Pod Security Standard and is left out.',
    PortMismatch: 'The container listens at another port than the Service calls.',
    TelemetryNotSupported: 'The telemetry that the spec asks for does not exist for this kind.',
    UnknownAnnotation: 'An annotation with the prefix of this service has no effect on this kind.',
  },
  ResolvedRefs: {
    ResolvedRefs: 'All objects that it refers to exist and can be used.',
    RefNotFound: 'The message names the missing ModelAPI, MCPServers, agents or MemoryStore.',
    RefNotPermitted: 'The access rules do not let its pods call what it refers to. The message names it.',
  },
  Programmed: {
    Programmed: 'All pods have the latest spec.',
    Pending: 'A rollout is in progress. While it is Unknown, children are being made.',
    Waiting: 'It waits for an object that does not exist or is not ready. Its own pods keep running.',
    Failed: 'Its spec is not valid, as Accepted says. Its pods keep running.',
    Deleting: 'It is being deleted, but a finalizer keeps it.',
    RolloutFailed: 'The pods did not become available in time.',
    ChildNotCreated: 'The API server refuses a child. The message has the command that shows why.',
    NameConflict: 'A child lacks the label of Metacontroller, so Metacontroller does not adopt it.',
  },
  RouteAccepted: {
    Accepted: 'The Gateway accepts the HTTPRoute. Other reasons are those that the Gateway reports.',
    Pending: 'The Gateway has not reported yet.',
    NameConflict: 'An HTTPRoute of others has the name of the route.',
    AccessDenied: 'The access rules deny all calls, so there is no HTTPRoute.',
    AccessWithheld: 'The Gateway cannot check what the access rules demand, so there is no HTTPRoute.',
  },
  MemoryDegraded: {
    MemoryHealthy: 'The memory of the Agent works.',
    MemoryStoreNotReady: 'The MemoryStore does not exist or is not ready.',
  },
  Ready: {
    InvalidMemoryReadScope: 'As in Accepted. KAOS has the condition Ready only for this reason.',
  },
} as const satisfies Reasons;

/** The same for an AccessGrant. */
export const GRANT_REASONS = {
  Enforced: { AuthorizationDisabled: 'This service enforces no AccessGrant.' },
} as const satisfies Reasons;

type Reasons = Readonly<Record<string, Readonly<Record<string, string>>>>;

type ReasonIn<Table> = { [Type in keyof Table]: keyof Table[Type] }[keyof Table];

/** A reason that this service gives in a condition. */
export type ConditionReason =
  | ReasonIn<typeof GATEWAY_REASONS>
  | ReasonIn<typeof KAOS_REASONS>
  | ReasonIn<typeof GRANT_REASONS>;

export type GatewayAcceptedReason = keyof typeof GATEWAY_REASONS.Accepted;
export type GatewayUnresolvedReason = keyof typeof GATEWAY_REASONS.ResolvedRefs;
export type GatewayProgrammedReason = keyof typeof GATEWAY_REASONS.Programmed;
export type KaosAcceptedReason = keyof typeof KAOS_REASONS.Accepted;
