import type { DefaultTimeouts } from '../../settings.ts';
import type { Agent } from './agent.ts';
import type { McpServer } from './mcp-server.ts';
import type { MemoryStore } from './memory-store.ts';
import type { ModelApi } from './model-api.ts';

/** The DecoratorController that makes the routes of KAOS resources. */
export const ROUTES_CONTROLLER = 'kaos-routes';

/** The names that KAOS gives to the children of a resource. Users and their tools rely on them. */
export interface Naming {
  /** Second step of the path at the Gateway: `/<namespace>/<pathType>/<name>`. */
  readonly pathType: 'agent' | 'modelapi' | 'mcp' | 'memorystore';
  readonly routeName: string;
  readonly serviceName: string;
  readonly servicePort: number;
  /** Labels of the children, and selector of the Deployment and of the Service. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the default timeout for this kind. */
  readonly timeoutType: keyof DefaultTimeouts;
}

type Named<Resource extends Agent | ModelApi | McpServer | MemoryStore> = Pick<Resource, 'kind' | 'metadata'>;

/** The fields of a resource that determine its naming. */
export type NamedResource =
  | Named<Agent>
  | Named<McpServer>
  | Named<MemoryStore>
  | (Named<ModelApi> & { readonly spec?: { readonly mode?: ModelApi['spec']['mode'] } });

const PORT = 8000;
const OLLAMA_PORT = 11434;
const MEMORY_PORT = 8080;

/** The naming of a KAOS resource, by its kind, its name and, for a ModelAPI, its mode. */
export function namingOf(resource: NamedResource): Naming {
  const { name } = resource.metadata;
  switch (resource.kind) {
    case 'Agent':
      return {
        pathType: 'agent',
        routeName: `agent-${name}`,
        serviceName: `agent-${name}`,
        servicePort: PORT,
        labels: { agent: name, app: 'agent' },
        timeoutType: 'agent',
      };
    case 'ModelAPI':
      return {
        pathType: 'modelapi',
        routeName: `modelapi-${name}`,
        serviceName: `modelapi-${name}`,
        servicePort: resource.spec?.mode === 'Hosted' ? OLLAMA_PORT : PORT,
        labels: { app: 'modelapi', modelapi: name },
        timeoutType: 'modelAPI',
      };
    case 'MCPServer':
      return {
        pathType: 'mcp',
        routeName: `mcp-${name}`,
        serviceName: `mcpserver-${name}`,
        servicePort: PORT,
        labels: { app: 'mcpserver', mcpserver: name },
        timeoutType: 'mcp',
      };
    case 'MemoryStore':
      return {
        pathType: 'memorystore',
        routeName: `memorystore-${name}`,
        serviceName: `memorystore-${name}`,
        servicePort: MEMORY_PORT,
        labels: { app: 'memorystore', memorystore: name },
        timeoutType: 'memoryStore',
      };
  }
}

/**
 * The name of the NetworkPolicy that says who may connect to the pods of a resource. KAOS gives no object such a name: its own
 * NetworkPolicy has the name of the route.
 */
export function callersPolicyName({ serviceName }: Pick<Naming, 'serviceName'>): string {
  return `access-${serviceName}`;
}

interface Identified {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** KAOS's name of a resource in access rules and in memories: `kaos://<kind>/<namespace>/<name>`. */
export function kaosUri({ kind, namespace, name }: Identified): string {
  return `kaos://${kind.toLowerCase()}/${namespace}/${name}`;
}

/** Whether a resource has a Service and a route. Only an Agent can turn them off, with `spec.agentNetwork.expose`. */
export function isExposed(resource: Agent | Named<ModelApi> | Named<McpServer> | Named<MemoryStore>): boolean {
  return resource.kind !== 'Agent' || (resource.spec?.agentNetwork?.expose ?? true);
}
