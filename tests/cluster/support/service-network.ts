import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type Duplex, pipeline } from 'node:stream';
import type { Manifest } from '../../support/helm.ts';
import type { Backend, Listening } from './backends.ts';
import type { Pod } from './pods.ts';

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly port: number; readonly targetPort: number | string }[];
}

/** Addresses by the host and port of a Service, such as `calc.research.svc.cluster.local:8000`. */
export type ServiceTable = ReadonlyMap<string, Listening>;
/** The part of a table that a proxy needs. */
type Addresses = Pick<ServiceTable, 'get'>;

/** The addresses of Services that a cluster's DNS and kube-proxy would find. */
export function serviceTable(objects: readonly Manifest[], pods: readonly Pod[]): ServiceTable {
  const services = objects.filter(({ kind }) => kind === 'Service');
  return new Map(services.flatMap((service) => entriesOf(service, pods)));
}

function entriesOf({ metadata, spec }: Manifest, pods: readonly Pod[]): [string, Listening][] {
  const { selector, ports } = spec as ServiceSpec;
  const labels = Object.entries(selector);
  const selected = pods.filter(
    (pod) => pod.namespace === metadata.namespace && labels.every(([name, value]) => pod.labels[name] === value),
  );
  return selected.flatMap((pod) =>
    ports.map(({ port, targetPort }): [string, Listening] => [
      serviceHost(metadata, port),
      { host: pod.ip, port: numberOf(targetPort, pod) },
    ]),
  );
}

/** The host and port of a Service. */
export function serviceHost({ name, namespace }: Manifest['metadata'], port: number): string {
  return `${name}.${namespace}.svc.cluster.local:${port}`;
}

function numberOf(targetPort: number | string, { container }: Pod): number {
  const named = container.ports.find(({ name }) => name === targetPort);
  return typeof targetPort === 'number' ? targetPort : (named?.containerPort ?? 0);
}

export interface ServiceProxy extends Backend {
  /** The hosts and ports that were called, each once. */
  readonly called: () => string[];
}

/** Starts a proxy that leads only to Services, for programs that cannot have their own DNS. */
export async function startServiceProxy(table: Addresses): Promise<ServiceProxy> {
  const called = new Set<string>();
  const server = createServer().on('connect', ({ url = '' }, caller) => {
    called.add(url);
    tunnel(caller, table.get(url));
  });
  server.on('request', (asked, answer) => {
    const { host, pathname, search } = new URL(asked.url ?? '');
    called.add(host);
    forward([asked, answer], `${pathname}${search}`, table.get(host));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, called: () => [...called].sort(), stop: async () => server.close() };
}

function tunnel(caller: Duplex, target: Listening | undefined): void {
  const refuse = () => caller.end('HTTP/1.1 502 No pod answers\r\n\r\n');
  if (target === undefined) {
    refuse();
    return;
  }
  const pod = connect(target).once('error', refuse);
  pod.once('connect', () => {
    pod.off('error', refuse);
    caller.write('HTTP/1.1 200 OK\r\n\r\n');
    pipeline(caller, pod, caller, () => undefined);
  });
}

/** Passes on a call with a whole URL, which clients of Python send to a proxy. */
function forward(
  [asked, answer]: readonly [IncomingMessage, ServerResponse],
  path: string,
  target: Listening | undefined,
): void {
  const refuse = () => answer.writeHead(502).end('No pod answers');
  if (target === undefined) {
    refuse();
    return;
  }
  const { method, headers } = asked;
  const call = request({ ...target, method, path, headers }, (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(answer);
  });
  call.once('error', refuse);
  asked.pipe(call);
}
