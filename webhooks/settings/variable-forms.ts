import { GATEWAY_DURATION } from '../../controllers/kubernetes/values/gateway-duration.ts';
import { HOSTNAME, LONGEST_HOSTNAME, MOST_HOSTNAMES } from '../../controllers/kubernetes/values/hostname.ts';
import { limitedCpu, limitedMemory } from '../../controllers/kubernetes/values/limited-quantity.ts';
import {
  DNS_LABEL,
  DNS_SUBDOMAIN,
  LONGEST_DNS_LABEL,
  LONGEST_DNS_SUBDOMAIN,
} from '../../controllers/kubernetes/values/names.ts';

// Schema parts that several variables share. `allowed` is the rule in words.

export const duration = {
  pattern: GATEWAY_DURATION,
  allowed: 'a Gateway API duration such as 120s, 1m30s or 0s (no timeout)',
};
/** Items and rule of the hostnames of routes. */
export const hostname = { pattern: `^${HOSTNAME}$`, maxLength: LONGEST_HOSTNAME };
export const hostnames = {
  maxItems: MOST_HOSTNAMES,
  uniqueItems: true,
  allowed: 'up to 16 different hostnames, separated by commas, such as agents.example.com or *.example.com',
};
export const objectName = {
  pattern: `^${DNS_SUBDOMAIN}$`,
  maxLength: LONGEST_DNS_SUBDOMAIN,
  allowed: "a Kubernetes object name: lower case letters, digits, '-' and '.'",
};

const HOST = '[0-9A-Za-z]+((-+|\\.)[0-9A-Za-z]+)*';
const GROUP = '[0-9A-Fa-f]{1,4}';
const GROUPS = `(${GROUP}(:${GROUP}){0,5})?`;
const IPV6 = `(${GROUP}:){7}${GROUP}|${GROUPS}::${GROUPS}`;
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
/** An HTTP or HTTPS URL without a path, or empty. */
export const httpAddress = {
  pattern: `^(https?://(${HOST}|\\[(${IPV6})\\])(:${PORT})?)?$`,
  allowed:
    'an http:// or https:// URL with a host, an optional port and no path, such as http://gateway.example.com:8080',
};

export const filePath = { pattern: '^[^\\0]+$', allowed: 'the path of a file' };
const emptyOr = (pattern: string) => `^(${pattern.replace(/^\^/, '').replace(/\$$/, '')})?$`;
export const optionalObjectName = { ...objectName, pattern: emptyOr(objectName.pattern) };
export const image = { pattern: '^[^\\s]*$', allowed: 'an image name' };
export const cpu = limitedCpu;
export const namespace = {
  pattern: `^${DNS_LABEL}$`,
  maxLength: LONGEST_DNS_LABEL,
  allowed: "a namespace name: at most 63 lower case letters, digits and '-'",
};
export const memory = limitedMemory;
export const optionalCpu = { ...cpu, pattern: emptyOr(cpu.pattern) };
export const optionalMemory = { ...memory, pattern: emptyOr(memory.pattern) };

const NAME_PATTERN = '[a-z0-9*]([-a-z0-9.*]*[a-z0-9*])?';
/** Items and rule of a list of names. */
export const namePattern = { pattern: `^${NAME_PATTERN}$`, maxLength: LONGEST_DNS_SUBDOMAIN };
export const namePatterns = {
  maxItems: 64,
  uniqueItems: true,
  allowed: "up to 64 different names, separated by commas, with '*' for any text, such as team-* or *",
};
