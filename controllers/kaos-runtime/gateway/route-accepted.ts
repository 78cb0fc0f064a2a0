import type { HttpRouteStatus, RouteCondition } from '../../kubernetes/kinds/http-route-status.ts';
import type { Condition } from '../../kubernetes/objects/conditions.ts';
import { whyNoServiceName } from '../../kubernetes/values/names.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';

const UNKNOWN: Condition = {
  type: 'RouteAccepted',
  status: 'Unknown',
  reason: 'Pending',
  message: 'The Gateway has not said yet whether it accepts the HTTPRoute',
};
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;

/** What the Gateway says of the resource's route; none while there are no routes, or for a resource that gets none. */
export function routeAccepted({ exposed, naming, route }: Observed, { gatewayApi }: Settings): readonly Condition[] {
  if (!gatewayApi.enabled || !exposed || whyNoServiceName(naming.serviceName) !== undefined) {
    return [];
  }
  const said = route === undefined ? [] : acceptedBy(route, gatewayApi.gateway);
  const condition = said.find(({ status }) => status !== 'True') ?? said[0];
  return [condition === undefined ? UNKNOWN : asOurs(condition)];
}

/** The condition Accepted of each of the Gateway's controllers, as far as it is of the present route. */
function acceptedBy(
  { metadata, status }: HttpRouteStatus,
  gateway: { readonly name: string; readonly namespace: string },
): readonly RouteCondition[] {
  const parents = status?.parents ?? [];
  return parents
    .filter(({ parentRef }) => parentRef.name === gateway.name)
    .filter(({ parentRef }) => (parentRef.namespace ?? metadata.namespace) === gateway.namespace)
    .flatMap(({ conditions = [] }) => conditions.filter(({ type }) => type === 'Accepted'))
    .filter(
      ({ observedGeneration }) => observedGeneration === undefined || observedGeneration >= (metadata.generation ?? 0),
    );
}

function asOurs({ status, reason, message }: RouteCondition): Condition {
  return {
    type: 'RouteAccepted',
    status,
    reason: REASON.test(reason) ? reason : 'Accepted',
    message: message ?? '',
  };
}
