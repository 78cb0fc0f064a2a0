import type { Gateway } from '../kubernetes/gateway.ts';
import type { Endpoint } from '../resources/kaos/endpoint.ts';
import type { Settings } from '../settings.ts';

/** Something that is reached: a resource's own Service, and its path at the Gateway. */
export interface Reached {
  readonly name: string;
  readonly namespace: string;
  readonly endpoint: Pick<Endpoint, 'serviceName' | 'servicePort' | 'pathType'>;
}

/** The Service's own address. It follows from the names, so nobody waits for it. */
export function serviceAddress({ namespace, endpoint }: Reached, { kaosRuntime }: Settings): string {
  const { serviceName, servicePort } = endpoint;
  return `http://${serviceName}.${namespace}.svc.${kaosRuntime.clusterDomain}:${servicePort}`;
}

/** The address at the Gateway for those outside; undefined while there is none, or nobody knows it. */
export function gatewayAddress(reached: Reached, gateway: Gateway | undefined, settings: Settings): string | undefined {
  const base =
    settings.kaosRuntime.gatewayAddress ?? addressByHostname(gateway, settings) ?? addressByStatus(gateway, settings);
  return settings.gatewayApi.enabled && base !== undefined ? atGateway(base, reached) : undefined;
}

/** The address that agents are given: at the Gateway where calls inside the cluster go through it. */
export function callAddress(reached: Reached, gateway: Gateway | undefined, settings: Settings): string {
  const { gatewayApi, kaosRuntime } = settings;
  const base = kaosRuntime.gatewayAddress ?? addressByStatus(gateway, settings);
  return gatewayApi.enabled && kaosRuntime.internalRouting && base !== undefined
    ? atGateway(base, reached)
    : serviceAddress(reached, settings);
}

function atGateway(base: string, { namespace, endpoint, name }: Reached): string {
  return `${base}/${namespace}/${endpoint.pathType}/${name}`;
}

type Listener = Gateway['spec']['listeners'][number];
const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** Where routes are for certain host names, nobody is answered who calls by the Gateway's own address. */
function addressByStatus(gateway: Gateway | undefined, settings: Settings): string | undefined {
  const [address] = gateway?.status?.addresses ?? [];
  const listener = listenerOf(gateway, settings);
  const isByName = hostnamesOf(listener, settings).length > 0;
  if (address === undefined || listener === undefined || isByName) {
    return undefined;
  }
  return baseOf(listener, address.value.includes(':') ? `[${address.value}]` : address.value);
}

function addressByHostname(gateway: Gateway | undefined, settings: Settings): string | undefined {
  const listener = listenerOf(gateway, settings);
  const hostname = hostnamesOf(listener, settings).find((name) => !name.startsWith('*'));
  return listener && hostname ? baseOf(listener, hostname) : undefined;
}

function hostnamesOf(listener: Listener | undefined, { gatewayApi }: Settings): readonly string[] {
  const own = gatewayApi.enabled ? gatewayApi.hostnames : [];
  return own.length > 0 || !listener?.hostname ? own : [listener.hostname];
}

/** The one that routes attach to, or the first that takes HTTP. */
function listenerOf(gateway: Gateway | undefined, { gatewayApi }: Settings): Listener | undefined {
  const sectionName = gatewayApi.enabled ? gatewayApi.gateway.sectionName : undefined;
  return gateway?.spec.listeners.find(
    ({ name, protocol }) => schemeOf(protocol) !== undefined && (sectionName === undefined || name === sectionName),
  );
}

function schemeOf(protocol: string): 'http' | 'https' | undefined {
  switch (protocol) {
    case 'HTTP':
      return 'http';
    case 'HTTPS':
      return 'https';
    default:
      return undefined;
  }
}

function baseOf({ protocol, port }: Listener, host: string): string {
  const scheme = schemeOf(protocol) ?? 'http';
  return port === DEFAULT_PORTS[scheme] ? `${scheme}://${host}` : `${scheme}://${host}:${port}`;
}
