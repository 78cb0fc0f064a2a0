import type { Variables } from './settings/settings.ts';

/**
 * Whoever asks without a cluster what would be made wants the gateway on, and the images of the KAOS operator's chart; a
 * setting or a flag says otherwise.
 */
export const OFFLINE_VARIABLES: Variables = {
  GATEWAY_API_ENABLED: 'true',
  GATEWAY_NAMESPACE: 'kaos-system',
  DEFAULT_AGENT_IMAGE: 'axsauze/kaos-agent:v0.1.4-dev',
  DEFAULT_LITELLM_IMAGE: 'ghcr.io/berriai/litellm:main-stable',
  DEFAULT_OLLAMA_IMAGE: 'alpine/ollama:latest',
};

/** The time of every offline call, so that the same input always gives the same output. */
export const OFFLINE_NOW = '2026-01-01T00:00:00Z';
