import { quote } from '../../data/quote.ts';
import { whyNoServiceName } from '../../kubernetes/values/names.ts';
import type { AddressReading, AgentAddress } from './agent-address.ts';

/** The Service in an agent's own namespace that answers its calls. */
export interface DirectService {
  readonly name: string;
  readonly port: number;
  /** The agent's own path: `/`, or such as `/api/v1`. */
  readonly path: string;
}

/** Whether a route can lead straight to an agent, and if not, why. */
export type DirectServiceReading =
  | { readonly outcome: 'service'; readonly service: DirectService }
  | { readonly outcome: 'refused'; readonly why: string };

/** An agent's namespace, and its address there. */
interface AddressedAgent {
  readonly namespace: string;
  readonly reading: AddressReading;
}

/** The parts of the `host` of an AgentAddress. */
const HOST_PARTS = /^(?<scheme>https?):\/\/(?<host>[^:]+)(?::(?<port>[0-9]+))?$/;
const HTTP_PORT = 80;

/**
 * The Service to which a route in the agent's namespace can lead without the permission of anybody else. Only names that can
 * mean nothing but this Service count: `weather.dev` is a Service for pods, and may be a host of the internet for others.
 */
export function directService({ namespace, reading }: AddressedAgent, clusterDomain: string): DirectServiceReading {
  if (reading.outcome === 'refused') {
    return reading;
  }
  const { scheme, host = '', port = HTTP_PORT } = HOST_PARTS.exec(reading.address.host)?.groups ?? {};
  if (scheme === 'https') {
    return refused('its scheme is https; expected http: over TLS a route also needs a BackendTLSPolicy');
  }
  const name = serviceName(host, namespace, clusterDomain);
  return name === undefined
    ? refused(whyNoService(host, namespace, clusterDomain))
    : { outcome: 'service', service: { name, port: Number(port), path: pathOf(reading.address) } };
}

function pathOf({ path }: AgentAddress): string {
  return path === '' ? '/' : path;
}

/** The name of the Service that a host means in DNS, where case does not matter and a dot may end a full name. */
function serviceName(host: string, namespace: string, clusterDomain: string): string | undefined {
  const lower = host.toLowerCase();
  const short = `.${namespace}.svc`;
  const suffix = [short, `${short}.${clusterDomain}`, `${short}.${clusterDomain}.`].find((end) => lower.endsWith(end));
  const name = suffix === undefined ? '' : lower.slice(0, -suffix.length);
  return whyNoServiceName(name) === undefined ? name : undefined;
}

function whyNoService(host: string, namespace: string, clusterDomain: string): string {
  const forms = `<service>.${namespace}.svc.${clusterDomain} or <service>.${namespace}.svc`;
  return `its host ${quote(host)} is not a Service of the namespace ${namespace}; expected ${forms}`;
}

function refused(why: string): DirectServiceReading {
  return { outcome: 'refused', why: `status.url: ${why}` };
}
