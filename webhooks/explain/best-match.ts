import type { Reachable } from '../../controllers/endpoint.ts';
import { keyOfName } from '../evaluate/object-name.ts';
import { isInside } from './addresses.ts';
import { fitsHost } from './gateway-entry.ts';
import type { AddressTarget } from './target.ts';

/**
 * The endpoint that answers at an address: https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule. Of each Gateway, the routes for
 * the narrowest host name take all calls to it, whatever their paths. Of these the longest path wins, and of equal ones that for calls.
 */
export function bestMatch(target: AddressTarget, reachable: readonly Reachable[]): Reachable | undefined {
  const fitting = atNarrowestHosts(target, reachable).filter((endpoint) => isAtPath(target, endpoint));
  const [best] = fitting.toSorted(
    (one, other) =>
      other.path.length - one.path.length || Number(other.method === 'POST') - Number(one.method === 'POST'),
  );
  return best;
}

/** Those at a Service, or else at the narrowest host name of each Gateway. All of them for an address without a host. */
function atNarrowestHosts({ host }: AddressTarget, reachable: readonly Reachable[]): readonly Reachable[] {
  if (host === undefined) {
    return reachable;
  }
  const fitting = reachable.filter((endpoint) => endpoint.host === undefined || fitsHost(host, endpoint.host));
  const inside = fitting.filter(isInside);
  if (inside.length > 0) {
    return inside;
  }
  const narrowest = new Map<string, number>();
  for (const endpoint of fitting) {
    const key = keyOfName(endpoint.gateway);
    narrowest.set(key, Math.max(narrowest.get(key) ?? 0, narrowness(endpoint, host)));
  }
  return fitting.filter((endpoint) => narrowness(endpoint, host) === narrowest.get(keyOfName(endpoint.gateway)));
}

function narrowness({ host: pattern = '' }: Reachable, host: string): number {
  return pattern === host ? Number.POSITIVE_INFINITY : pattern.length;
}

/** Whether calls to the path of an address take the way of an endpoint. */
export function isAtPath({ path }: Pick<AddressTarget, 'path'>, endpoint: Reachable): boolean {
  return path === endpoint.path || (endpoint.isPrefix && path.startsWith(`${endpoint.path}/`));
}
