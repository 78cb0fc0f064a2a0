import type { Variables } from './settings.ts';

/** Whoever asks without a cluster what would be made wants the gateway on; a setting or a flag says otherwise. */
export const OFFLINE_VARIABLES: Variables = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };

/** The time of every offline call, so that the same input always gives the same output. */
export const OFFLINE_NOW = '2026-01-01T00:00:00Z';
