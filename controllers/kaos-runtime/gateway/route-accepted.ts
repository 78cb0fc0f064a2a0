import type { HttpRouteStatus, RouteCondition } from '../../kubernetes/kinds/http-route-status.ts';
import type { Condition, ReportedCondition } from '../../kubernetes/objects/conditions.ts';
import { whyNoServiceName } from '../../kubernetes/values/names.ts';
import type { Settings } from '../../settings.ts';
import type { Observed } from '../observed.ts';

const UNKNOWN: Condition = {
  type: 'RouteAccepted',
  status: 'Unknown',
  reason: 'Pending',
  message: 'The Gateway has not reported yet whether it accepts the HTTPRoute',
};
/** The reasons that metav1.Condition allows. */
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;

/** The condition RouteAccepted, as the Gateway reports it. Empty for a resource that asks for no route. */
export function routeAccepted(observed: Observed, { gatewayApi }: Settings): readonly ReportedCondition[] {
  const { exposed, naming, route, routeConflict } = observed;
  if (!gatewayApi.enabled || !exposed || whyNoServiceName(naming.serviceName) !== undefined) {
    return [];
  }
  if (routeConflict !== undefined) {
    return [{ ...UNKNOWN, status: 'False', reason: 'NameConflict', message: routeConflict }];
  }
  const conditions = route === undefined ? [] : acceptedBy(route, gatewayApi.gateway);
  const condition = conditions.find(({ status }) => status !== 'True') ?? conditions[0];
  return [condition === undefined ? UNKNOWN : routeAcceptedAs(condition)];
}

/** The conditions Accepted that controllers of the Gateway gave to the present generation of the route. */
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

/** Accepted as the condition RouteAccepted. A reason that metav1.Condition does not allow becomes `Accepted`. */
function routeAcceptedAs({ status, reason, message }: RouteCondition): ReportedCondition {
  return {
    type: 'RouteAccepted',
    status,
    reason: REASON.test(reason) ? reason : 'Accepted',
    message: message ?? '',
  };
}
