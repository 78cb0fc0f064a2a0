import { mapsAt, textsAt } from './fields.ts';
import { type Gathered, itemsOf } from './gather.ts';
import type { Release } from './release.ts';

/** The start of the name of a class's controller, which ends with the instance of the release. */
const CLASS_CONTROLLER = 'runtime.agentic-layer.ai/agent-gateway-krakend-controller';

/** The names of the controllers that a release should have, by its settings and by the rights that it asks for. */
export function expectedControllers(cluster: Gathered, release: Release): readonly string[] {
  const { settings } = release;
  const isOn = (name: string) => settings[name] === 'true';
  const hasGateway = isOn('GATEWAY_API_ENABLED');
  const hasRuntime = isOn('KAOS_RUNTIME_ENABLED');
  const instance = (settings['AGENT_GATEWAY_CLASS_CONTROLLER'] ?? '').slice(CLASS_CONTROLLER.length);
  const asked = new Set(rulesOf(cluster, release));
  const candidates: readonly (readonly [boolean, string])[] = [
    [hasGateway && asked.has('kaos.tools/agents'), 'kaos-routes'],
    [asked.has('runtime.agentic-layer.ai/agentgateways'), `agent-gateway${instance}`],
    [isOn('AGENT_ROUTES_ENABLED'), `agent-routes${instance}`],
    [hasRuntime, 'kaos-runtime-agent'],
    [hasRuntime, 'kaos-runtime-modelapi'],
    [hasRuntime, 'kaos-runtime-mcpserver'],
    [hasRuntime && isOn('KAOS_RUNTIME_HAS_MEMORY_STORES'), 'kaos-runtime-memorystore'],
    [hasRuntime && hasGateway && settings['GATEWAY_ADDRESS'] === '', 'gateway-address'],
  ];
  return candidates.filter(([isExpected]) => isExpected).map(([, name]) => name);
}

/** The resources, as `group/resource`, in the ClusterRole that a release makes for Metacontroller. */
function rulesOf({ looks }: Gathered, { fullName }: Release): readonly string[] {
  const role = itemsOf(looks.clusterRoles).find(({ name }) => name === `${fullName}-metacontroller`);
  return mapsAt(role?.object, 'rules').flatMap((rule) =>
    textsAt(rule, 'apiGroups').flatMap((group) => textsAt(rule, 'resources').map((resource) => `${group}/${resource}`)),
  );
}
