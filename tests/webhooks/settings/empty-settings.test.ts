import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../webhooks/settings/settings.ts';

const ON = { GATEWAY_API_ENABLED: 'true', GATEWAY_NAMESPACE: 'kaos-system' };

describe('settings', () => {
  it('may be empty if they are optional', () => {
    const empty = readSettings({
      ...ON,
      GATEWAY_SECTION_NAME: '',
      GATEWAY_HOSTNAMES: '',
      GATEWAY_CLASS_NAME: '',
      AGENT_ROUTES_HOSTNAMES: '',
      DEFAULT_AGENT_IMAGE: '',
      DEFAULT_LITELLM_IMAGE: '',
      DEFAULT_OLLAMA_IMAGE: '',
      DEFAULT_MEMORY_SERVICE_IMAGE: '',
      DEFAULT_TELEMETRY_ENDPOINT: '',
      GATEWAY_ADDRESS: '',
      KAOS_RUNTIME_REQUESTS_CPU: '',
      KAOS_RUNTIME_LIMITS_MEMORY: '',
      KAOS_RUNTIME_SERVICE_ACCOUNTS: '',
      KAOS_RUNTIME_SECRETS: '',
      KAOS_RUNTIME_PRIORITY_CLASSES: '',
    });
    expect(empty).toEqual(readSettings(ON));
  });
});
