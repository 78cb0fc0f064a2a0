/** What users want at a moment of the run. The keys of the maps are those of `keyOf`. */
export interface World {
  readonly kaos: Map<string, KaosResource>;
  readonly agents: Map<string, A2aAgent>;
  readonly gateways: Map<string, Gateway>;
  /** HTTPRoutes of somebody else that have the name of a route of ours. */
  readonly foreign: Map<string, ForeignRoute>;
}

interface Named {
  readonly namespace: string;
  readonly name: string;
}

export interface KaosResource extends Named {
  readonly kind: 'Agent' | 'ModelAPI' | 'MCPServer';
  /** As its user wrote it, so it may be nonsense. */
  readonly timeout: string | undefined;
  /** Only an Agent can be hidden. */
  readonly exposed: boolean;
}

/** An Agent of the agent runtime. */
export interface A2aAgent extends Named {
  readonly exposed: boolean;
  readonly url: Url;
}

/** Nothing can be sent to an agent whose address is broken. */
export interface Url {
  readonly text: string;
  readonly broken: boolean;
}

export interface Gateway extends Named {
  readonly replicas: number;
  readonly timeoutSeconds: number;
}

export interface ForeignRoute extends Named {
  readonly mark: string;
}

export function emptyWorld(): World {
  return { kaos: new Map(), agents: new Map(), gateways: new Map(), foreign: new Map() };
}

export function keyOf({ namespace, name, kind = '' }: Named & { readonly kind?: string }): string {
  return `${kind} ${namespace}/${name}`.trim();
}

/** The name that KAOS gives to the HTTPRoute of a resource. */
export function routeNameOf({ kind, name }: Pick<KaosResource, 'kind' | 'name'>): string {
  const prefix = { Agent: 'agent', ModelAPI: 'modelapi', MCPServer: 'mcp' }[kind];
  return `${prefix}-${name}`;
}
