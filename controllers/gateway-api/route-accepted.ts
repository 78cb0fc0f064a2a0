import type { ObservedHttpRoute, RouteCondition } from '../kubernetes/kinds/observed-http-route.ts';
import type { Condition, ReportedCondition } from '../kubernetes/objects/conditions.ts';

const UNKNOWN: Condition = {
  type: 'RouteAccepted',
  status: 'Unknown',
  reason: 'Pending',
  message: 'The Gateway has not reported yet whether it accepts the HTTPRoute',
};
/** The reasons that metav1.Condition allows. */
const REASON = /^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;

interface GatewayIdentity {
  readonly name: string;
  readonly namespace: string;
}

/** The condition RouteAccepted of the resource to which a route belongs, as the Gateway reports it. */
export function routeAccepted(route: ObservedHttpRoute | undefined, gateway: GatewayIdentity): ReportedCondition {
  const conditions = route === undefined ? [] : acceptedBy(route, gateway);
  const condition = conditions.find(({ status }) => status !== 'True') ?? conditions[0];
  return condition === undefined ? UNKNOWN : routeAcceptedAs(condition);
}

/** The condition RouteAccepted of a resource that does not get what it asks for. */
export function routeRefused({ reason, message }: Pick<Condition, 'reason' | 'message'>): Condition {
  return { ...UNKNOWN, status: 'False', reason, message };
}

/** The conditions Accepted that controllers of the Gateway gave to the present generation of the route. */
function acceptedBy({ metadata, status }: ObservedHttpRoute, gateway: GatewayIdentity): readonly RouteCondition[] {
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
