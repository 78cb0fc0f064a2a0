import { codeUnitOrder } from '../../data/order.ts';
import type { Gateway } from '../../kubernetes/kinds/gateway.ts';
import type { Settings } from '../../settings.ts';

/** What stands for every host name: a listener or a route that names none is for all. */
const ANY_HOSTNAME = '*';
const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** A listener that routes attach to, for one host name of theirs. */
interface Way {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** What both the listener and the routes are for: a name, names that begin with a star, or any. */
  readonly hostname: string;
}

/** Where those outside reach the Gateway, up to the path: by a host name, or by its address where any name is answered. */
export function externalBase(gateway: Gateway | undefined, settings: Settings): string | undefined {
  const address = addressOf(gateway);
  const bases = waysInto(gateway, settings).flatMap((way) => {
    const host = way.hostname === ANY_HOSTNAME ? address : way.hostname;
    return host === undefined || host.startsWith('*') ? [] : [baseOf(way, host)];
  });
  return bases[0];
}

/**
 * Where pods reach the Gateway: by its address, since a host name may mean nothing inside the cluster, and over HTTP where it
 * can be, since certificates are for names. While the Gateway has no address, pods keep the one that they have: it may be
 * gone for a moment only, and each change rolls them.
 */
export function internalBase(
  gateway: Gateway | undefined,
  current: string | undefined,
  settings: Settings,
): string | undefined {
  const ways = waysInto(gateway, settings).filter(({ hostname }) => hostname === ANY_HOSTNAME);
  const way = ways.find(({ scheme }) => scheme === 'http') ?? ways[0];
  const address = addressOf(gateway);
  return way && (address === undefined ? current : baseOf(way, address));
}

/** The same one, in whatever order the Gateway lists them. */
function addressOf(gateway: Gateway | undefined): string | undefined {
  const [address] = (gateway?.status?.addresses ?? [])
    .filter(({ type = 'IPAddress', value }) => ['IPAddress', 'Hostname'].includes(type) && /^[^*]/.test(value))
    .map(({ value }) => value)
    .sort(codeUnitOrder);
  return address?.includes(':') ? `[${address}]` : address;
}

/** By the host names of the routes, then by the listeners, each in their order. */
function waysInto(gateway: Gateway | undefined, { gatewayApi }: Settings): readonly Way[] {
  if (gateway === undefined || !gatewayApi.enabled) {
    return [];
  }
  const { sectionName } = gatewayApi.gateway;
  const listeners = gateway.spec.listeners.filter(({ name }) => sectionName === undefined || name === sectionName);
  const hostnames = gatewayApi.hostnames.length > 0 ? gatewayApi.hostnames : [ANY_HOSTNAME];
  return hostnames.flatMap((hostname) => listeners.flatMap((listener) => wayInto(listener, hostname) ?? []));
}

type Listener = Gateway['spec']['listeners'][number];

function wayInto({ protocol, port, hostname: own = ANY_HOSTNAME }: Listener, routeHostname: string): Way | undefined {
  const scheme = schemeOf(protocol);
  const hostname = commonHostname(own, routeHostname);
  return scheme && hostname !== undefined ? { scheme, port, hostname } : undefined;
}

/** The narrower of two; undefined where no host name is of both. */
function commonHostname(one: string, other: string): string | undefined {
  if (covers(one, other)) {
    return other;
  }
  return covers(other, one) ? one : undefined;
}

/** As listeners do: a star stands for one label or more. */
function covers(wide: string, narrow: string): boolean {
  return wide === ANY_HOSTNAME || wide === narrow || (wide.startsWith('*.') && narrow.endsWith(wide.slice(1)));
}

function schemeOf(protocol: string): Way['scheme'] | undefined {
  switch (protocol) {
    case 'HTTP':
      return 'http';
    case 'HTTPS':
      return 'https';
    default:
      return undefined;
  }
}

function baseOf({ scheme, port }: Way, host: string): string {
  return port === DEFAULT_PORTS[scheme] ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
}
