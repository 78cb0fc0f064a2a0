import { isPlainObject, objectsIn, type PlainObject } from '../../data/plain-object.ts';
import type { Deployment } from '../../kubernetes/kinds/deployment.ts';
import { containersIn } from '../../kubernetes/pod-spec/pod-parts.ts';

/** How a Deployment replaces its pods: an appsv1 DeploymentStrategy. */
interface Strategy {
  readonly type: 'Recreate' | 'RollingUpdate';
  readonly rollingUpdate?: { readonly maxSurge: number; readonly maxUnavailable: number };
}

/** Ends a pod before the next one starts, but keeps the others of several. */
const WITHOUT_SURGE: Strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };

/**
 * The strategy of a pod that holds something which the next one needs: the last GPU, or a volume that one node at a time may
 * mount. The API server's default would wait for the next pod before it ends this one. Undefined for other pods.
 *
 * The API server refuses Recreate for a Deployment that has its default `rollingUpdate`, which no answer can remove: that field
 * has no owner. So such a Deployment gets a RollingUpdate that does the same.
 */
export function strategyOf(podSpec: PlainObject, observed: Deployment | undefined): Strategy | undefined {
  if (!holdsScarceThing(podSpec)) {
    return undefined;
  }
  return observed === undefined || observed.spec.strategy?.type === 'Recreate' ? { type: 'Recreate' } : WITHOUT_SURGE;
}

function holdsScarceThing(podSpec: PlainObject): boolean {
  const claims = objectsIn(podSpec['volumes']).map((volume) => volume['persistentVolumeClaim']);
  return (
    claims.some((claim) => isPlainObject(claim) && claim['readOnly'] !== true) ||
    objectsIn(podSpec['resourceClaims']).length > 0 ||
    containersIn(podSpec).some(({ resources }) => isPlainObject(resources) && needsDevice(resources))
  );
}

function needsDevice({ limits, requests }: PlainObject): boolean {
  return [limits, requests].some((amounts) => isPlainObject(amounts) && Object.keys(amounts).some(isExtended));
}

/** Whether a resource is an extended one, such as nvidia.com/gpu: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources */
function isExtended(resource: string): boolean {
  return resource.includes('/') && !resource.includes('kubernetes.io/');
}
