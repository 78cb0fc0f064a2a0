import { type WholeCors, wholeCors } from '../access/whole-cors.ts';
import { type GatewayClass, supports } from '../kubernetes/kinds/gateway-class.ts';
import type { Settings } from '../settings.ts';

/** The feature of Gateway API without which an implementation refuses or ignores the filter. */
const FEATURE = 'HTTPRouteCORS';

/** How a route lets pages of other origins call: by a filter of its own, by a policy, or not at all, although the rules say so. */
export type CorsPlan =
  | { readonly by: 'filter' | 'policy'; readonly cors: WholeCors }
  | { readonly by: 'nothing'; readonly why: string | undefined };

/** A class that lists no features is unknown: Envoy Gateway's lists none. */
export function corsPlan({ access, gatewayApi }: Settings, gatewayClass: GatewayClass | undefined): CorsPlan {
  const { rules, dialect } = access;
  if (rules.cors === undefined || !gatewayApi.enabled || gatewayApi.cors === 'never') {
    return { by: 'nothing', why: undefined };
  }
  const cors = wholeCors(rules.cors);
  if (gatewayApi.cors === 'always' || supports(gatewayClass, FEATURE) === true) {
    return { by: 'filter', cors };
  }
  return dialect === 'none' ? { by: 'nothing', why: WHY_NOT } : { by: 'policy', cors };
}

const WHY_NOT = `cors: browsers cannot call this route, because it is not known that the Gateway's class supports ${FEATURE}; set ACCESS_DIALECT to the gateway that serves the route, or GATEWAY_CORS to always if it supports CORS, or to never`;
