import { ANY_HOSTNAME } from '../kubernetes/values/hostname.ts';
import { directService } from '../resources/agentic-layer/direct-service.ts';
import type { AgentRoutesSettings } from '../settings.ts';
import type { LeftOut, ServedAgent } from './agents/exposed-agents.ts';
import { listed } from './status.ts';

/** The agents that a gateway serves, and where it is reached. */
interface Served {
  readonly agents: readonly ServedAgent[];
  /** The host names of its route, or `*` alone for all; empty without a route. */
  readonly hostnames: readonly string[];
}

type EnabledAgentRoutes = Extract<AgentRoutesSettings, { enabled: true }>;

const BUFFERED = 'go through KrakenD, which delivers a stream only at its end';

/** Says which calls to agents do not stream, because they go through KrakenD, and what to change. A rollout does not change it. */
export function streamNotes(served: Served, routes: AgentRoutesSettings): readonly string[] {
  const { agents } = served;
  if (agents.length === 0) {
    return [];
  }
  return routes.enabled
    ? [...atOtherHostnames(served, routes), ...withoutRoutes(agents, routes)]
    : [`calls to ${counted(agents)} ${BUFFERED}; set AGENT_ROUTES_ENABLED for routes that stream`];
}

/** A route straight to an agent gets calls only at its own host names: for others the gateway's route is more exact. */
function atOtherHostnames({ agents, hostnames }: Served, routes: EnabledAgentRoutes): readonly string[] {
  const others = hostnames.filter((hostname) =>
    hostname === ANY_HOSTNAME ? routes.hostnames.length > 0 : !routes.hostnames.includes(hostname),
  );
  const [first] = others;
  if (first === undefined) {
    return [];
  }
  const where = first === ANY_HOSTNAME ? 'host names that AGENT_ROUTES_HOSTNAMES does not have' : others.join(', ');
  return [`calls to ${counted(agents)} at ${where} ${BUFFERED}; AGENT_ROUTES_HOSTNAMES must have the same host names`];
}

function withoutRoutes(agents: readonly ServedAgent[], { clusterDomain }: EnabledAgentRoutes): readonly string[] {
  const indirect = agents.flatMap((agent): readonly LeftOut[] => {
    const { id, namespace, host, path } = agent;
    const direct = directService(
      { namespace, reading: { outcome: 'address', address: { host, path } } },
      clusterDomain,
    );
    return direct.outcome === 'refused' ? [{ id, why: direct.why }] : [];
  });
  return indirect.length === 0 ? [] : [`calls to ${counted(indirect)} ${BUFFERED}: ${listed(indirect)}`];
}

function counted({ length }: readonly unknown[]): string {
  return length === 1 ? '1 agent' : `${length} agents`;
}
