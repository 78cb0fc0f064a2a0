import type { DesiredObject } from '../../contract.ts';
import { whyTooLarge } from '../../data/size.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { mapKey } from '../../reading.ts';
import type { Settings } from '../../settings.ts';
import { Type, Value } from '../../typebox.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { filesHash, krakendFiles } from '../krakend/krakend-files.ts';
import type { ConfiguredAgent } from '../krakend/krakend-json.ts';
import type { Observed } from '../observed.ts';
import { hasOtherAccess, hasShut, servedAgents } from '../rollout/agent-changes.ts';
import { readSpec } from '../spec.ts';
import { childMetadata } from './child-metadata.ts';
import { type ConfigFiles, configFiles, configVolume } from './config-files.ts';
import { acceptedConfigMaps, configMaps } from './config-map.ts';
import { KRAKEND_HASH_ANNOTATION } from './deployment.ts';
import { gatewayPolicy } from './network-policy.ts';

/**
 * The children of a gateway that gets no new ones, as they are, but for what the access rules close: otherwise the owner of a gateway
 * could keep it as it was before a rule, by a class that does not exist, or by a large spec.
 */
export function keptChildren(observed: Observed, settings: Settings): readonly DesiredObject[] {
  const { agents, callers, serving } = observed;
  const isAdmitting = callers !== undefined && !mayHavePolicy(observed);
  const isShut = hasShut(agents, serving) || (isAdmitting && serving.agents?.size !== 0);
  const children = isShut ? withoutShut(observed, isAdmitting, settings) : observed.children;
  return callers === undefined || isAdmitting ? children : withPolicy(observed, children);
}

/** Whether no foreign object has the name of the NetworkPolicy. */
function mayHavePolicy({ children, nameConflict }: Observed): boolean {
  return nameConflict === undefined || children.some(isPolicy);
}

function isPolicy(child: DesiredObject): boolean {
  return mapKey(child) === mapKey(networkPolicyReading);
}

function withPolicy(observed: Observed, children: readonly DesiredObject[]): readonly DesiredObject[] {
  const { name, namespace, uid } = observed.gateway.metadata;
  const metadata = childMetadata(readable(observed).gateway);
  const others = children.filter((child) => !isPolicy(child));
  return others.length === 0
    ? children
    : [...others, ...gatewayPolicy({ name, namespace, uid, metadata }, observed.callers)];
}

/** The same gateway, without a spec that is too large to be read. */
function readable(observed: Observed): Observed {
  const { spec, ...gateway } = observed.gateway;
  return whyTooLarge(spec) === undefined ? observed : { ...observed, gateway };
}

function withoutShut(observed: Observed, isAdmitting: boolean, settings: Settings): readonly DesiredObject[] {
  const { children, serving } = observed;
  const { choices, pods } = readSpec(readable(observed), settings);
  const agents = isAdmitting ? [] : agentsLeft(observed, settings);
  const files = krakendFiles(choices, agents, serving.form);
  const config = configFiles(pods, files);
  const isOwn = ({ metadata: { name } }: DesiredObject) => config.some(({ configMap }) => configMap === name);
  const hasNone = serving.configMaps.length === 0 && serving.deployment === undefined;
  const wanted = hasNone ? [] : acceptedConfigMaps(configMaps(pods, config, {}), observed);
  const others = children.filter((child) => mapKey(child) !== mapKey(configMapReading) || !isOwn(child));
  return [...wanted, ...others.map((child) => reading(child, config, filesHash(files)))];
}

/** The agents that stay. If it is not known which ones pods serve, these are the exposed ones, by the rules as they are now. */
function agentsLeft(observed: Observed, { agentGateway }: Settings): readonly ServedAgent[] {
  const { agents, serving } = observed;
  return serving.agents === undefined
    ? servedAgents(agents, [], agentGateway)
    : servedAgents([], stillServed(observed), agentGateway);
}

/** The configured agents whose access is as configured. What a guard demands must still be in a rule: KrakenD would not start. */
function stillServed({ agents, guards, serving }: Observed): readonly ConfiguredAgent[] {
  const names = new Set(guards.map(({ name }) => name));
  const others = new Set(agents.filter(hasOtherAccess(serving.agents)).map(({ id }) => id));
  return [...(serving.agents?.values() ?? [])].filter(
    ({ id, guard }) => !others.has(id) && (guard === undefined || names.has(guard.name)),
  );
}

const Pods = Type.Object({
  spec: Type.Object({
    template: Type.Object({
      metadata: Type.Object({ annotations: Type.Optional(Type.Object({})) }),
      spec: Type.Object({ volumes: Type.Array(Type.Object({ name: Type.String() })) }),
    }),
  }),
});

/** The child; if it is the Deployment, with pods that read other files of the same form. */
function reading(child: DesiredObject, config: ConfigFiles, configHash: string): DesiredObject {
  if (mapKey(child) !== mapKey(deploymentReading) || !Value.Check(Pods, child)) {
    return child;
  }
  const { template } = child.spec;
  const annotations = { ...template.metadata.annotations, [KRAKEND_HASH_ANNOTATION]: configHash };
  const volume = configVolume(config);
  const volumes = template.spec.volumes.map((each) => (each.name === volume.name ? volume : each));
  const changed = {
    ...template,
    metadata: { ...template.metadata, annotations },
    spec: { ...template.spec, volumes },
  };
  return { ...child, spec: { ...child.spec, template: changed } } as DesiredObject;
}
