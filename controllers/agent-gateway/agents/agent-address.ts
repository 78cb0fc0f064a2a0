/** Where an agent is reached. */
export interface AgentAddress {
  /** Scheme, host and port: `http://weather.team-a.svc.cluster.local:8000`. */
  readonly host: string;
  /** Where it takes calls: empty, or like `/api/v1`. */
  readonly path: string;
}

export type AddressReading =
  | { readonly outcome: 'address'; readonly address: AgentAddress }
  | { readonly outcome: 'refused'; readonly why: string };

export const CARD_PATH = '/.well-known/agent-card.json';

const URL_PARTS = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#@]*?)(?::([0-9]*))?(\/[^?#]*)?(?:[?#].*)?$/is;
/** All agents share one ConfigMap: a long address must not fill it. */
const LONGEST_URL = 1024;
const HOST = /^[A-Za-z0-9._-]+$/;
/** Segments of letters, digits, `_` and `-`, with single dots inside: no parameter, no wildcard, no way up. */
const PATH = /^(\/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)*$/;
/** KrakenD refuses a configuration with one of these anywhere in a path. */
const RESERVED_SEGMENTS = ['__debug', '__echo', '__health'];

/**
 * Reads `status.url`, the address of an agent's card. Anybody who may write an Agent's status writes it, so it is held
 * against what KrakenD is known to take, and never against what it might.
 */
export function readAddress(url: string): AddressReading {
  if (url.length > LONGEST_URL) {
    return { outcome: 'refused', why: `status.url has ${url.length} characters; ${LONGEST_URL} are allowed` };
  }
  const [, scheme = '', host = '', port, rawPath = ''] = URL_PARTS.exec(url) ?? [];
  const path = decodePath(rawPath);
  const why = whyNoHost(scheme, host) ?? whyNoAddressPort(port) ?? whyNoPath(path);
  if (why !== undefined || path === undefined) {
    return { outcome: 'refused', why: why ?? 'its path cannot be decoded' };
  }
  const authority = port === undefined ? host : `${host}:${Number(port)}`;
  return { outcome: 'address', address: { host: `${scheme.toLowerCase()}://${authority}`, path } };
}

function whyNoHost(scheme: string, host: string): string | undefined {
  if (scheme === '') {
    return 'status.url is no http or https address';
  }
  return HOST.test(host) ? undefined : "the host in status.url may have only letters, digits, '.', '_' and '-'";
}

/** KrakenD takes ports of two digits or more. */
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

/** The path without the card's part, decoded, with double and last slashes folded; undefined where it is no UTF-8. */
function decodePath(rawPath: string): string | undefined {
  try {
    const folded = decodeURIComponent(rawPath).replaceAll(/\/+/g, '/').replace(/\/$/, '');
    return folded.endsWith(CARD_PATH) ? folded.slice(0, -CARD_PATH.length) : folded;
  } catch {
    return undefined;
  }
}
