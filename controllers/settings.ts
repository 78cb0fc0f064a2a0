import type { AccessRules } from './access/access-rules.ts';
import type { LabelSelector } from './label-selector.ts';

/** The settings of controllers. `webhooks/settings/settings.ts` reads them from the environment. */
export interface Settings {
  readonly gatewayApi: GatewayApiSettings;
  readonly access: AccessSettings;
  readonly agentGateway: AgentGatewaySettings;
  readonly agentRoutes: AgentRoutesSettings;
  readonly kaosRuntime: KaosRuntimeSettings;
}

/** Whether KAOS resources get HTTPRoutes, and the Gateway that the routes attach to. */
export type GatewayApiSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly gateway: { readonly name: string; readonly namespace: string; readonly sectionName?: string };
      /** Hostnames of the routes. Empty means those of the Gateway's listeners. */
      readonly hostnames: readonly string[];
      readonly timeouts: RouteTimeouts;
      readonly cors: RouteCors;
      /** The GatewayClass of the Gateway, if it is known. */
      readonly gatewayClassName: string | undefined;
      readonly defaultTimeouts: DefaultTimeouts;
    };

/** Which routes have timeouts. `supported`: all, unless the Gateway's class says that it does not support them. */
export const ROUTE_TIMEOUTS = ['always', 'supported', 'never'] as const;
type RouteTimeouts = (typeof ROUTE_TIMEOUTS)[number];

/** Which routes have the filter CORS, if the access rules have `cors`. `supported`: those whose Gateway's class says that it supports it. */
export const ROUTE_CORS = ['always', 'supported', 'never'] as const;
type RouteCors = (typeof ROUTE_CORS)[number];

/** Default timeouts of routes, as Gateway API durations. */
export interface DefaultTimeouts {
  readonly agent: string;
  readonly modelAPI: string;
  readonly mcp: string;
  readonly memoryStore: string;
}

/** KrakenD's levels, of which each logs the ones after it too: https://www.krakend.io/docs/logging/ */
export const KRAKEND_LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type KrakendLogLevel = (typeof KRAKEND_LOG_LEVELS)[number];

/** The gateways whose policies this service writes. `none`: no policy, so a route with a demand is withheld. */
export const ACCESS_DIALECTS = ['none', 'envoy-gateway', 'agentgateway'] as const;
export type AccessDialect = (typeof ACCESS_DIALECTS)[number];

/** Who may call, and by which policies the Gateway learns it. */
export interface AccessSettings {
  readonly rules: AccessRules;
  readonly dialect: AccessDialect;
  /** Whether gateways may read keys over http. */
  readonly httpJwks: boolean;
  /** Whether a route with a demand stays closed until the gateway has accepted its policies. */
  readonly awaitPolicies: boolean;
  /** How long after that it stays closed. */
  readonly settleSeconds: number;
}

/** Defaults for AgentGateways. */
export interface AgentGatewaySettings {
  /** The `spec.controller` of the classes whose gateways are ours. */
  readonly classController: string;
  readonly image: string;
  /** Whether a gateway with guardrails gets a warning or is refused. KrakenD has no guardrails. */
  readonly guardrails: 'warn' | 'refuse';
  /** The least severe lines that KrakenD writes. At DEBUG its plugin writes the bodies of all calls. */
  readonly logLevel: KrakendLogLevel;
  /** Namespaces whose agents may have a short path, `/<name>`. */
  readonly shortPathNamespaces: 'all' | readonly string[];
  /** Whether a card at a short path has the long path as its address. */
  readonly cardsNameLongPath: boolean;
  /** The Agents that gateways serve, and to which routes may lead. Undefined means all. */
  readonly agentSelector: LabelSelector | undefined;
  /** Largest `krakend.json`, in KiB. More agents go into settings files. */
  readonly configLimitKiB: number;
  /** The most that agents may take in settings files, in KiB; 0 if there are none. */
  readonly settingsLimitKiB: number;
  /** How long a pod keeps serving after its termination starts. */
  readonly preStopSeconds: number;
  /** Default requests and limits. */
  readonly resources: Resources;
  /** A partial PodSpec that is merged over the pods of all gateways. */
  readonly podSpec: Readonly<Record<string, unknown>>;
  /** What owners of gateways may add to their pods. */
  readonly podPolicy: PodPolicy;
  /** Key for the hashes of Secrets. If it is undefined, Secrets are not read. It is never logged. */
  readonly referenceHashKey: string | undefined;
}

/** Requests and limits of a pod, as Kubernetes quantities. */
export interface Resources {
  readonly requestsCpu: string;
  readonly requestsMemory: string;
  readonly limitsCpu: string;
  readonly limitsMemory: string;
}

/** Whether Agents of the agent runtime get HTTPRoutes straight to their Services. If so, the Gateway API is enabled. */
export type AgentRoutesSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      /** Hostnames of the routes. Empty means those of the Gateway's listeners. */
      readonly hostnames: readonly string[];
      /** Request timeout, as a Gateway API duration. */
      readonly timeout: string;
      readonly clusterDomain: string;
    };

/** Defaults for KAOS resources that this service runs. */
export interface KaosRuntimeSettings {
  /** Whether this service makes the pods of KAOS resources, so that it can say who may connect to them. */
  readonly enabled: boolean;
  /** Default images. If one is undefined, resources without an image of their own do not run. */
  readonly images: {
    readonly agent: string | undefined;
    readonly litellm: string | undefined;
    readonly ollama: string | undefined;
    readonly memoryService: string | undefined;
  };
  readonly telemetry: { readonly enabled: boolean; readonly endpoint: string | undefined };
  readonly logLevel: string;
  /** Namespace of the ConfigMap with the MCP runtimes. */
  readonly systemNamespace: string;
  readonly clusterDomain: string;
  /** Whether agents call models, MCP servers and each other through the Gateway. */
  readonly internalRouting: boolean;
  /** Address of the Gateway, `http://host:port`. If it is undefined, the address in the Gateway's status is used. */
  readonly gatewayAddress: string | undefined;
  /** Default requests and limits. Empty means none. */
  readonly resources: KubernetesResources;
  readonly podPolicy: PodPolicy;
  /** Whether the Services of MCPServers send all calls from one address to one pod. */
  readonly mcpSessionAffinity: SessionAffinity;
  /** Secret in the namespace of each ModelAPI with the key that callers of LiteLLM need. Undefined means that they need none. */
  readonly modelApiMasterKeySecret: string | undefined;
  readonly verifiedCallers: VerifiedCallers;
  readonly agentIdentity: AgentIdentity;
  /** Whether the cluster has the kind MemoryStore. Metacontroller calls no hook for a resource that asks for a missing kind. */
  readonly hasMemoryStores: boolean;
  /** Key for the hashes of Secrets. If it is undefined, Secrets are not read. It is never logged. */
  readonly referenceHashKey: string | undefined;
}

/** Which callers a policy at the Gateway identifies before a call reaches an agent: none, agents, or agents and users. */
export type VerifiedCallers = 'none' | 'agents' | 'users';

/** Whether each Agent has an account of its own and a token with which its calls say who they are. */
export type AgentIdentity =
  | { readonly provider: 'none' }
  | {
      readonly provider: 'serviceaccount';
      /** Who accepts the token. */
      readonly audience: string;
      readonly expirationSeconds: number;
    };

/** The Pod Security Standards of Kubernetes. */
export type PodSecurity = 'privileged' | 'baseline' | 'restricted';

/** The `sessionAffinity` of a Service. */
export type SessionAffinity = 'None' | 'ClientIP';

/** What users may give to their pods. */
export interface PodPolicy {
  readonly podSecurity: PodSecurity;
  /** Names that pods may use, with `*` for any text. Empty: those that KAOS's own fields name. */
  readonly serviceAccounts: readonly string[];
  readonly secrets: readonly string[];
  readonly priorityClasses: readonly string[];
}

/** Requests and limits of core/v1 ResourceRequirements. */
export interface KubernetesResources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}
