import { demandChanges, openingBy } from '../../controllers/access/demand-change.ts';
import type { Reachable } from '../../controllers/endpoint.ts';

/** What answered at an address, and what answers now. Undefined if nothing does. */
export type Pair = readonly [before: Reachable | undefined, after: Reachable | undefined];

/** Finds the endpoints of a state at an address. */
export type EndpointsAt = (endpoint: Reachable) => readonly Reachable[];

/**
 * A pair with another endpoint in the empty place, if one answers there: calls to an address whose route goes are answered by another
 * route for it, or by one for more host names. Of several, the one that opens most counts, because only the cluster knows which wins. For
 * the same reason a new route beside another one counts as new, unless more callers pass.
 */
export function withStandIn([before, after]: Pair, old: EndpointsAt, now: EndpointsAt): Pair {
  if (before !== undefined && after === undefined) {
    const others = standIns(before, now).map((other) => ({ ...other, host: before.host }));
    return [before, mostOpen(others, (other) => openingBy(demandChanges(before.demand, other.demand)))];
  }
  if (before === undefined && after !== undefined) {
    const opening = (other: Reachable) => openingBy(demandChanges(other.demand, after.demand));
    const opens = (other: Reachable) => ['opened', 'others'].includes(opening(other) ?? '');
    return [mostOpen(standIns(after, old).filter(opens), opening), after];
  }
  return [before, after];
}

type OpeningOf = (endpoint: Reachable) => ReturnType<typeof openingBy>;

function mostOpen(endpoints: readonly Reachable[], openingOf: OpeningOf): Reachable | undefined {
  const find = (opening: ReturnType<typeof openingBy>) => endpoints.find((each) => openingOf(each) === opening);
  return find('opened') ?? find('others') ?? endpoints[0];
}

/** Those for the same host name, or else for the narrowest pattern that fits it: https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec */
function standIns(endpoint: Reachable, endpointsAt: EndpointsAt): readonly Reachable[] {
  const found = hostsFor(endpoint.host).map((host) => endpointsAt({ ...endpoint, host }));
  return found.find(({ length }) => length > 0) ?? [];
}

/** `a.example.com` → itself, `*.example.com`, `*.com`, any host. */
function hostsFor(host: string | undefined): readonly (string | undefined)[] {
  const labels = host?.split('.') ?? [];
  const patterns = labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
  return [...new Set(host === undefined ? [] : [host, ...patterns]), undefined];
}
