import { codeUnitOrder } from '../../data/order.ts';
import type { ObservedHttpRoute } from '../../kubernetes/kinds/observed-http-route.ts';
import { ANY_HOSTNAME } from '../../kubernetes/values/hostname.ts';
import { secondsOf } from '../../kubernetes/values/time.ts';

/** Host names that another gateway has too. */
export interface SharedHostnames {
  /** The other gateway, as `namespace/name`. */
  readonly gateway: string;
  readonly hostnames: readonly string[];
}

/** Whose calls they get: those of `lost` go to the other gateways, and those of `won` to this one. */
export interface HostnameConflicts {
  readonly lost: readonly SharedHostnames[];
  readonly won: readonly SharedHostnames[];
}

/** The routes of all gateways. */
interface GatewayRoutes {
  /** This gateway's own; undefined if it is made now. Then it is the newest. */
  readonly own: ObservedHttpRoute | undefined;
  readonly others: readonly ObservedHttpRoute[];
}

/**
 * Finds the host names that other gateways have too. The routes of gateways match the same paths, so Gateway API gives a host name
 * to the oldest of them, and if they are equally old, to the first by namespace and name. Only equal host names conflict: beside
 * `*.example.com` or `*`, the route of `a.example.com` gets its own calls, whatever its age.
 * https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function hostnameConflicts(hostnames: readonly string[], { own, others }: GatewayRoutes): HostnameConflicts {
  const sorted = others.toSorted(byAge);
  const isOlder = (other: ObservedHttpRoute) => own === undefined || byAge(other, own) < 0;
  const left = new Set(hostnames);
  const lost = sorted.filter(isOlder).flatMap((other) => {
    const shared = sharedWith(other, left);
    for (const hostname of shared) {
      left.delete(hostname);
    }
    return named(other, shared);
  });
  const won = sorted.filter((other) => !isOlder(other)).flatMap((other) => named(other, sharedWith(other, left)));
  return { lost, won };
}

function byAge(a: ObservedHttpRoute, b: ObservedHttpRoute): number {
  return createdAt(a) - createdAt(b) || codeUnitOrder(nameOf(a), nameOf(b));
}

function createdAt({ metadata }: ObservedHttpRoute): number {
  return secondsOf(metadata.creationTimestamp) ?? 0;
}

/** A gateway and its route have one name. */
function nameOf({ metadata }: ObservedHttpRoute): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function sharedWith({ spec }: ObservedHttpRoute, hostnames: ReadonlySet<string>): readonly string[] {
  const theirs = new Set(spec?.hostnames ?? [ANY_HOSTNAME]);
  return [...hostnames].filter((hostname) => theirs.has(hostname));
}

function named(other: ObservedHttpRoute, hostnames: readonly string[]): readonly SharedHostnames[] {
  return hostnames.length === 0 ? [] : [{ gateway: nameOf(other), hostnames }];
}
