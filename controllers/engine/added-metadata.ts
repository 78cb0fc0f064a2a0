import { codeUnitOrder } from '../data/order.ts';
import { quote } from '../data/quote.ts';
import { isLabelValue, isQualifiedName } from '../kubernetes/values/names.ts';
import { isForeignAnnotation } from './annotations.ts';

type StringMap = Readonly<Record<string, string>>;

/**
 * Maximum size of all values in one map. Kubernetes allows 256 KiB for all annotations of an object: two such maps, the
 * annotations of this service, and those of Metacontroller.
 */
const METADATA_BYTES = 64 * 1024;

const TOO_LARGE = `is left out, because the values exceed ${METADATA_BYTES / 1024} KiB`;

/**
 * The old form of a container's AppArmor profile. The API server still copies it to the field, and so `unconfined` would take a pod
 * beyond the baseline standard. https://kubernetes.io/docs/tutorials/security/apparmor/
 */
const APPARMOR_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';

/** Keys that users cannot set, and beginnings of such keys. */
export interface Reserved {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
}

interface Valid {
  readonly map: StringMap;
  readonly complaints: readonly string[];
}

/** The labels of a user's that Kubernetes takes, and a complaint for each of the others. `field` is where they are. */
export function validLabels(map: StringMap | undefined, field: string, reserved: Reserved): Valid {
  return valid(map, field, (key, value) => {
    const isValid = isLabelValue(value);
    return whyKeyRefused(key, reserved) ?? (isValid ? undefined : 'has an invalid label value');
  });
}

/** The same for annotations. */
export function validAnnotations(map: StringMap | undefined, field: string, reserved: Reserved): Valid {
  return valid(map, field, (key) => whyKeyRefused(key, reserved));
}

/** The valid entries of a map, and a complaint for each of the others. One invalid entry makes the API server reject the object. */
function valid(map: StringMap = {}, field: string, why: (key: string, value: string) => string | undefined): Valid {
  let bytes = 0;
  const read = Object.entries(map)
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .map(([key, value]) => {
      bytes += new TextEncoder().encode(value).length;
      return { key, value, complaint: why(key, value) ?? (bytes > METADATA_BYTES ? TOO_LARGE : undefined) };
    });
  return {
    map: Object.fromEntries(
      read.filter(({ complaint }) => complaint === undefined).map(({ key, value }) => [key, value]),
    ),
    complaints: read.flatMap(({ key, complaint }) => (complaint ? [`${field}: ${quote(key)} ${complaint}`] : [])),
  };
}

function whyKeyRefused(key: string, { keys, prefixes }: Reserved): string | undefined {
  if (keys.includes(key) || isForeignAnnotation(key) || prefixes.some((prefix) => key.startsWith(prefix))) {
    return 'is reserved';
  }
  if (key.startsWith(APPARMOR_PREFIX)) {
    return 'is not permitted, because it sets the AppArmor profile of a container';
  }
  return isQualifiedName(key) ? undefined : 'is not a valid key';
}
