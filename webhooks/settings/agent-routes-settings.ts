import type { AgentRoutesSettings } from '../../controllers/settings.ts';
import type { Environment } from './environment.ts';

/** The settings of the routes straight to Agents. */
export function agentRoutesSettings(environment: Environment): AgentRoutesSettings {
  const { AGENT_ROUTES_HOSTNAMES: own = [], GATEWAY_HOSTNAMES: shared = [] } = environment;
  return environment.AGENT_ROUTES_ENABLED
    ? {
        enabled: true,
        hostnames: own.length > 0 ? own : shared,
        timeout: environment.AGENT_ROUTES_TIMEOUT,
        clusterDomain: environment.CLUSTER_DOMAIN,
      }
    : { enabled: false };
}
