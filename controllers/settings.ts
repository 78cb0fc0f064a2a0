/** The operator's choices that controllers go by. `webhooks/settings/settings.ts` reads them from the environment. */
export interface Settings {
  readonly gatewayApi: GatewayApiSettings;
  readonly agentGateway: AgentGatewaySettings;
  readonly kaosRuntime: KaosRuntimeSettings;
}

/** Whether KAOS resources get HTTPRoutes, and the Gateway that the routes attach to. */
export type GatewayApiSettings =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly gateway: { readonly name: string; readonly namespace: string; readonly sectionName?: string };
      /** Empty: the hostnames of the Gateway's listeners. */
      readonly hostnames: readonly string[];
      readonly defaultTimeouts: DefaultTimeouts;
    };

/** Gateway API durations. */
export interface DefaultTimeouts {
  readonly agent: string;
  readonly modelAPI: string;
  readonly mcp: string;
}

/** KrakenD's levels, of which each logs the ones after it too: https://www.krakend.io/docs/logging/ */
export const KRAKEND_LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type KrakendLogLevel = (typeof KRAKEND_LOG_LEVELS)[number];

/** How AgentGateways are made, as far as they do not say themselves. */
export interface AgentGatewaySettings {
  readonly image: string;
  /** What becomes of a gateway that asks for guardrails, which KrakenD does not have. */
  readonly guardrails: 'warn' | 'refuse';
  /** The least severe lines that KrakenD writes. At DEBUG its plugin writes the bodies of all calls. */
  readonly logLevel: KrakendLogLevel;
  /** The largest `krakend.json`, in KiB. */
  readonly configLimitKiB: number;
  /** How long a pod goes on serving after it was told to end. */
  readonly preStopSeconds: number;
  /** Kubernetes quantities. */
  readonly resources: Resources;
  /** The key of the hashes of Secrets; undefined: Secrets are not asked for. Never logged. */
  readonly referenceHashKey: string | undefined;
}

/** What a pod requests, and its limits, as Kubernetes quantities. */
export interface Resources {
  readonly requestsCpu: string;
  readonly requestsMemory: string;
  readonly limitsCpu: string;
  readonly limitsMemory: string;
}

/** How KAOS resources are run, as far as they do not say themselves. */
export interface KaosRuntimeSettings {
  /** Undefined: a resource that names no image of its own is not run. */
  readonly images: {
    readonly agent: string | undefined;
    readonly litellm: string | undefined;
    readonly ollama: string | undefined;
  };
  readonly telemetry: { readonly enabled: boolean; readonly endpoint: string | undefined };
  readonly logLevel: string;
  /** Where the ConfigMap of the MCP runtimes is. */
  readonly systemNamespace: string;
  readonly clusterDomain: string;
  /** Whether agents call models, MCP servers and each other at the Gateway. */
  readonly internalRouting: boolean;
  /** The Gateway's address, `http://host:port`; undefined: that of its status. */
  readonly gatewayAddress: string | undefined;
  /** What a container asks for and may use that does not say itself; empty: nothing is said. */
  readonly resources: KubernetesResources;
  /** The key of the hashes of Secrets; undefined: Secrets are not asked for. Never logged. */
  readonly referenceHashKey: string | undefined;
}

/** core/v1 ResourceRequirements with quantities. */
export interface KubernetesResources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}
