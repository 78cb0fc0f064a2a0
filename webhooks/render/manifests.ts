import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Document } from 'yaml';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { parseDocuments } from './documents.ts';
import type { BadInput, Sources, SourceText } from './sources.ts';

const AnyObject = Type.Object({ apiVersion: Type.String({ minLength: 1 }), kind: Type.String({ minLength: 1 }) });

/** What `kubectl get -o yaml` writes of several objects. */
const List = Type.Object({ kind: Type.RegExp(/List$/), items: Type.Array(Type.Unknown()) });

/** An object with the place that it was read from: `examples/team.yaml, document 2`. */
export interface Manifest<Content = Static<typeof AnyObject>> {
  readonly origin: string;
  readonly object: Content;
}

/** The objects of all sources, and what could not be read. */
export interface Manifests {
  readonly manifests: readonly Manifest[];
  readonly complaints: readonly BadInput[];
  readonly emptyFolders: readonly string[];
}

/** The objects of all sources; a document that holds none costs only itself. Empty documents are nothing. */
export function readManifests({ texts, complaints, emptyFolders }: Sources): Manifests {
  const read = texts.flatMap(readSource);
  return {
    manifests: read.filter((item) => 'object' in item),
    complaints: [...complaints, ...read.filter((item) => 'text' in item)],
    emptyFolders,
  };
}

function readSource({ name, text }: SourceText): (Manifest | BadInput)[] {
  return parseDocuments(text).flatMap((document, index) => readDocument(document, `${name}, document ${index + 1}`));
}

function readDocument(document: Document, origin: string): (Manifest | BadInput)[] {
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

function readObjects(value: unknown, origin: string): (Manifest | BadInput)[] {
  if (Value.Check(List, value)) {
    return value.items.flatMap((item, index) => readObjects(item, `${origin}, item ${index + 1}`));
  }
  return Value.Check(AnyObject, value)
    ? [{ origin, object: value }]
    : [{ origin, text: misfitTextOf(AnyObject, value, 'the document') }];
}
