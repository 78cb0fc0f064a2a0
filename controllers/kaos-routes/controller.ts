import { defineController } from '../define-controller.ts';
import { httpRouteKind } from '../kubernetes/kinds/http-route.ts';
import { agentKind } from '../resources/kaos/agent.ts';
import { mcpServerKind } from '../resources/kaos/mcp-server.ts';
import { modelApiKind } from '../resources/kaos/model-api.ts';
import { desire } from './desired.ts';
import { observe } from './observed.ts';
import { reply } from './reply.ts';
import { columns, rows } from './rows.ts';

/** KAOS's Agent, ModelAPI or MCPServer in; its HTTPRoute out. */
export const kaosRoutes = defineController({
  name: 'kaos-routes',
  type: 'decorator',
  parents: [agentKind, modelApiKind, mcpServerKind],
  children: [httpRouteKind],
  related: [],
  observe,
  desire,
  reply,
  columns,
  rows,
});
