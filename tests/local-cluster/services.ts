import type { Listening } from '../cluster/support/backends.ts';
import type { Pod } from '../cluster/support/pods.ts';
import { type ServiceTable, serviceHost, serviceTable } from '../cluster/support/service-network.ts';
import type { Manifest } from '../support/helm.ts';

/** The addresses of a cluster's Services as they are now. */
export interface Services {
  /** The address of a ready pod, for `agent-lead.research.svc:8000` in any of the forms of its host. Port 80 can be omitted. */
  readonly get: (hostAndPort: string) => Listening | undefined;
  /** Takes over the present Services and ready pods. */
  readonly update: (services: readonly Manifest[], ready: readonly Pod[]) => void;
}

export function serviceAddresses(): Services {
  let table: ServiceTable = new Map();
  return {
    get: (hostAndPort) => table.get(inFull(hostAndPort)),
    update: (services, ready) => {
      // A Service without a selector leads to no pod of its own.
      const selecting = services.filter(({ spec }) => (spec as { readonly selector?: object }).selector !== undefined);
      table = serviceTable(selecting, ready);
    },
  };
}

function inFull(hostAndPort: string): string {
  const { hostname, port } = new URL(`http://${hostAndPort}`);
  const [name = '', namespace = ''] = hostname.split('.');
  return serviceHost({ name, namespace }, Number(port || 80));
}
