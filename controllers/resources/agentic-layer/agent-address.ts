/** Where an agent can be reached. */
export interface AgentAddress {
  /** Scheme, host and port: `http://weather.team-a.svc.cluster.local:8000`. */
  readonly host: string;
  /** The path of its calls: empty, or such as `/api/v1`. */
  readonly path: string;
}

export type AddressReading =
  | { readonly outcome: 'address'; readonly address: AgentAddress }
  /** `field`: the field of the Agent that says so. */
  | { readonly outcome: 'refused'; readonly field: string; readonly why: string };

/** The field with an agent's address. */
export const ADDRESS_FIELD = 'status.url';

export const CARD_PATH = '/.well-known/agent-card.json';

/** Scheme, login, host, port, path and query. They have no names, because thousands of addresses are read in a call. */
const URL_PARTS = /^(https?):\/\/(?:([^/?#@]*)@)?([^/?#@]*?)(?::([0-9]*))?(\/[^?#]*)?(?:\?([^#]*))?(?:#.*)?$/is;
/** All agents share one ConfigMap, and a long address must not fill it. The address of the card counts, as it is stored. */
const LONGEST_URL = 1024;
const HOST = /^[A-Za-z0-9._-]+$/;
/** Segments of letters, digits, `_` and `-` with single dots inside. They cannot hold a parameter, a wildcard or `..`. */
const PATH = /^(\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)*$/;
/** KrakenD refuses a configuration that has one of these in a path. */
const RESERVED_SEGMENTS = ['__debug', '__echo', '__health'];

/**
 * Reads `status.url`, the address of an agent's card. Everyone who may write an Agent's status can set it, so only what
 * KrakenD is known to accept is taken.
 */
export function readAddress(url: string): AddressReading {
  if (url.length > LONGEST_URL) {
    return tooLong(url.length);
  }
  const [, scheme = '', , host = '', port, rawPath = ''] = URL_PARTS.exec(url) ?? [];
  const path = decodePath(rawPath);
  const why = whyNoHost(scheme, host) ?? whyNoAddressPort(port) ?? whyNoPath(path);
  if (why !== undefined || path === undefined) {
    return { outcome: 'refused', field: ADDRESS_FIELD, why: why ?? 'the path in status.url cannot be decoded' };
  }
  const authority = port === undefined ? host : `${host}:${Number(port)}`;
  const address = { host: `${scheme.toLowerCase()}://${authority}`, path };
  const { length } = cardUrl(address);
  return length > LONGEST_URL ? tooLong(length) : { outcome: 'address', address };
}

/**
 * The parts of `status.url` that its gateway does not send. KrakenD sends no query of its own, and whether calls need the one of
 * the card is unknown. The parts may be secret, so only their kinds are named.
 */
export function partsNotSent(url: string): readonly string[] {
  // Without these signs there are no such parts, so most addresses are read only once.
  if (!url.includes('?') && !url.includes('@')) {
    return [];
  }
  const [, , login, , , , query] = (url.length > LONGEST_URL ? undefined : URL_PARTS.exec(url)) ?? [];
  return [...(query ? ['query'] : []), ...(login ? ['user name'] : [])];
}

/** The address of an agent's card, as it is stored. Reading it gives the same address again. */
export function cardUrl({ host, path }: AgentAddress): string {
  return `${host}${path}${CARD_PATH}`;
}

function tooLong(length: number): AddressReading {
  return {
    outcome: 'refused',
    field: ADDRESS_FIELD,
    why: `status.url is ${length} characters long, with the path of its card; at most ${LONGEST_URL} are allowed`,
  };
}

function whyNoHost(scheme: string, host: string): string | undefined {
  if (scheme === '') {
    return 'status.url is not a valid http or https address';
  }
  return HOST.test(host) ? undefined : "the host in status.url may have only letters, digits, '.', '_' and '-'";
}

/** KrakenD accepts only ports of two digits or more. */
function whyNoAddressPort(port: string | undefined): string | undefined {
  const isAllowed = port === undefined || (port !== '' && Number(port) >= 10 && Number(port) <= 65_535);
  return isAllowed ? undefined : 'the port in status.url must be from 10 to 65535';
}

function whyNoPath(path: string | undefined): string | undefined {
  if (path === undefined || !PATH.test(path)) {
    return "the path in status.url may have only segments of letters, digits, '_', '-' and single dots";
  }
  const reserved = path.split('/').find((segment) => RESERVED_SEGMENTS.includes(segment));
  return reserved === undefined ? undefined : `the path in status.url has the reserved segment ${reserved}`;
}

/** Most paths have no escapes, and thousands of them are read in a call. */
function decoded(rawPath: string): string {
  return rawPath.includes('%') ? decodeURIComponent(rawPath) : rawPath;
}

/** The decoded path without the card's part and without double or trailing slashes; undefined if it is not valid UTF-8. */
function decodePath(rawPath: string): string | undefined {
  try {
    const folded = decoded(rawPath)
      .replaceAll(/\/{2,}/g, '/')
      .replace(/\/$/, '');
    return folded.endsWith(CARD_PATH) ? folded.slice(0, -CARD_PATH.length) : folded;
  } catch {
    return undefined;
  }
}
