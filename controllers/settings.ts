/** The operator's choices that controllers go by. `webhooks/settings.ts` reads them from the environment. */
export interface Settings {
  readonly gatewayApi: GatewayApiSettings;
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
