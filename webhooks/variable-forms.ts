import { GATEWAY_DURATION } from '../controllers/kubernetes/duration.ts';
import { DNS_SUBDOMAIN, LONGEST_DNS_SUBDOMAIN } from '../controllers/kubernetes/names.ts';
import { CPU, CPU_ALLOWED, MEMORY, MEMORY_ALLOWED } from '../controllers/kubernetes/quantity.ts';

export const duration = {
  pattern: GATEWAY_DURATION,
  allowed: 'a Gateway API duration such as 120s, 1m30s or 0s (no timeout)',
};
export const objectName = {
  pattern: `^${DNS_SUBDOMAIN}$`,
  maxLength: LONGEST_DNS_SUBDOMAIN,
  allowed: "a Kubernetes object's name: lower case letters, digits, '-' and '.'",
};

export const filePath = { pattern: '^[^\\0]+$', allowed: 'the path of a file' };
const emptyOr = (pattern: string) => `^(${pattern.replace(/^\^/, '').replace(/\$$/, '')})?$`;
export const image = { pattern: '^[^\\s]*$', allowed: "an image's name" };
export const cpu = { pattern: CPU, allowed: CPU_ALLOWED };
export const namespace = {
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
  maxLength: 63,
  allowed: "a namespace's name: lower case letters, digits and '-', 63 characters at most",
};
export const memory = { pattern: MEMORY, allowed: MEMORY_ALLOWED };
export const optionalCpu = { ...cpu, pattern: emptyOr(CPU) };
export const optionalMemory = { ...memory, pattern: emptyOr(MEMORY) };
