import { codeUnitOrder } from '../../data/order.ts';
import type { GatewayEntry } from '../../kubernetes/kinds/gateway.ts';
import { ANY_HOSTNAME } from '../../kubernetes/values/hostname.ts';
import type { Settings } from '../../settings.ts';

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** A listener of the Gateway together with one host name of the routes. */
interface EntryPoint {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** The host name that both serve: a full name, a wildcard such as `*.example.com`, or any. */
  readonly hostname: string;
}

/**
 * The Gateway's base URL (scheme, host and port) for callers outside the cluster. The host is a host name that a listener and
 * the routes serve, or the Gateway's address if they serve any host name.
 */
export function externalBase(gateway: GatewayEntry | undefined, settings: Settings): string | undefined {
  const address = addressOf(gateway);
  const bases = entryPointsOf(gateway, settings).flatMap((entryPoint) => {
    const host = entryPoint.hostname === ANY_HOSTNAME ? address : entryPoint.hostname;
    return host === undefined || host.startsWith('*') ? [] : [baseOf(entryPoint, host)];
  });
  return bases[0];
}

/**
 * The Gateway's base URL for pods. It has the Gateway's address, because a host name may not resolve inside the cluster. It
 * prefers HTTP, because a certificate does not cover an address. While nothing is known of the Gateway, or it has no address, the
 * current base URL stays: that may be so for a moment only, and each change rolls the pods.
 */
export function internalBase(
  gateway: GatewayEntry | undefined,
  current: string | undefined,
  settings: Settings,
): string | undefined {
  if (gateway === undefined) {
    return current;
  }
  const entryPoints = entryPointsOf(gateway, settings).filter(({ hostname }) => hostname === ANY_HOSTNAME);
  const entryPoint = entryPoints.find(({ scheme }) => scheme === 'http') ?? entryPoints[0];
  const address = addressOf(gateway);
  return entryPoint && (address === undefined ? current : baseOf(entryPoint, address));
}

/** The first address in sorted order, so that the Gateway's own order does not matter. */
function addressOf(gateway: GatewayEntry | undefined): string | undefined {
  const [address] = (gateway?.status?.addresses ?? [])
    .filter(({ type = 'IPAddress', value }) => ['IPAddress', 'Hostname'].includes(type) && /^[^*]/.test(value))
    .map(({ value }) => value)
    .sort(codeUnitOrder);
  return address?.includes(':') ? `[${address}]` : address;
}

/** The ways into the Gateway for the routes, in the order of the routes' host names, then of the listeners. */
function entryPointsOf(gateway: GatewayEntry | undefined, { gatewayApi }: Settings): readonly EntryPoint[] {
  if (gateway === undefined || !gatewayApi.enabled) {
    return [];
  }
  const { sectionName } = gatewayApi.gateway;
  const listeners = gateway.spec.listeners.filter(({ name }) => sectionName === undefined || name === sectionName);
  const hostnames = gatewayApi.hostnames.length > 0 ? gatewayApi.hostnames : [ANY_HOSTNAME];
  return hostnames.flatMap((hostname) => listeners.flatMap((listener) => entryPointOf(listener, hostname) ?? []));
}

type Listener = GatewayEntry['spec']['listeners'][number];

function entryPointOf(
  { protocol, port, hostname: listenerHostname = ANY_HOSTNAME }: Listener,
  routeHostname: string,
): EntryPoint | undefined {
  const scheme = schemeOf(protocol);
  const hostname = commonHostname(listenerHostname, routeHostname);
  return scheme && hostname !== undefined ? { scheme, port, hostname } : undefined;
}

/** The narrower of two host names; undefined if they have nothing in common. */
function commonHostname(one: string, other: string): string | undefined {
  if (covers(one, other)) {
    return other;
  }
  return covers(other, one) ? one : undefined;
}

/** Whether one host name includes another. A star stands for one label or more, as in Gateway API. */
function covers(wide: string, narrow: string): boolean {
  return wide === ANY_HOSTNAME || wide === narrow || (wide.startsWith('*.') && narrow.endsWith(wide.slice(1)));
}

function schemeOf(protocol: string): EntryPoint['scheme'] | undefined {
  switch (protocol) {
    case 'HTTP':
      return 'http';
    case 'HTTPS':
      return 'https';
    default:
      return undefined;
  }
}

function baseOf({ scheme, port }: EntryPoint, host: string): string {
  return port === DEFAULT_PORTS[scheme] ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
}
