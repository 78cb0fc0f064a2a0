import { mustApply } from '../cluster/support/api.ts';
import { type ControlPlane, startControlPlane } from '../cluster/support/control-plane.ts';
import { gatewayApiStandard, install, metacontroller } from '../cluster/support/crds.ts';
import { METACONTROLLER_NEEDS, startMetacontroller } from '../cluster/support/metacontroller.ts';
import { obey } from '../cluster/support/obedient-model.ts';
import { change, changeStatus, makeNamespaces } from '../cluster/support/objects.ts';
import { startProvider } from '../cluster/support/provider.ts';
import { SERVICE_ACCOUNT } from '../cluster/support/release.ts';
import { serviceAccountToken } from '../cluster/support/service-account.ts';
import { startServiceProxy } from '../cluster/support/service-network.ts';
import { NODE, startControllers } from '../cluster/support/workloads.ts';
import { DEFINITIONS } from './engine-definitions.ts';
import { startEngineStandIn } from './engine-stand-in.ts';
import { startGateway } from './gateway.ts';
import { imagesHere } from './images.ts';
import { startKubelet } from './kubelet.ts';
import { serviceAddresses } from './services.ts';

/** A cluster of processes on this machine: its pods run as processes, and a proxy leads to its Services. */
export interface LocalCluster extends ControlPlane {
  /** Lets this machine's Envoy serve the Gateway at a port, once there is a Gateway. */
  readonly serveGateway: (port: number) => Promise<void>;
  /** Installs Metacontroller, or its stand-in if METACONTROLLER names no program. */
  readonly installEngine: () => Promise<void>;
  /** The address of a ready pod of a Service, such as `agent-lead.research.svc:8000`. */
  readonly addressOf: (hostAndPort: string) => string | undefined;
}

/** Whether the real Metacontroller runs here. */
export const HAS_METACONTROLLER = METACONTROLLER_NEEDS.every(({ found }) => found);

interface Stoppable {
  readonly stop: () => Promise<unknown>;
}

/** Starts the cluster. `say` gets a line for each thing that goes wrong later. */
export async function startLocalCluster(say: (line: string) => void): Promise<LocalCluster> {
  const running: Stoppable[] = [];
  const stop = async () => {
    for (const each of running.splice(0).reverse()) {
      await each.stop();
    }
  };
  try {
    return await assembled(running, stop, say);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assembled(
  running: Stoppable[],
  stop: () => Promise<void>,
  say: (line: string) => void,
): Promise<LocalCluster> {
  const started = <Part extends Stoppable>(each: Part): Part => {
    running.push(each);
    return each;
  };
  const controlPlane = started(await startControlPlane());
  const { api, kubeconfig } = controlPlane;
  started(startControllers(kubeconfig));
  await mustApply(api, [NODE]);
  await change(api, NODE, { spec: { taints: null } });
  await changeStatus(api, NODE, { conditions: [{ type: 'Ready', status: 'True' }] });
  const services = serviceAddresses();
  const proxy = started(await startServiceProxy(services));
  const model = started(await startProvider(obey));
  const images = imagesHere({ proxy: `http://127.0.0.1:${proxy.port}`, modelPort: model.port });
  started(startKubelet(api, { images, services, say }));
  return {
    ...controlPlane,
    stop,
    addressOf: (hostAndPort) => {
      const found = services.get(hostAndPort);
      return found && `http://${found.host}:${found.port}`;
    },
    serveGateway: async (port) => {
      await install(api, gatewayApiStandard());
      started(startGateway(api, { port, services, say }));
    },
    installEngine: async () => {
      await makeNamespaces(api, [SERVICE_ACCOUNT.namespace]);
      await install(api, HAS_METACONTROLLER ? metacontroller() : DEFINITIONS);
      if (HAS_METACONTROLLER) {
        const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
        started(await startMetacontroller(controlPlane, 'server-side-apply', undefined, env));
      } else {
        const token = await serviceAccountToken(api, SERVICE_ACCOUNT);
        started(startEngineStandIn({ ...api, token }, { services, say }));
      }
    },
  };
}
