import { namesOf } from '../endpoint.ts';
import type { Reference } from '../reference.ts';
import { agentReading } from '../resources/agentic-layer/agent.ts';
import { AGENTIC_LAYER_API_VERSION } from '../resources/agentic-layer/api-version.ts';
import { type Static, Type, Value } from '../typebox.ts';
import type { Observed } from './observed.ts';

const Ref = Type.Object({ name: Type.String({ minLength: 1 }), namespace: Type.Optional(Type.String()) });
type Ref = Static<typeof Ref>;

const SubAgent = Type.Object({ agentRef: Ref });
const ToolServer = Type.Object({ upstream: Type.Object({ toolServerRef: Ref }) });
const ToolRoute = Type.Object({ upstream: Type.Object({ toolRouteRef: Ref }) });
const Connections = Type.Object({
  spec: Type.Object({ subAgents: Type.Optional(Type.Unknown()), tools: Type.Optional(Type.Unknown()) }),
});

/**
 * The other Agents, ToolServers and ToolRoutes of the cluster that the Agent calls. Their fields are read here alone, because an error in them
 * must not remove a route. Whether they exist, this controller does not know.
 */
export function references({ resource }: Pick<Observed, 'resource'>): readonly Reference[] {
  const { subAgents, tools } = Value.Check(Connections, resource) ? resource.spec : {};
  const from = namesOf(resource);
  const to = (kind: string, { name, namespace }: Ref): Reference => ({
    from,
    to: { apiVersion: AGENTIC_LAYER_API_VERSION, kind, namespace: namespace || from.namespace, name },
    problem: undefined,
  });
  return [
    ...list(subAgents).flatMap((one) => (Value.Check(SubAgent, one) ? [to(agentReading.kind, one.agentRef)] : [])),
    ...list(tools).flatMap((one) =>
      Value.Check(ToolServer, one) ? [to('ToolServer', one.upstream.toolServerRef)] : [],
    ),
    ...list(tools).flatMap((one) => (Value.Check(ToolRoute, one) ? [to('ToolRoute', one.upstream.toolRouteRef)] : [])),
  ];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
