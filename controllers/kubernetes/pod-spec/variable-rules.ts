import { isPlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { isQualifiedName } from '../values/names.ts';
import { canonicalQuantity, thousandthsOf } from '../values/quantity.ts';
import { whyEmpty, whyNoVariableName } from './field-rules.ts';

/** `spec.host` is what the first clients called `spec.nodeName`; the API server still takes it. */
const OLD_FIELD_PATH = 'spec.host';
const FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const KEYED_FIELD_PATH = /^metadata\.(labels|annotations)\['(.*)'\]$/s;
const FIELD_PATHS_ALLOWED = `${FIELD_PATHS.join(', ')}, metadata.labels['<key>'] or metadata.annotations['<key>']`;

const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/s;
const CPU_DIVISORS = ['1m', '1'];
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** What goes before the keys of a ConfigMap or Secret, which may be nothing. */
export function whyNoPrefix(prefix: string): string | undefined {
  return prefix === '' ? undefined : whyNoVariableName(prefix);
}

/** Why a variable cannot have this field of its pod: `validateObjectFieldSelector` of the API server. */
export function whyNoFieldPath(path: string): string | undefined {
  const [, map, key = ''] = KEYED_FIELD_PATH.exec(path) ?? [];
  // The case of an annotation's key does not matter to the API server.
  const isKeyed = map !== undefined && isQualifiedName(map === 'labels' ? key : key.toLowerCase());
  const isTaken = isKeyed || path === OLD_FIELD_PATH || FIELD_PATHS.includes(path);
  return isTaken
    ? undefined
    : (whyEmpty(path) ?? `${quote(path)} is not a valid field; expected ${FIELD_PATHS_ALLOWED}`);
}

/** Why a variable cannot have this resource of a container: `validateContainerResourceFieldSelector` of the API server. */
export function whyNoContainerResource(resource: string): string | undefined {
  return RESOURCE.test(resource)
    ? undefined
    : `${quote(resource)} is not a valid resource; expected limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-<size>`;
}

/** Why a resource cannot be given in the unit of a ResourceFieldSelector. Zero means that none is set. */
export function whyNoDivisor(selector: unknown): string | undefined {
  const { resource, divisor } = isPlainObject(selector) ? selector : {};
  const allowed = String(resource).endsWith('.cpu') ? CPU_DIVISORS : BYTE_DIVISORS;
  const isTaken = divisor === undefined || thousandthsOf(divisor) === 0n;
  return isTaken || allowed.includes(String(canonicalQuantity(divisor)))
    ? undefined
    : `has the divisor ${quote(String(divisor))}, which is not valid for ${resource}; expected ${allowed.join(', ')}`;
}
