import { canonicalText, hash, keyedHash } from '../../data/hash.ts';
import type { ConfigMap, Secret } from '../../kubernetes/kinds/config-map.ts';
import type { Reference } from './references.ts';

/** The longest name part of an annotation. */
const ANNOTATION_NAME_LENGTH = 63;
const ANNOTATION_PREFIX = 'runtime.agentic-layer.ai';

/** What the pods are told of the objects that they refer to. */
export interface ReferenceHashes {
  /** A changed one rolls the pods. */
  readonly annotations: Readonly<Record<string, string>>;
  /** What is not there, and not optional. */
  readonly notFound: readonly string[];
}

export interface ReferencedObjects {
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  /** Undefined: Secrets were not asked for, and nothing is said of them. */
  readonly secretKey: string | undefined;
}

export function referenceHashes(all: readonly Reference[], objects: ReferencedObjects): ReferenceHashes {
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

function missing({ kind, name, keys, isOptional }: Reference, object: ConfigMap | Secret | undefined): string[] {
  if (object === undefined) {
    return isOptional ? [] : [`${kind} ${name}`];
  }
  return [...keys]
    .filter(([key, mayBeMissing]) => !mayBeMissing && keyValue(object, key) === null)
    .map(([key]) => `key ${key} of ${kind} ${name}`);
}

/** Null for a key that is not there. */
function keyValue(object: ConfigMap | Secret, key: string): string | null {
  const binaryData = object.kind === 'ConfigMap' ? object.binaryData : undefined;
  return object.data?.[key] ?? binaryData?.[key] ?? null;
}

/**
 * Over what is used, each part with its length. That of a Secret has a key and says whose it is, so that whoever reads pods
 * can test no guesses, nor compare it with a Secret of their own.
 */
function digest({ isWhole, keys }: Reference, object: ConfigMap | Secret, secretKey: string | undefined): string {
  const binaryData = object.kind === 'ConfigMap' ? object.binaryData : undefined;
  const content = isWhole
    ? [object.data ?? {}, binaryData ?? {}]
    : [...keys.keys()].map((key) => [key, keyValue(object, key)]);
  const { namespace, name } = object.metadata;
  return object.kind === 'Secret' && secretKey !== undefined
    ? keyedHash(secretKey, canonicalText([namespace, name, content]))
    : hash(canonicalText(content));
}

/** The Go operator's name, where it is not too long for an annotation. */
function annotationName({ kind, name }: Reference): string {
  const full = `${kind}-${name}-hash`;
  const short = `${kind}-${hash(name)}-hash`;
  return `${ANNOTATION_PREFIX}/${full.length > ANNOTATION_NAME_LENGTH ? short : full}`;
}
