import { LONGEST_DNS_SUBDOMAIN } from '../values/names.ts';
import { atMost, notValid } from './value-rules.ts';

const MOST_SEARCHES = 32;
const LONGEST_SEARCHES = 2048;
const SEARCH = /^[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?(\.[a-z0-9_]([-_a-z0-9]*[a-z0-9_])?)*\.?$/;
const IP4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const MOST_GROUPS = 8;

/** Why a text is not an IP address. */
export function whyNoAddress(address: string): string | undefined {
  return IP4.test(address) || isIp6(address) ? undefined : notValid(address, 'an IP address');
}

/** At most one `::` stands for one or more groups of zeros. The last two groups can be an IPv4 address. */
function isIp6(address: string): boolean {
  const halves = address.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIp4 = IP4.test(last) && !address.endsWith('::');
  const count = groups.length + (hasIp4 ? 1 : 0);
  const isEach = (hasIp4 ? groups.slice(0, -1) : groups).every((group) => GROUP.test(group));
  return isEach && (halves.length === 1 ? count === MOST_GROUPS : halves.length === 2 && count < MOST_GROUPS);
}

/** Why a text is not a domain in which names are searched. */
export function whyNoSearch(domain: string): string | undefined {
  const isValid = domain === '.' || (domain.length <= LONGEST_DNS_SUBDOMAIN && SEARCH.test(domain));
  return isValid ? undefined : notValid(domain, 'a domain such as svc.cluster.local');
}

/** Why a list of such domains is too long. */
export function whyTooLongSearches(searches: unknown): string | undefined {
  const length = Array.isArray(searches) ? searches.join(' ').length : 0;
  return length > LONGEST_SEARCHES
    ? `has ${length} characters; expected at most ${LONGEST_SEARCHES}`
    : atMost(MOST_SEARCHES)(searches);
}
