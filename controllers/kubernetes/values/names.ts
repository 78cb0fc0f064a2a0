/** A DNS label (RFC 1123), as a part of a pattern. */
export const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
export const LONGEST_DNS_LABEL = 63;
const dnsLabel = new RegExp(`^${DNS_LABEL}$`);

/** A Service's name is a DNS label that begins with a letter (RFC 1035). */
const serviceName = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** DNS labels with dots between them (RFC 1123), as a part of a pattern. */
export const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`;
export const LONGEST_DNS_SUBDOMAIN = 253;
const dnsSubdomain = new RegExp(`^${DNS_SUBDOMAIN}$`);

/** Whether objects can have this name: most kinds take any DNS subdomain. */
export function isObjectName(name: string): boolean {
  return name.length <= LONGEST_DNS_SUBDOMAIN && dnsSubdomain.test(name);
}

const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a label or an annotation can have this key: a name, which a DNS subdomain and a slash may precede. */
export function isQualifiedName(key: string): boolean {
  const slash = key.indexOf('/');
  return (slash < 0 || isObjectName(key.slice(0, slash))) && labelName.test(key.slice(slash + 1));
}

/** Whether a label can have this value: like the name of a key, or empty. */
export function isLabelValue(value: string): boolean {
  return value === '' || labelName.test(value);
}

/** Why Kubernetes would refuse a Service of this name, or undefined where it takes it. */
export function whyNoServiceName(name: string): string | undefined {
  return whyNotLike(name, serviceName);
}

/** Why this is not a DNS label (RFC 1123), which may also begin with a digit; undefined where it is one. */
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
  return allowed.test(name) ? undefined : "may have only lower case letters, digits and '-', with no '-' at an end";
}
