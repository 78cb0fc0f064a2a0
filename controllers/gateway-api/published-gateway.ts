import type { DesiredObject, ObservedObject } from '../contract.ts';
import { codeUnitOrder } from '../data/order.ts';
import { parsedJson } from '../data/parsed-json.ts';
import { shown } from '../data/quote.ts';
import type { ChildName } from '../engine/child-names.ts';
import { fitting } from '../engine/fitting.ts';
import { configMapReading } from '../kubernetes/kinds/config-map.ts';
import { type Gateway, GatewayEntry } from '../kubernetes/kinds/gateway.ts';
import type { Problem } from '../problem.ts';
import { Value } from '../typebox.ts';
import type { EnabledGatewayApi } from './enabled.ts';

/** The DecoratorController that writes the ConfigMap. */
export const GATEWAY_ADDRESS_CONTROLLER = 'gateway-address';

const KEY = 'gateway.json';

interface Named {
  readonly name: string;
  readonly namespace: string;
}

/**
 * The ConfigMap that says how to reach the Gateway, for controllers with many parents. They do not ask for the Gateway itself: its
 * status changes with every route, and each change would make Metacontroller sync all parents.
 */
export function publishedAs({ name }: Pick<Named, 'name'>): ChildName {
  return { reading: configMapReading, name: `${name}-address` };
}

/** The ConfigMap with the listeners and addresses of a Gateway, and nothing of it that changes with its routes. */
export function published({ metadata, spec, status }: Gateway): DesiredObject & { readonly data: object } {
  const { name, namespace } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: publishedAs({ name }).name, namespace },
    data: { [KEY]: `${JSON.stringify(entryOf({ spec, ...(status && { status }) }), null, 2)}\n` },
  };
}

/** Addresses are sorted, so that the Gateway's own order does not matter. Of several listeners, the order does. */
function entryOf({ spec, status }: GatewayEntry): GatewayEntry {
  const addresses = (status?.addresses ?? []).map(({ type = 'IPAddress', value }) => ({ type, value }));
  const listeners = spec.listeners.map(({ name, protocol, port, hostname }) => ({
    name,
    protocol,
    port,
    ...(hostname !== undefined && { hostname }),
  }));
  return { spec: { listeners }, status: { addresses: addresses.sort(byTypeAndValue) } };
}

interface Address {
  readonly type: string;
  readonly value: string;
}

function byTypeAndValue(one: Address, other: Address): number {
  return codeUnitOrder(`${one.type} ${one.value}`, `${other.type} ${other.value}`);
}

/** What is known of the Gateway, and a problem if somebody has written something else into the ConfigMap. */
export interface KnownGateway {
  readonly gateway: GatewayEntry | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the ConfigMap among related objects. Without it, nothing is known of the Gateway. */
export function readPublished({ gateway }: EnabledGatewayApi, related: readonly ObservedObject[]): KnownGateway {
  const { name } = publishedAs(gateway);
  const configMaps = fitting(configMapReading, related).items;
  const configMap = configMaps.find(
    ({ metadata }) => metadata.name === name && metadata.namespace === gateway.namespace,
  );
  if (configMap === undefined) {
    return { gateway: undefined, problems: [] };
  }
  const entry = parsed(configMap.data?.[KEY]);
  return entry === undefined
    ? { gateway: undefined, problems: [notPublished(gateway, name)] }
    : { gateway: entry, problems: [] };
}

function parsed(text = ''): GatewayEntry | undefined {
  const value = parsedJson(text);
  return Value.Check(GatewayEntry, value) ? value : undefined;
}

function notPublished({ namespace }: Named, name: string): Problem {
  return {
    reason: 'InvalidObject',
    about: `ConfigMap ${shown(`${namespace}/${name}`)}`,
    message: `data[${KEY}]: expected the listeners and addresses of the Gateway, as ${GATEWAY_ADDRESS_CONTROLLER} writes them; the object is ignored`,
  };
}
