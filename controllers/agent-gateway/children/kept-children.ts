import type { DesiredObject } from '../../contract.ts';
import { hash } from '../../data/hash.ts';
import { whyTooLarge } from '../../data/size.ts';
import { configMapReading } from '../../kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../kubernetes/kinds/deployment.ts';
import { networkPolicyReading } from '../../kubernetes/kinds/network-policy.ts';
import { mapKey } from '../../reading.ts';
import type { Settings } from '../../settings.ts';
import { Type, Value } from '../../typebox.ts';
import { krakendConfig } from '../krakend/krakend-config.ts';
import { type ConfiguredAgent, krakendJson } from '../krakend/krakend-json.ts';
import type { Observed } from '../observed.ts';
import { hasOtherAccess, hasShut, servedAgents } from '../rollout/agent-changes.ts';
import { readSpec } from '../spec.ts';
import { childMetadata } from './child-metadata.ts';
import { CONFIG_KEY } from './config-map.ts';
import { KRAKEND_HASH_ANNOTATION } from './deployment.ts';
import { gatewayPolicy } from './network-policy.ts';

/**
 * The children of a gateway that gets no new ones, as they are, but for what the access rules close: otherwise the owner of a gateway
 * could keep it as it was before a rule, by a class that does not exist, or by a large spec.
 */
export function keptChildren(observed: Observed, settings: Settings): readonly DesiredObject[] {
  const { agents, callers, serving } = observed;
  const isAdmitting = callers !== undefined && !mayHavePolicy(observed);
  const isShut = hasShut(agents, serving.agents) || (isAdmitting && serving.agents?.length !== 0);
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
  const { name, namespace } = observed.gateway.metadata;
  const metadata = childMetadata(readable(observed).gateway);
  const others = children.filter((child) => !isPolicy(child));
  return others.length === 0
    ? children
    : [...others, ...gatewayPolicy({ name, namespace, metadata }, observed.callers)];
}

/** The same gateway, without a spec that is too large to be read. */
function readable(observed: Observed): Observed {
  const { spec, ...gateway } = observed.gateway;
  return whyTooLarge(spec) === undefined ? observed : { ...observed, gateway };
}

function withoutShut(observed: Observed, isAdmitting: boolean, settings: Settings): readonly DesiredObject[] {
  const { choices } = readSpec(readable(observed), settings);
  const kept = isAdmitting ? [] : stillServed(observed);
  const agents = servedAgents([], kept, settings.agentGateway);
  const text = krakendJson(krakendConfig(choices, agents), choices);
  return observed.children.map((child) => withConfig(child, text));
}

/** The configured agents whose access is as configured. What a guard demands must still be in a rule: KrakenD would not start. */
function stillServed({ agents, guards, serving }: Observed): readonly ConfiguredAgent[] {
  const names = new Set(guards.map(({ name }) => name));
  const others = new Set(agents.filter(hasOtherAccess(serving.agents)).map(({ id }) => id));
  return (serving.agents ?? []).filter(
    ({ id, guard }) => !others.has(id) && (guard === undefined || names.has(guard.name)),
  );
}

const Pods = Type.Object({
  spec: Type.Object({
    template: Type.Object({ metadata: Type.Object({ annotations: Type.Optional(Type.Object({})) }) }),
  }),
});

/** A child that is, or reads, the configuration with another text. */
function withConfig(child: DesiredObject, text: string): DesiredObject {
  if (mapKey(child) === mapKey(configMapReading)) {
    return { ...child, data: { [CONFIG_KEY]: text } } as DesiredObject;
  }
  if (mapKey(child) !== mapKey(deploymentReading) || !Value.Check(Pods, child)) {
    return child;
  }
  const { spec } = child;
  const { metadata } = spec.template;
  const annotations = { ...metadata.annotations, [KRAKEND_HASH_ANNOTATION]: hash(text) };
  return {
    ...child,
    spec: { ...spec, template: { ...spec.template, metadata: { ...metadata, annotations } } },
  } as DesiredObject;
}
