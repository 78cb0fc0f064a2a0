import type { DesiredObject } from '../contract.ts';
import { attached } from '../engine/attachment.ts';
import { GATEWAY_ADDRESS_CONTROLLER, published } from '../gateway-api/published-gateway.ts';
import { type Gateway, gatewayReading } from '../kubernetes/kinds/gateway.ts';
import type { Problem } from '../problem.ts';
import type { ReleaseReason } from '../release-reasons.ts';
import type { Settings } from '../settings.ts';
import type { Observed } from './observed.ts';

/** The ConfigMap of a Gateway, or why it has none. */
export type Desired =
  | { readonly outcome: 'published'; readonly configMap: DesiredObject; readonly problems: readonly Problem[] }
  | { readonly outcome: 'none'; readonly reason: ReleaseReason; readonly problems: readonly Problem[] };

/** Only the Gateway to which routes attach has readers, and only if no setting has its address. */
export function isPublished(
  { name, namespace }: Pick<Gateway['metadata'], 'name' | 'namespace'>,
  { gatewayApi, kaosRuntime }: Settings,
): boolean {
  return (
    gatewayApi.enabled &&
    kaosRuntime.enabled &&
    kaosRuntime.gatewayAddress === undefined &&
    gatewayApi.gateway.name === name &&
    gatewayApi.gateway.namespace === namespace
  );
}

/** The ConfigMap of a Gateway as it is in a cluster; none for anything else. */
export function attachedTo(object: unknown, settings: Settings): readonly DesiredObject[] {
  return gatewayReading.fits(object) && isPublished(object.metadata, settings)
    ? [attached(published(object), GATEWAY_ADDRESS_CONTROLLER)]
    : [];
}

/** Decides whether a Gateway gets its ConfigMap. */
export function desire({ about, gateway, deleting, nameConflict, problems }: Observed, settings: Settings): Desired {
  if (deleting || !isPublished(gateway.metadata, settings)) {
    return { outcome: 'none', reason: deleting ? 'Deleting' : 'NoReaders', problems };
  }
  return nameConflict === undefined
    ? { outcome: 'published', configMap: published(gateway), problems }
    : { outcome: 'none', reason: 'NameConflict', problems: [...problems, conflict(about, nameConflict)] };
}

function conflict(about: string, nameConflict: string): Problem {
  const effect = 'so the KAOS runtime does not learn the address of the Gateway';
  return { reason: 'NoGatewayAddress', about, message: `${nameConflict}; ${effect}` };
}
