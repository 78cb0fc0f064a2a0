/** The operator's choices that controllers go by. `webhooks/settings.ts` reads them from the environment. */
export interface Settings {
  readonly gatewayApi: GatewayApiSettings;
  readonly agentGateway: AgentGatewaySettings;
}

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

/** How AgentGateways are made, as far as they do not say themselves. */
export interface AgentGatewaySettings {
  readonly image: string;
  /** What becomes of a gateway that asks for guardrails, which KrakenD does not have. */
  readonly guardrails: 'warn' | 'refuse';
  /** The largest `krakend.json`, in KiB. */
  readonly configLimitKiB: number;
  /** How long a pod goes on serving after it was told to end. */
  readonly preStopSeconds: number;
  /** Kubernetes quantities. */
  readonly resources: Resources;
  /** The key of the hashes of Secrets; undefined: Secrets are not asked for. Never logged. */
  readonly referenceHashKey: string | undefined;
}

export interface Resources {
  readonly requestsCpu: string;
  readonly requestsMemory: string;
  readonly limitsCpu: string;
  readonly limitsMemory: string;
}
