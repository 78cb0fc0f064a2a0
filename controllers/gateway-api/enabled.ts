import type { GatewayApiSettings } from '../settings.ts';

/** The settings of the Gateway to which routes attach. Without them there are no routes. */
export type EnabledGatewayApi = Extract<GatewayApiSettings, { enabled: true }>;
