import { canonicalText, hash, keyedHash } from '../../data/hash.ts';
import { ownField } from '../../data/plain-object.ts';
import type { ConfigMap, Secret } from '../../kubernetes/kinds/config-map.ts';
import type { EnvironmentReference } from './references.ts';

/** The longest name of an annotation, after the prefix. */
const ANNOTATION_NAME_LENGTH = 63;
const ANNOTATION_PREFIX = 'runtime.agentic-layer.ai';

/** The state of the ConfigMaps and Secrets that a gateway refers to. */
export interface ReferenceHashes {
  /** Hashes of the contents, for the pod template. A changed hash restarts the pods. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Objects and keys that do not exist and are not optional. */
  readonly notFound: readonly string[];
}

/** The objects in the gateway's namespace that may be referred to. */
export interface ReferencedObjects {
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  /** Key for the hashes of Secrets. If it is undefined, Secrets are not read, and references to them are not checked. */
  readonly secretKey: string | undefined;
}

/** Hashes the referenced objects that exist, and lists the required ones that do not. */
export function referenceHashes(all: readonly EnvironmentReference[], objects: ReferencedObjects): ReferenceHashes {
  const asked = all.filter(({ kind }) => kind === 'ConfigMap' || objects.secretKey !== undefined);
  const found = new Map([...objects.configMaps, ...objects.secrets].map((object) => [identityOf(object), object]));
  const read = asked.map((reference) => ({ reference, object: found.get(`${reference.kind} ${reference.name}`) }));
  return {
    annotations: Object.fromEntries(
      read.flatMap(({ reference, object }) =>
        object === undefined ? [] : [[annotationName(reference), digest(reference, object, objects.secretKey)]],
      ),
    ),
    notFound: read.flatMap(({ reference, object }) => missing(reference, object)),
  };
}

function identityOf({ kind, metadata }: ConfigMap | Secret): string {
  return `${kind} ${metadata.name}`;
}

function missing(
  { kind, name, keys, isOptional }: EnvironmentReference,
  object: ConfigMap | Secret | undefined,
): string[] {
  if (object === undefined) {
    return isOptional ? [] : [`${kind} ${name}`];
  }
  return [...keys]
    .filter(([key, mayBeMissing]) => !mayBeMissing && keyValue(object, key) === null)
    .map(([key]) => `key ${key} of ${kind} ${name}`);
}

/** The value of a key; null if the key does not exist. */
function keyValue(object: ConfigMap | Secret, key: string): string | null {
  const binaryData = object.kind === 'ConfigMap' ? object.binaryData : undefined;
  return ownField(object.data ?? {}, key) ?? ownField(binaryData ?? {}, key) ?? null;
}

/**
 * The hash of the part of an object that the gateway uses. The hash of a Secret has a key, and includes the Secret's namespace
 * and name. So people who can read pods cannot test guesses, or compare the hash with that of a Secret of their own.
 */
function digest(
  { isWhole, keys }: EnvironmentReference,
  object: ConfigMap | Secret,
  secretKey: string | undefined,
): string {
  const binaryData = object.kind === 'ConfigMap' ? object.binaryData : undefined;
  const content = isWhole
    ? [object.data ?? {}, binaryData ?? {}]
    : [...keys.keys()].map((key) => [key, keyValue(object, key)]);
  const { namespace, name } = object.metadata;
  return object.kind === 'Secret' && secretKey !== undefined
    ? keyedHash(secretKey, canonicalText([namespace, name, content]))
    : hash(canonicalText(content));
}

/** The annotation's name is that of the Go operator, unless it is too long. */
function annotationName({ kind, name }: EnvironmentReference): string {
  const full = `${kind}-${name}-hash`;
  const short = `${kind}-${hash(name)}-hash`;
  return `${ANNOTATION_PREFIX}/${full.length > ANNOTATION_NAME_LENGTH ? short : full}`;
}
