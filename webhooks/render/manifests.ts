import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Document } from 'yaml';
import { misfit } from '../wire/read-sync-call.ts';
import { parseDocuments } from '../yaml.ts';
import type { SourceText } from './files.ts';

/** As much as must be known of any object to place it in a cluster. */
const ClusterObject = Type.Object({
  apiVersion: Type.String({ minLength: 1 }),
  kind: Type.String({ minLength: 1 }),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    namespace: Type.Optional(Type.String({ minLength: 1 })),
    uid: Type.Optional(Type.String()),
    labels: Type.Optional(Type.Record(Type.String(), Type.String())),
    ownerReferences: Type.Optional(
      Type.Array(Type.Object({ uid: Type.String(), controller: Type.Optional(Type.Boolean()) })),
    ),
  }),
});
export type ClusterObject = Static<typeof ClusterObject>;

/** What `kubectl get -o yaml` writes of several objects. */
const List = Type.Object({ kind: Type.RegExp(/List$/), items: Type.Array(Type.Unknown()) });

/** An object with the place that it was read from: `examples/team.yaml, document 2`. */
export interface Manifest {
  readonly origin: string;
  readonly object: ClusterObject;
}

/** Something that is wrong with the input, with its place. */
export interface Complaint {
  readonly origin: string;
  readonly text: string;
}

export interface Manifests {
  readonly manifests: readonly Manifest[];
  readonly complaints: readonly Complaint[];
}

/** The objects of all sources; a document that holds none costs only itself. Empty documents are nothing. */
export function readManifests(sources: readonly (SourceText | Complaint)[]): Manifests {
  const read = sources.flatMap((source) => ('name' in source ? readSource(source) : [source]));
  return {
    manifests: read.filter((item) => 'object' in item),
    complaints: read.filter((item) => 'text' in item),
  };
}

function readSource({ name, text }: SourceText): (Manifest | Complaint)[] {
  return parseDocuments(text).flatMap((document, index) => readDocument(document, `${name}, document ${index + 1}`));
}

function readDocument(document: Document, origin: string): (Manifest | Complaint)[] {
  const [error] = document.errors;
  if (error) {
    return [{ origin, text: `not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '')}` }];
  }
  const value = plainValue(document);
  if (value instanceof Error) {
    return [{ origin, text: `not YAML: ${value.message}` }];
  }
  return value === null ? [] : readObjects(value, origin);
}

/** A document can parse and still have no value: an alias to nothing, or aliases that multiply without bound. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error;
  }
}

function readObjects(value: unknown, origin: string): (Manifest | Complaint)[] {
  if (Value.Check(List, value)) {
    return value.items.flatMap((item, index) => readObjects(item, `${origin}, item ${index + 1}`));
  }
  return Value.Check(ClusterObject, value)
    ? [{ origin, object: value }]
    : [{ origin, text: misfit(ClusterObject, value).replace(/^body:/, 'the document:') }];
}
