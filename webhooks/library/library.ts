import { answerOf } from './answers.ts';
import { checkDocuments, renderDocuments } from './documents.ts';
import type {
  Answer,
  Checking,
  CompositeSyncRequest,
  CompositeSyncResponse,
  CustomizeRequest,
  CustomizeResponse,
  DecoratorSyncRequest,
  DecoratorSyncResponse,
  Documents,
  Options,
  Rendering,
} from './types.ts';

// What `import ... from 'agent-gateway-hooks'` gives: the hooks as functions, for the unit tests of users. docs/unit-tests.md

/** The name of a hook, which is also the path of its URL. */
export type HookName =
  | 'kaos-routes/sync'
  | 'kaos-routes/customize'
  | 'agent-gateway/sync'
  | 'agent-gateway/customize'
  | 'agent-routes/sync'
  | 'kaos-runtime-agent/sync'
  | 'kaos-runtime-agent/customize'
  | 'kaos-runtime-modelapi/sync'
  | 'kaos-runtime-modelapi/customize'
  | 'kaos-runtime-mcpserver/sync'
  | 'kaos-runtime-mcpserver/customize'
  | 'kaos-runtime-memorystore/sync'
  | 'kaos-runtime-memorystore/customize'
  | 'kaos-runtime-accessgrant/sync'
  | 'gateway-address/sync'
  | 'gateway-address/customize';

/** Answers a call of any hook. The answer is the one that Metacontroller gets. */
export function answerHook(hook: HookName, request: unknown, options: Options = {}): Answer<object> {
  return answerOf(hook, request, options);
}

/** Answers a sync of `kaos-routes`: the HTTPRoutes of KAOS resources. */
export function syncKaosRoutes(request: DecoratorSyncRequest, options: Options = {}): Answer<DecoratorSyncResponse> {
  return answerOf('kaos-routes/sync', request, options);
}

/** Answers a customize of `kaos-routes`: the objects that the next sync should have. */
export function customizeKaosRoutes(request: CustomizeRequest, options: Options = {}): Answer<CustomizeResponse> {
  return answerOf('kaos-routes/customize', request, options);
}

/** Answers a sync of `agent-gateway`: the gateways of AgentGateways. */
export function syncAgentGateway(request: DecoratorSyncRequest, options: Options = {}): Answer<DecoratorSyncResponse> {
  return answerOf('agent-gateway/sync', request, options);
}

/** Answers a customize of `agent-gateway`: the objects that the next sync should have. */
export function customizeAgentGateway(request: CustomizeRequest, options: Options = {}): Answer<CustomizeResponse> {
  return answerOf('agent-gateway/customize', request, options);
}

/** Answers a sync of `agent-routes`: the HTTPRoutes straight to Agents of the agent runtime. */
export function syncAgentRoutes(request: DecoratorSyncRequest, options: Options = {}): Answer<DecoratorSyncResponse> {
  return answerOf('agent-routes/sync', request, options);
}

/** Answers a sync of `kaos-runtime-agent`: how KAOS Agents run. */
export function syncKaosRuntimeAgent(
  request: CompositeSyncRequest,
  options: Options = {},
): Answer<CompositeSyncResponse> {
  return answerOf('kaos-runtime-agent/sync', request, options);
}

/** Answers a customize of `kaos-runtime-agent`: the objects that the next sync should have. */
export function customizeKaosRuntimeAgent(request: CustomizeRequest, options: Options = {}): Answer<CustomizeResponse> {
  return answerOf('kaos-runtime-agent/customize', request, options);
}

/** Answers a sync of `kaos-runtime-modelapi`: how ModelAPIs run. */
export function syncKaosRuntimeModelApi(
  request: CompositeSyncRequest,
  options: Options = {},
): Answer<CompositeSyncResponse> {
  return answerOf('kaos-runtime-modelapi/sync', request, options);
}

/** Answers a customize of `kaos-runtime-modelapi`: the objects that the next sync should have. */
export function customizeKaosRuntimeModelApi(
  request: CustomizeRequest,
  options: Options = {},
): Answer<CustomizeResponse> {
  return answerOf('kaos-runtime-modelapi/customize', request, options);
}

/** Answers a sync of `kaos-runtime-mcpserver`: how MCPServers run. */
export function syncKaosRuntimeMcpServer(
  request: CompositeSyncRequest,
  options: Options = {},
): Answer<CompositeSyncResponse> {
  return answerOf('kaos-runtime-mcpserver/sync', request, options);
}

/** Answers a customize of `kaos-runtime-mcpserver`: the objects that the next sync should have. */
export function customizeKaosRuntimeMcpServer(
  request: CustomizeRequest,
  options: Options = {},
): Answer<CustomizeResponse> {
  return answerOf('kaos-runtime-mcpserver/customize', request, options);
}

/** Answers a sync of `kaos-runtime-memorystore`: how MemoryStores run. */
export function syncKaosRuntimeMemoryStore(
  request: CompositeSyncRequest,
  options: Options = {},
): Answer<CompositeSyncResponse> {
  return answerOf('kaos-runtime-memorystore/sync', request, options);
}

/** Answers a customize of `kaos-runtime-memorystore`: the objects that the next sync should have. */
export function customizeKaosRuntimeMemoryStore(
  request: CustomizeRequest,
  options: Options = {},
): Answer<CustomizeResponse> {
  return answerOf('kaos-runtime-memorystore/customize', request, options);
}

/** Answers a sync of `kaos-runtime-accessgrant`: the condition of AccessGrants. */
export function syncKaosRuntimeAccessGrant(
  request: CompositeSyncRequest,
  options: Options = {},
): Answer<CompositeSyncResponse> {
  return answerOf('kaos-runtime-accessgrant/sync', request, options);
}

/** Answers a sync of `gateway-address`: the ConfigMap with the addresses of the Gateway. */
export function syncGatewayAddress(
  request: DecoratorSyncRequest,
  options: Options = {},
): Answer<DecoratorSyncResponse> {
  return answerOf('gateway-address/sync', request, options);
}

/** Answers a customize of `gateway-address`: the objects that the next sync should have. */
export function customizeGatewayAddress(request: CustomizeRequest, options: Options = {}): Answer<CustomizeResponse> {
  return answerOf('gateway-address/customize', request, options);
}

/** The objects that the service makes for documents, as the verb `render` prints them. */
export function render(documents: Documents, options: Options = {}): Rendering {
  return renderDocuments(documents, options);
}

/** What is wrong with documents, as the verb `check` says it. */
export function check(documents: Documents, options: Options = {}): Checking {
  return checkDocuments(documents, options);
}
