/** A Service's name is a DNS label that begins with a letter (RFC 1035), of 63 characters at most. */
const SERVICE_NAME_LENGTH = 63;
const serviceName = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

/** Why Kubernetes would refuse a Service of this name, or undefined where it takes it. */
export function whyNoServiceName(name: string): string | undefined {
  if (name.length > SERVICE_NAME_LENGTH) {
    return `has ${name.length} characters; ${SERVICE_NAME_LENGTH} are allowed`;
  }
  if (name.includes('.')) {
    return 'has a dot, which a Service name must not have';
  }
  return serviceName.test(name) ? undefined : "may have only lower case letters, digits and '-', with no '-' at an end";
}
