import { type FilesInUse, filesInUse } from '../../controllers/agent-gateway/children/config-files.ts';
import { agentsIn } from '../../controllers/agent-gateway/krakend/krakend-files.ts';
import type { ConfigMap } from '../../controllers/kubernetes/kinds/config-map.ts';
import { configMapReading } from '../../controllers/kubernetes/kinds/config-map.ts';
import { deploymentReading } from '../../controllers/kubernetes/kinds/deployment.ts';

/** Settings with which a few agents already need settings files: the template alone takes some 15 KiB, and 25 with access rules. */
export const MANY_FILES = { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '30' };

/** The files that the pods of a gateway read, by its children, answered or observed. */
export function filesOf(children: readonly { readonly kind: string }[], gatewayName = 'gw'): FilesInUse {
  const deployment = children.find((each) => deploymentReading.fits(each));
  const configMaps: readonly ConfigMap[] = children.filter((each) => configMapReading.fits(each));
  return filesInUse(gatewayName, deploymentReading.fits(deployment) ? deployment : undefined, configMaps);
}

/** The ids of the agents that the pods read, in their order. */
export function idsIn(children: readonly { readonly kind: string }[]): readonly string[] {
  const { files } = filesOf(children);
  return (files && agentsIn(files)?.map(({ id }) => id)) ?? [];
}
