/** A Service's name is a DNS label that begins with a letter (RFC 1035), of 63 characters at most. */
const LABEL_LENGTH = 63;
const serviceName = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** DNS labels with dots between them (RFC 1123), as a part of a pattern. */
export const DNS_SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
export const LONGEST_DNS_SUBDOMAIN = 253;
const dnsSubdomain = new RegExp(`^${DNS_SUBDOMAIN}$`);

/** Whether objects can have this name: most kinds take any DNS subdomain. */
export function isObjectName(name: string): boolean {
  return name.length <= LONGEST_DNS_SUBDOMAIN && dnsSubdomain.test(name);
}

const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether this may follow the prefix of a qualified name: a DNS subdomain and a slash, or none. */
export function isLabelName(name: string): boolean {
  return labelName.test(name);
}

/** Why Kubernetes would refuse a Service of this name, or undefined where it takes it. */
export function whyNoServiceName(name: string): string | undefined {
  return whyNoLabel(name, serviceName);
}

/** Why this is no DNS label (RFC 1123), which may also begin with a digit; undefined where it is one. */
export function whyNoDnsLabel(name: string): string | undefined {
  return whyNoLabel(name, dnsLabel);
}

function whyNoLabel(name: string, allowed: RegExp): string | undefined {
  if (name.length > LABEL_LENGTH) {
    return `has ${name.length} characters; ${LABEL_LENGTH} are allowed`;
  }
  if (name.includes('.')) {
    return 'has a dot, which a Service name must not have';
  }
  return allowed.test(name) ? undefined : "may have only lower case letters, digits and '-', with no '-' at an end";
}
