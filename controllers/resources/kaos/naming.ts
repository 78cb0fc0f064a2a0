import type { DefaultTimeouts } from '../../settings.ts';
import type { Agent } from './agent.ts';
import type { McpServer } from './mcp-server.ts';
import type { ModelApi } from './model-api.ts';

/** What KAOS calls the things that it makes for a resource; users and their tools go by these names. */
export interface Naming {
  /** The second step of the path at the gateway: `/<namespace>/<pathType>/<name>`. */
  readonly pathType: 'agent' | 'modelapi' | 'mcp';
  readonly routeName: string;
  readonly serviceName: string;
  readonly servicePort: number;
  /** Also the selector of the Deployment and of the Service. */
  readonly labels: Readonly<Record<string, string>>;
  /** Which of the default timeouts is this type's. */
  readonly timeoutType: keyof DefaultTimeouts;
}

type Named<Resource extends Agent | ModelApi | McpServer> = Pick<Resource, 'kind' | 'metadata'>;

/** A resource as far as its naming follows from it. */
export type NamedResource =
  | Named<Agent>
  | Named<McpServer>
  | (Named<ModelApi> & { readonly spec?: { readonly mode?: ModelApi['spec']['mode'] } });

const PORT = 8000;
const OLLAMA_PORT = 11434;

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
  }
}

/** Only an Agent can do without a Service and a route, and has them unless it says so. */
export function isExposed(resource: Agent | Named<ModelApi> | Named<McpServer>): boolean {
  return resource.kind !== 'Agent' || (resource.spec?.agentNetwork?.expose ?? true);
}
