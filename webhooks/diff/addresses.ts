import {
  demandChanges,
  demandParts,
  type Opening,
  openingBy,
  type PartChange,
} from '../../controllers/access/demand-change.ts';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import type { Endpoint, ObjectName, Reachable, Unreachable } from '../../controllers/endpoint.ts';
import { resourceKey, resourceText } from './resource-text.ts';
import { type EndpointsAt, type Pair, withStandIn } from './stand-ins.ts';

/** What becomes of an address. `moved`: another resource answers. `closed`: fewer may call. `changed`: it leads elsewhere, or has another timeout. */
export type AddressChangeKind = Opening | 'added' | 'moved' | 'removed' | 'changed';

/** Addresses of a resource at a gateway to which the same happens. */
export interface AddressChange {
  readonly change: AddressChangeKind;
  readonly resource: ObjectName;
  readonly gateway: ObjectName;
  /** `POST agents.example.com/research/helper`, sorted. Without a host for every host name that leads to the gateway. */
  readonly addresses: readonly string[];
  readonly details: readonly Detail[];
}

/** What changes, such as `timeout`. `before` is missing for a new address, and `after` for one that is gone. */
export interface Detail {
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** What becomes of the addresses: the most dangerous changes come first. */
export function addressChanges(before: readonly Endpoint[], after: readonly Endpoint[]): readonly AddressChange[] {
  const [old, now] = [before, after].map((endpoints) => Map.groupBy(endpoints.filter(isOpen), addressKey));
  const why = reasonFinder(after);
  const changes = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])]
    .flatMap((key) => pairs(old?.get(key) ?? [], now?.get(key) ?? []))
    .map((pair) => withStandIn(pair, endpointsIn(old), endpointsIn(now)))
    .flatMap(([one, other]) => changeOf(one, other, why));
  return grouped(changes).toSorted(
    (one, other) => rank(one) - rank(other) || codeUnitOrder(sortKey(one), sortKey(other)),
  );
}

/** A route without a backend waits for its policies, and is closed. */
function isOpen(endpoint: Endpoint): endpoint is Reachable {
  return endpoint.outcome === 'reachable' && endpoint.backend !== undefined;
}

function addressKey(endpoint: Reachable): string {
  return `${resourceKey(endpoint.gateway)} ${addressText(endpoint)}`;
}

function addressText({ method, host, path }: Reachable): string {
  return oneLine(`${method === 'any' ? '' : `${method} `}${host ?? ''}${path}`);
}

function endpointsIn(byKey: ReadonlyMap<string, readonly Reachable[]> | undefined): EndpointsAt {
  return (endpoint) => byKey?.get(addressKey(endpoint)) ?? [];
}

/** The endpoints of an address, before and after. Several have the same one if a direct route lies over that of a gateway. */
function pairs(before: readonly Reachable[], after: readonly Reachable[]): readonly Pair[] {
  const texts = [before, after].map((endpoints) => new Set(endpoints.map((endpoint) => JSON.stringify(endpoint))));
  const isIn = (endpoint: Reachable, side: number) => texts[side]?.has(JSON.stringify(endpoint));
  const old = before.filter((endpoint) => !isIn(endpoint, 1));
  const now = Map.groupBy(
    after.filter((endpoint) => !isIn(endpoint, 0)),
    ({ resource }) => resourceKey(resource),
  );
  const same = old.map((endpoint): Pair => [endpoint, now.get(resourceKey(endpoint.resource))?.shift()]);
  const rest = [...now.values()].flat();
  const found = same.map(([one, other]): Pair => [one, other ?? rest.shift()]);
  return [...found, ...rest.map((endpoint): Pair => [undefined, endpoint])];
}

type Why = (endpoint: Reachable) => string | undefined;

/** Why a resource has no address any more, if its controller says so. */
function reasonFinder(after: readonly Endpoint[]): Why {
  const known = new Set(after.map(({ resource }) => resourceKey(resource)));
  const reasons = Map.groupBy(after.flatMap(closedBy), ({ resource }) => resourceKey(resource));
  return ({ resource, gateway }) => {
    const own = reasons.get(resourceKey(resource)) ?? [];
    const found = own.find((each) => each.gateway && resourceKey(each.gateway) === resourceKey(gateway)) ?? own[0];
    if (found === undefined) {
      return known.has(resourceKey(resource)) ? undefined : 'the resource is gone, or not exposed any more';
    }
    return oneLine([found.reason, found.message].filter((text) => text !== undefined).join(': '));
  };
}

function closedBy(endpoint: Endpoint): readonly Omit<Unreachable, 'outcome' | 'because'>[] {
  if (endpoint.outcome === 'unreachable') {
    return [endpoint];
  }
  const { resource, gateway } = endpoint;
  return endpoint.backend === undefined ? [{ resource, gateway, reason: 'AccessPending', message: undefined }] : [];
}

function changeOf(before: Reachable | undefined, after: Reachable | undefined, why: Why): readonly AddressChange[] {
  if (before === undefined) {
    return after === undefined ? [] : [added(after)];
  }
  return after === undefined ? [removed(before, why)] : changed(before, after);
}

function changed(before: Reachable, after: Reachable): readonly AddressChange[] {
  const changes = demandChanges(before.demand, after.demand);
  const details = [
    detail('answered by', resourceText(before.resource), resourceText(after.resource)),
    ...changes.map(partDetail),
    detail('backend', before.backend, after.backend),
    detail('timeout', before.timeout ?? OWN_TIMEOUT, after.timeout ?? OWN_TIMEOUT),
  ].filter((each) => each.before !== each.after);
  const isMoved = resourceKey(before.resource) !== resourceKey(after.resource);
  return details.length === 0 ? [] : [withDetails(after, changedKind(openingBy(changes), isMoved), details)];
}

/** The most dangerous one. */
function changedKind(opening: Opening | undefined, isMoved: boolean): AddressChangeKind {
  if (isMoved && (opening === undefined || opening === 'closed')) {
    return 'moved';
  }
  return opening ?? 'changed';
}

const OWN_TIMEOUT = "the gateway's own";

function added(endpoint: Reachable): AddressChange {
  return withDetails(endpoint, 'added', [{ what: 'callers', after: callersText(endpoint) }]);
}

function removed(endpoint: Reachable, why: Why): AddressChange {
  const reason = why(endpoint);
  return withDetails(endpoint, 'removed', reason === undefined ? [] : [{ what: 'why', after: reason }]);
}

function withDetails(endpoint: Reachable, change: AddressChangeKind, details: readonly Detail[]): AddressChange {
  const { resource, gateway } = endpoint;
  return { change, resource, gateway, addresses: [addressText(endpoint)], details };
}

function detail(what: string, before: string | undefined, after: string | undefined): Detail {
  return { what, before: oneLine(before ?? NOTHING), after: oneLine(after ?? NOTHING) };
}

const NOTHING = 'none';
const EVERYBODY = 'everybody';

/** What a part is called, and what it is if it demands nothing. */
const PARTS: Readonly<Record<PartChange['part'], readonly [name: string, nothing: string]>> = {
  token: ['token', 'none is needed'],
  audiences: ['audiences', NOTHING],
  scopes: ['scopes', 'none is needed'],
  headers: ['headers from the token', NOTHING],
  limit: ['limit', NOTHING],
  namespaces: ['namespaces of callers', 'all'],
};

function partDetail({ part, before, after }: PartChange): Detail {
  const [name, nothing] = PARTS[part];
  return detail(name, before ?? nothing, after ?? nothing);
}

function callersText({ demand }: Reachable): string {
  const parts = demandParts(demand).map(([part, text]) => `${PARTS[part][0]}: ${text}`);
  return oneLine(parts.join('; ')) || EVERYBODY;
}

/** One change for all addresses to which the same happens. */
function grouped(changes: readonly AddressChange[]): readonly AddressChange[] {
  const groups = Map.groupBy(changes, ({ addresses: _addresses, ...same }) => JSON.stringify(same));
  return [...groups.values()].flatMap((group) => {
    const addresses = group.flatMap((each) => each.addresses).toSorted(codeUnitOrder);
    return group.slice(0, 1).map((first) => ({ ...first, addresses }));
  });
}

const RANKS: readonly AddressChangeKind[] = ['opened', 'others', 'added', 'moved', 'removed', 'closed', 'changed'];

function rank({ change, details }: AddressChange): number {
  const isForEverybody = change === 'added' && details.some(({ after }) => after === EVERYBODY);
  return RANKS.indexOf(change) - (isForEverybody ? 0.5 : 0);
}

function sortKey({ resource, gateway, addresses }: AddressChange): string {
  return `${resourceKey(resource)} ${resourceKey(gateway)} ${addresses[0]}`;
}
