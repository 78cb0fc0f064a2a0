import { DNS_SUBDOMAIN, LONGEST_DNS_SUBDOMAIN } from './names.ts';

/**
 * Pattern of a host name of Gateway API, without anchors: a DNS name, with `*.` before it for all names below it. It is not an IP
 * address. https://gateway-api.sigs.k8s.io/reference/spec/#hostname
 */
export const HOSTNAME = `(?![0-9]+(\\.[0-9]+){3}$)(\\*\\.)?${DNS_SUBDOMAIN}`;
/** Stands for all host names: a listener or a route without a host name has this one. */
export const ANY_HOSTNAME = '*';
export const LONGEST_HOSTNAME = LONGEST_DNS_SUBDOMAIN;
/** How many host names an HTTPRoute can have. */
export const MOST_HOSTNAMES = 16;

const hostname = new RegExp(`^${HOSTNAME}$`);

/** Whether a route can have this host name. */
export function isHostname(text: string): boolean {
  return text.length <= LONGEST_HOSTNAME && hostname.test(text);
}
