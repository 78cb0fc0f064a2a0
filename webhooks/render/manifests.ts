import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Document } from 'yaml';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { parseDocuments } from './documents.ts';
import { error, type Remark } from './remark.ts';
import type { SourceText } from './sources.ts';

const AnyObject = Type.Object({ apiVersion: Type.String({ minLength: 1 }), kind: Type.String({ minLength: 1 }) });

/** Several objects as `kubectl get -o yaml` prints them. */
const List = Type.Object({ kind: Type.RegExp(/List$/), items: Type.Array(Type.Unknown()) });

/** An object with its place in the input: `examples/team.yaml, document 2`. */
export interface Manifest<Content = Static<typeof AnyObject>> {
  readonly origin: string;
  readonly object: Content;
}

/** The objects of all sources. */
export interface Manifests {
  readonly manifests: readonly Manifest[];
  readonly remarks: readonly Remark[];
}

/** Reads the objects of all sources. An invalid document does not affect others. Empty documents are ignored. */
export function readManifests(texts: readonly SourceText[]): Manifests {
  const read = texts.flatMap(readSource);
  return {
    manifests: read.filter((item) => 'object' in item),
    remarks: read.filter((item) => 'text' in item),
  };
}

function readSource({ name, text }: SourceText): (Manifest | Remark)[] {
  return parseDocuments(text).flatMap((document, index) => readDocument(document, `${name}, document ${index + 1}`));
}

function readDocument(document: Document, origin: string): (Manifest | Remark)[] {
  const [problem] = document.errors;
  if (problem) {
    return [error(origin, `not valid YAML: ${problem.message.split('\n')[0]?.replace(/:$/, '')}`)];
  }
  const value = plainValue(document);
  if (value instanceof Error) {
    return [error(origin, `not valid YAML: ${value.message}`)];
  }
  return value === null ? [] : readObjects(value, origin);
}

/** The document's value. A parsed document can still fail here, by an unknown alias or by too many nested ones. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS();
  } catch (thrown) {
    return thrown;
  }
}

function readObjects(value: unknown, origin: string): (Manifest | Remark)[] {
  if (Value.Check(List, value)) {
    return value.items.flatMap((item, index) => readObjects(item, `${origin}, item ${index + 1}`));
  }
  return Value.Check(AnyObject, value)
    ? [{ origin, object: value }]
    : [error(origin, misfitTextOf(AnyObject, value, 'the document'))];
}
