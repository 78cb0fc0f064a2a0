import type { ConfigMap, Secret } from '../kubernetes/config-map.ts';
import { canonicalText, hash, keyedHash } from '../kubernetes/hash.ts';
import { codeUnitOrder } from '../order.ts';
import type { AgentGateway } from '../resources/agentic-layer/agent-gateway.ts';

/** A ConfigMap or Secret in the gateway's namespace that its environment refers to. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The keys that are used; undefined: all. */
  readonly keys: readonly string[] | undefined;
  readonly optional: boolean;
}

/** The longest name part of an annotation. */
const ANNOTATION_NAME_LENGTH = 63;
const ANNOTATION_PREFIX = 'runtime.agentic-layer.ai';

/** Every object that `spec.env` and `spec.envFrom` refer to, once, by kind, then name. */
export function references(spec: AgentGateway['spec']): readonly Reference[] {
  const all = [...variableReferences(spec), ...sourceReferences(spec)].filter(({ name }) => name !== '');
  const identities = new Set(all.map(identityOf));
  return [...identities].sort(codeUnitOrder).flatMap((identity) => {
    const same = all.filter((reference) => identityOf(reference) === identity);
    return same.slice(0, 1).map((first) => ({ ...first, ...merged(same) }));
  });
}

/** The names of the references of one kind. */
export function referenceNames(spec: AgentGateway['spec'], kind: Reference['kind']): readonly string[] {
  return references(spec)
    .filter((reference) => reference.kind === kind)
    .map(({ name }) => name);
}

function variableReferences(spec: AgentGateway['spec']): Reference[] {
  return (spec?.env ?? []).flatMap(({ valueFrom }) => {
    const selectors = [
      { kind: 'ConfigMap', selector: valueFrom?.configMapKeyRef },
      { kind: 'Secret', selector: valueFrom?.secretKeyRef },
    ] as const;
    return selectors.flatMap(({ kind, selector }) =>
      selector ? [{ kind, name: selector.name ?? '', keys: [selector.key], optional: selector.optional ?? false }] : [],
    );
  });
}

function sourceReferences(spec: AgentGateway['spec']): Reference[] {
  return (spec?.envFrom ?? []).flatMap(({ configMapRef, secretRef }) => {
    const sources = [
      { kind: 'ConfigMap', source: configMapRef },
      { kind: 'Secret', source: secretRef },
    ] as const;
    return sources.flatMap(({ kind, source }) =>
      source ? [{ kind, name: source.name ?? '', keys: undefined, optional: source.optional ?? false }] : [],
    );
  });
}

function identityOf({ kind, name }: Reference): string {
  return `${kind} ${name}`;
}

/** All keys where one reference uses all; optional only where all are. */
function merged(same: readonly Reference[]): Pick<Reference, 'keys' | 'optional'> {
  const keys = same.flatMap((reference) => reference.keys ?? []);
  return {
    keys: same.every((reference) => reference.keys !== undefined) ? [...new Set(keys)].sort(codeUnitOrder) : undefined,
    optional: same.every((reference) => reference.optional),
  };
}

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
  const read = asked.map((reference) => ({ reference, content: contentOf(reference, objects) }));
  return {
    annotations: Object.fromEntries(
      read.flatMap(({ reference, content }) =>
        content === undefined ? [] : [[annotationName(reference), digest(reference, content, objects.secretKey)]],
      ),
    ),
    notFound: read
      .filter(({ reference, content }) => content === undefined && !reference.optional)
      .map(({ reference }) => `${reference.kind} ${reference.name}`),
  };
}

/** The used keys with their values; undefined where the object, or one of the keys, is not there. */
function contentOf({ kind, name, keys }: Reference, objects: ReferencedObjects): unknown {
  const found = (kind === 'ConfigMap' ? objects.configMaps : objects.secrets).find(
    (object) => object.metadata.name === name,
  );
  const binaryData = found && 'binaryData' in found ? found.binaryData : undefined;
  if (found === undefined || keys === undefined) {
    return found && [found.data ?? {}, binaryData ?? {}];
  }
  const values = keys.map((key) => found.data?.[key] ?? binaryData?.[key]);
  return values.includes(undefined) ? undefined : [keys, values];
}

/** A Secret's hash has a key, so that whoever reads pods cannot test guesses. */
function digest({ kind }: Reference, content: unknown, secretKey: string | undefined): string {
  const text = canonicalText(content);
  return kind === 'Secret' && secretKey !== undefined ? keyedHash(secretKey, text) : hash(text);
}

/** The Go operator's name, where it is not too long for an annotation. */
function annotationName(reference: Reference): string {
  const { kind, name } = reference;
  const full = `${kind}-${name}-hash`;
  const short = `${kind}-${hash(name)}-hash`;
  return `${ANNOTATION_PREFIX}/${full.length > ANNOTATION_NAME_LENGTH ? short : full}`;
}
