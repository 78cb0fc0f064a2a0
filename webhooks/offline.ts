import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readYaml } from '../controllers/data/yaml.ts';
import type { Variables } from './settings/settings.ts';

/**
 * The defaults of offline calls: the Gateway API is on, and the images are those of the KAOS operator's chart. Variables
 * and flags override them.
 */
export const OFFLINE_VARIABLES: Variables = {
  GATEWAY_API_ENABLED: 'true',
  GATEWAY_NAMESPACE: 'kaos-system',
  // Offline, no gateway accepts anything.
  ACCESS_AWAIT_POLICIES: 'false',
  DEFAULT_AGENT_IMAGE: 'axsauze/kaos-agent:0.7.8-dev',
  DEFAULT_LITELLM_IMAGE: 'ghcr.io/berriai/litellm:main-stable',
  DEFAULT_OLLAMA_IMAGE: 'ollama/ollama:latest',
  DEFAULT_MEMORY_SERVICE_IMAGE: 'axsauze/kaos-memory-service:0.4.8-dev',
};

/** The time of all offline calls. It is fixed, so that the same input gives the same output. */
export const OFFLINE_NOW = '2026-01-01T00:00:00Z';

const CHART_VALUES = path.join(import.meta.dirname, '../chart/values.yaml');

/** The default values of the chart, from which it makes objects that controllers read. */
export function chartValues(): unknown {
  const reading = readYaml(readFileSync(CHART_VALUES, 'utf8'), 'typed');
  return reading.outcome === 'read' ? reading.value : undefined;
}
