import type { ObjectName } from '../../controllers/endpoint.ts';
import { type Static, Type, Value } from '../../controllers/typebox.ts';

const Listener = Type.Object({ protocol: Type.String(), port: Type.Integer(), hostname: Type.Optional(Type.String()) });
type Listener = Static<typeof Listener>;
const Gateway = Type.Object({
  kind: Type.Literal('Gateway'),
  metadata: Type.Object({ name: Type.String(), namespace: Type.Optional(Type.String()) }),
  spec: Type.Object({ listeners: Type.Array(Listener) }),
  status: Type.Optional(Type.Object({ addresses: Type.Optional(Type.Array(Type.Object({ value: Type.String() }))) })),
});

type Gateway = Static<typeof Gateway>;

/** How clients connect to a Gateway: `https://agents.example.com`. */
export type Entry = (host: string | undefined) => string;

const USUAL_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The start of URLs at a Gateway among these objects. Without the Gateway, the scheme and the addresses are not known. */
export function entryOf({ namespace, name }: ObjectName, objects: readonly unknown[]): Entry {
  const gateway = objects.find(
    (object) =>
      Value.Check(Gateway, object) &&
      object.metadata.name === name &&
      (object.metadata.namespace ?? namespace) === namespace,
  );
  if (!Value.Check(Gateway, gateway)) {
    return (host) => (host === undefined ? '' : `http[s]://${host}`);
  }
  const { listeners } = gateway.spec;
  return (host) => {
    const at = host ?? anyHostOf(gateway);
    return at === undefined ? '' : `${schemeAndPort(listeners, at).join(at.includes(':') ? `[${at}]` : at)}`;
  };
}

/** Where a route without host names is called: the address of the Gateway, if a listener takes every host name, or else a listener's. */
function anyHostOf({ spec, status }: Gateway): string | undefined {
  const [address] = status?.addresses ?? [];
  const hostnames = spec.listeners.map(({ hostname }) => hostname);
  return hostnames.includes(undefined) ? address?.value : hostnames[0];
}

/** What stands before and behind the host. A listener with TLS comes first: whoever has one wants calls to use it. */
function schemeAndPort(listeners: readonly Listener[], host: string): readonly [string, string] {
  const fitting = listeners.filter(({ hostname }) => hostname === undefined || fitsHost(host, hostname));
  const listener =
    fitting.find(({ protocol }) => protocol === 'HTTPS') ?? fitting.find(({ protocol }) => protocol === 'HTTP');
  if (listener === undefined) {
    return ['http[s]://', ''];
  }
  const scheme = listener.protocol.toLowerCase();
  return [`${scheme}://`, listener.port === USUAL_PORTS[scheme] ? '' : `:${listener.port}`];
}

/** Whether a host name is the one of a listener or a route, which may begin with `*.`. */
export function fitsHost(host: string, pattern: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}
