import { isPlainObject, objectsIn, type PlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { isQualifiedName } from '../values/names.ts';
import {
  anyText,
  boolean,
  type Conflict,
  type Field,
  integer,
  keptText,
  map,
  object,
  text,
  wholeList,
} from './field.ts';
import { whyNoObjectName } from './field-rules.ts';
import { whyNoVolumePath } from './path-rules.ts';
import { labelSelector } from './selector-fields.ts';
import { needsOneOf, notValid, oneOf, unlessEmpty, whyEmpty, within } from './value-rules.ts';
import { volumeFieldRef, volumeResourceFieldRef } from './variable-fields.ts';

const MOST_MODE = 0o777;
const LEAST_TOKEN_SECONDS = 600;
const MOST_TOKEN_SECONDS = 2 ** 32;
const LEAST_CERTIFICATE_SECONDS = 3600;
const MOST_CERTIFICATE_SECONDS = 7_862_400;
const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const SIGNER = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const CERTIFICATE_PATHS = ['certificateChainPath', 'credentialBundlePath', 'keyPath'];

/** The permissions of a file. YAML reads 0644 as octal, but 644 as a decimal number. */
export const mode = integer((number) =>
  number >= 0 && number <= MOST_MODE
    ? undefined
    : notValid(number, `a mode from 0 to ${MOST_MODE}, which is 0777; write it in octal, such as 0644`),
);

const filePath = text(whyNoVolumePath);

/** Keys of a ConfigMap or Secret, each with its file. */
export const keyPaths = wholeList(object({ key: text(whyEmpty), mode, path: filePath }, { required: ['key', 'path'] }));

/** Files with fields of the pod. */
export const podFiles = wholeList(
  object(
    { fieldRef: volumeFieldRef, mode, path: filePath, resourceFieldRef: volumeResourceFieldRef },
    {
      required: ['path'],
      isAlternative: (name) => name.endsWith('Ref'),
      whyRefused: needsOneOf(['fieldRef', 'resourceFieldRef']),
    },
  ),
);

const whyNoSigner = (name: string) =>
  SIGNER.test(name) ? undefined : notValid(name, 'a signer such as example.com/agents');
const allKeys = object({ items: keyPaths, name: text(whyEmpty), optional: boolean }, { required: ['name'] });

const trustBundle = object(
  {
    labelSelector,
    name: keptText(whyNoBundle),
    optional: boolean,
    path: filePath,
    signerName: keptText(whyNoSigner),
  },
  { required: ['path'], whyRefused: needsOneOf(['name', 'signerName']), conflicts: bundleConflicts },
);

/** The bundle of a signer has its name, with colons for slashes, as a prefix. */
function whyNoBundle(name: string): string | undefined {
  const own = name.split(':').at(-1) ?? '';
  const signer = name.split(':').slice(0, -1).join('/');
  const isValid = whyNoObjectName(own) === undefined && (signer === '' || SIGNER.test(signer));
  return isValid ? undefined : `${quote(name)} is not a valid name of a ClusterTrustBundle`;
}

function bundleConflicts(bundle: PlainObject): readonly Conflict[] {
  return ['signerName', 'labelSelector']
    .filter((name) => 'name' in bundle && name in bundle)
    .map((name) => ({ path: [name], why: 'is not allowed beside name' }));
}

const whyNoUserAnnotation = (key: string) =>
  key.includes('/') && isQualifiedName(key.toLowerCase()) ? undefined : notValid(key, 'a key such as example.com/team');

const certificate = object(
  {
    certificateChainPath: text(unlessEmpty(whyNoVolumePath)),
    credentialBundlePath: text(unlessEmpty(whyNoVolumePath)),
    keyPath: text(unlessEmpty(whyNoVolumePath)),
    keyType: text(oneOf(...KEY_TYPES)),
    maxExpirationSeconds: integer(within(LEAST_CERTIFICATE_SECONDS, MOST_CERTIFICATE_SECONDS)),
    signerName: text(whyNoSigner),
    userAnnotations: map(anyText, whyNoUserAnnotation),
  },
  { required: ['keyType', 'signerName'], whyRefused: needsOneOf(CERTIFICATE_PATHS) },
);

const token = object(
  { audience: text(), expirationSeconds: integer(within(LEAST_TOKEN_SECONDS, MOST_TOKEN_SECONDS)), path: filePath },
  { required: ['path'] },
);

const source = object(
  {
    clusterTrustBundle: trustBundle,
    configMap: allKeys,
    downwardAPI: object({ items: podFiles }),
    podCertificate: certificate,
    secret: allKeys,
    serviceAccountToken: token,
  },
  { isAlternative: () => true },
);

/** core/v1 ProjectedVolumeSource. */
export const projected: Field = object({ defaultMode: mode, sources: wholeList(source) }, { whyRefused: whyPathTwice });

/** Two sources must not have the same file. The path of a token does not count. */
function whyPathTwice(volume: unknown): string | undefined {
  const paths = objectsIn(isPlainObject(volume) ? volume['sources'] : []).flatMap(pathsIn);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  return twice === undefined ? undefined : `has the path ${quote(String(twice))} twice`;
}

function pathsIn({ serviceAccountToken: _token, ...sources }: PlainObject): readonly unknown[] {
  const all = Object.values(sources).filter(isPlainObject);
  const files = all.flatMap((source) => [source, ...objectsIn(source['items'])]);
  return files.flatMap((file) => ['path', ...CERTIFICATE_PATHS].flatMap((name) => file[name] || []));
}
