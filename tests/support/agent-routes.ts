import { agentRoutes } from '../../controllers/agent-routes/controller.ts';
import type { HttpRoute } from '../../controllers/kubernetes/kinds/http-route.ts';
import { answerSync } from '../../webhooks/answer.ts';
import type { Variables } from '../../webhooks/settings/settings.ts';
import { observedObjects } from '../../webhooks/wire/object-map.ts';
import { type KubernetesObject, NOW, objectMap } from './gateways.ts';
import { testSettings } from './service.ts';

const AGENT_ROUTES_ON: Variables = { AGENT_ROUTES_ENABLED: 'true' };

interface Scene {
  readonly settings?: Variables;
  readonly children?: readonly KubernetesObject[];
  readonly finalizing?: boolean;
}

/** The answer to one sync of an Agent. */
export function syncAgent(parent: unknown, { settings = {}, children = [], finalizing = false }: Scene = {}) {
  const snapshot = { parent, children: observedObjects(objectMap(children)), related: [], finalizing, now: NOW };
  return answerSync(agentRoutes, snapshot, testSettings({ ...AGENT_ROUTES_ON, ...settings }).controllers);
}

/** The parts of an answered sync; throws if the service does not answer. */
export function routeOf(parent: unknown, scene: Scene = {}) {
  const answer = syncAgent(parent, scene);
  if (answer.outcome !== 'answered' || !('attachments' in answer.response)) {
    throw new Error(`expected an answer, not ${JSON.stringify(answer)}`);
  }
  const [route, ...more] = answer.response.attachments as readonly HttpRoute[];
  if (more.length > 0) {
    throw new Error('expected one route at most');
  }
  const { reply } = answer;
  return {
    route,
    status: answer.response.status,
    released: reply.outcome === 'release' ? reply.reason : undefined,
    problems: reply.problems,
  };
}
