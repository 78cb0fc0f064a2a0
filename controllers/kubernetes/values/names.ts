/** Pattern of a DNS label (RFC 1123), without anchors. */
export const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
export const LONGEST_DNS_LABEL = 63;
const dnsLabel = new RegExp(`^${DNS_LABEL}$`);

/** The name of a Service is a DNS label that begins with a letter (RFC 1035). */
const serviceName = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Pattern of a DNS subdomain (RFC 1123), without anchors: DNS labels with dots between them. */
export const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
export const LONGEST_DNS_SUBDOMAIN = 253;
const dnsSubdomain = new RegExp(`^${DNS_SUBDOMAIN}$`);

/** Whether an object can have this name. Most kinds accept any DNS subdomain. */
export function isObjectName(name: string): boolean {
  return name.length <= LONGEST_DNS_SUBDOMAIN && dnsSubdomain.test(name);
}

const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a label or an annotation can have this key: a name, optionally after a DNS subdomain and a slash. */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf('/');
  return (slash < 0 || isObjectName(key.slice(0, slash))) && labelName.test(key.slice(slash + 1));
}

/** Whether a label can have this value. It may be empty. */
export function isLabelValue(value: string): boolean {
  return value === '' || labelName.test(value);
}

/** Why this is not a valid name of a Service; undefined if it is one. The result can follow the name in a message. */
export function whyNoServiceName(name: string): string | undefined {
  return whyNotLike(name, serviceName);
}

/** The same for a DNS label (RFC 1123), which may also begin with a digit. */
export function whyNoDnsLabel(name: string): string | undefined {
  return whyNotLike(name, dnsLabel);
}

function whyNotLike(name: string, allowed: RegExp): string | undefined {
  if (name.length > LONGEST_DNS_LABEL) {
    return `has ${name.length} characters; expected at most ${LONGEST_DNS_LABEL}`;
  }
  if (name.includes('.')) {
    return 'has a dot, which a Service name must not have';
  }
  return allowed.test(name)
    ? undefined
    : "may have only lowercase letters, digits and '-', and must not begin or end with '-'";
}
