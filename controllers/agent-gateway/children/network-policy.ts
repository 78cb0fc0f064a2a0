import type { Callers } from '../../access/callers.ts';
import type { DesiredObject } from '../../contract.ts';
import { networkPolicy } from '../../kubernetes/kinds/network-policy.ts';
import { KRAKEND_PORT } from '../krakend/krakend-config.ts';
import { type GatewayChild, withoutEmptyAnnotations } from './gateway-child.ts';

/** The NetworkPolicy of a gateway, if access rules say who may connect to it. It selects the pods that the Service selects. */
export function gatewayPolicy(
  { name, namespace, metadata }: GatewayChild,
  callers: Callers | undefined,
): readonly DesiredObject[] {
  const admission = { podLabels: { app: name }, ports: [KRAKEND_PORT] };
  return callers === undefined
    ? []
    : [
        networkPolicy(
          { name, namespace, ...withoutEmptyAnnotations(metadata.common) },
          { ...admission, namespaces: callers.namespaces },
        ),
      ];
}
