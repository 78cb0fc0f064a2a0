import { isPlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { byteLength } from '../../data/size.ts';
import { isQualifiedName } from '../values/names.ts';
import { canonicalQuantity, thousandthsOf } from '../values/quantity.ts';
import { whyNoVariableName } from './field-rules.ts';
import { notValid, whyEmpty } from './value-rules.ts';

/** The former name of `spec.nodeName`. The API server still accepts it. */
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

const VOLUME_FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];

const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/s;
const CPU_DIVISORS = ['1m', '1'];
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** Why this cannot precede the keys of a ConfigMap or Secret in variable names. An empty prefix is valid. */
export function whyNoPrefix(prefix: string): string | undefined {
  return prefix === '' ? undefined : whyNoVariableName(prefix);
}

/** Why a variable cannot take this field of its pod. Source: `validateObjectFieldSelector` of the API server. */
export function whyNoFieldPath(path: string): string | undefined {
  const [, map, key = ''] = KEYED_FIELD_PATH.exec(path) ?? [];
  // The API server ignores the case of an annotation's key.
  const isKeyed = map !== undefined && isQualifiedName(map === 'labels' ? key : key.toLowerCase());
  const isValid = isKeyed || path === OLD_FIELD_PATH || FIELD_PATHS.includes(path);
  return isValid
    ? undefined
    : (whyEmpty(path) ?? `${quote(path)} is not a valid field; expected ${FIELD_PATHS_ALLOWED}`);
}

/** The same for a file of a volume, which can also have all labels or all annotations. */
export function whyNoVolumeFieldPath(path: string): string | undefined {
  const isValid = KEYED_FIELD_PATH.test(path) ? whyNoFieldPath(path) === undefined : VOLUME_FIELD_PATHS.includes(path);
  return isValid ? undefined : notValid(path, VOLUME_FIELD_PATHS.join(', '));
}

/** The same for a resource of a container. Source: `validateContainerResourceFieldSelector` of the API server. */
export function whyNoContainerResource(resource: string): string | undefined {
  return RESOURCE.test(resource)
    ? undefined
    : `${quote(resource)} is not a valid resource; expected limits or requests, a dot, and cpu, memory, ephemeral-storage or hugepages-<size>`;
}

/** Why the divisor of a ResourceFieldSelector is not valid for its resource. Zero means the default. */
export function whyNoDivisor(selector: unknown): string | undefined {
  const { resource, divisor } = isPlainObject(selector) ? selector : {};
  const allowed = String(resource).endsWith('.cpu') ? CPU_DIVISORS : BYTE_DIVISORS;
  const isValid = divisor === undefined || thousandthsOf(divisor) === 0n;
  return isValid || allowed.includes(String(canonicalQuantity(divisor)))
    ? undefined
    : `has the divisor ${quote(String(divisor))}, which is not valid for ${resource}; expected one of ${allowed.join(', ')}`;
}

/** Linux passes a variable as `name=value` and a zero byte in 32 pages of 4 KiB. */
const MOST_VARIABLE_BYTES = 131_071;

/**
 * Why a variable is too long for the kernel: its container could not start (E2BIG). References to other variables are not
 * expanded. Source: MAX_ARG_STRLEN, https://man7.org/linux/man-pages/man2/execve.2.html
 */
export function whyTooLong(variable: unknown): string | undefined {
  const { name, value } = isPlainObject(variable) ? variable : {};
  // The kubelet takes two dollars for one. With a text in place of the pattern, V8 takes nine times as long.
  const text = `${name}=${typeof value === 'string' ? value.replaceAll(/\$\$/g, '$') : ''}`;
  const bytes = byteLength(text);
  return bytes > MOST_VARIABLE_BYTES
    ? `has ${bytes} bytes with its name and '='; expected at most ${MOST_VARIABLE_BYTES}, because Linux starts no program with a longer variable; shorten it or mount it as a file`
    : undefined;
}
