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
  const [address] = gateway.status?.addresses ?? [];
  return (host) => {
    const at = host ?? address?.value;
    return at === undefined
      ? ''
      : `${originOf(gateway.spec.listeners, host)}`.replace('HOST', at.includes(':') ? `[${at}]` : at);
  };
}

/** A listener with TLS comes first: whoever has one wants calls to use it. */
function originOf(listeners: readonly Listener[], host: string | undefined): string {
  const fitting = listeners.filter(
    ({ hostname }) => hostname === undefined || host === undefined || fitsHost(host, hostname),
  );
  const listener =
    fitting.find(({ protocol }) => protocol === 'HTTPS') ?? fitting.find(({ protocol }) => protocol === 'HTTP');
  if (listener === undefined) {
    return 'http[s]://HOST';
  }
  const scheme = listener.protocol.toLowerCase();
  return `${scheme}://HOST${listener.port === USUAL_PORTS[scheme] ? '' : `:${listener.port}`}`;
}

/** Whether a host name is the one of a listener or a route, which may begin with `*.`. */
export function fitsHost(host: string, pattern: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}
