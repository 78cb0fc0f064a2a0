import { type AddressInfo, connect, createServer } from 'node:net';
import type { LocalCluster } from '../../local-cluster/local-cluster.ts';
import { repeat } from '../../local-cluster/repeat.ts';
import { install, ours } from './crds.ts';
import { operatorsPass } from './kaos-operator.ts';
import { list, makeNamespaces } from './objects.ts';

/** A cluster in which a page is followed. */
export interface Followed {
  readonly cluster: LocalCluster;
  /** The port of this machine at which Envoy listens in place of port 80 of a load balancer. */
  readonly gatewayPort: number;
  /** What must end with the page. */
  readonly started: { readonly stop: () => unknown }[];
  /** The ports of this machine by the host and port that curl asks for. */
  readonly ports: Map<string, number>;
}

/** A command of a page that a machine without containers cannot run as it is. */
interface Substitution {
  readonly command: RegExp;
  readonly why: string;
  readonly instead: string;
  readonly run: (followed: Followed) => Promise<unknown>;
}

/** Everything that differs from what a reader does. All other commands run as they are on the page. */
export const SUBSTITUTIONS: readonly Substitution[] = [
  {
    command: /^helm install envoy-gateway /,
    why: 'its chart is in a registry of images, and its pods are containers',
    instead: 'the definitions of the Gateway API from their module, and Envoy Gateway and Envoy as processes',
    run: ({ cluster, gatewayPort, ports }) => {
      ports.set('127.0.0.1:80', gatewayPort);
      return cluster.serveGateway(gatewayPort);
    },
  },
  {
    command: /^helm install metacontroller /,
    why: 'its chart is in a registry of images, and its pod is a container',
    instead: 'Metacontroller as a process, or without METACONTROLLER a loop that plays its part',
    run: ({ cluster }) => cluster.installEngine(),
  },
  {
    command: /^helm install kaos-operator /,
    why: 'its chart and its operator are in no package registry',
    instead: 'the definitions of KAOS, and a loop that makes the children and the status that the operator makes',
    run: installOperator,
  },
  {
    command: /^docker (?:build|push) /,
    why: 'there is no container engine',
    instead: 'nothing: the process of this service stands in for its image',
    run: async () => undefined,
  },
  {
    command: /^kubectl port-forward /,
    why: 'kubectl forwards by a kubelet, and it does not end by itself',
    instead: 'a server that forwards to the pod of the Service',
    run: forward,
  },
];

async function installOperator({ cluster: { api }, started }: Followed): Promise<void> {
  await makeNamespaces(api, ['kaos-system']);
  await install(api, ours('kaos-crds'));
  const pass = async () => {
    for (const resource of ['modelapis', 'mcpservers', 'agents']) {
      for (const each of await list(api, 'kaos.tools/v1alpha1', resource)) {
        await operatorsPass(api, each);
      }
    }
  };
  // Somebody else may change an object at the same time; the next pass finds it.
  started.push(repeat(pass, () => undefined));
}

async function forward({ cluster, started, ports }: Followed): Promise<void> {
  const server = createServer((caller) => {
    const { hostname, port } = new URL(cluster.addressOf('agent-gateway.agents.svc:80') ?? 'http://127.0.0.1:9');
    const pod = connect(Number(port), hostname);
    caller.pipe(pod).on('error', () => caller.destroy());
    pod.pipe(caller).on('error', () => pod.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ports.set('localhost:8080', (server.address() as AddressInfo).port);
  started.push({ stop: () => server.close() });
}
