import type { Document } from 'yaml';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { type Static, Type, Value } from '../../controllers/typebox.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import { parseDocuments } from './documents.ts';
import { isHelmTemplate } from './helm-template.ts';
import { type Origin, originText } from './origin.ts';
import { error, note, type Remark } from './remark.ts';
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

type Read = Manifest | Remark;

/** Reads the objects of all sources. An invalid document does not affect others, and documents of other programs are passed over. */
export function readManifests(texts: readonly SourceText[]): Manifests {
  const read = texts.flatMap(readSource);
  return {
    manifests: read.filter((item) => 'object' in item),
    remarks: read.filter((item) => 'text' in item),
  };
}

function readSource({ name, text }: SourceText): readonly Read[] {
  const read = parseDocuments(text).documents.flatMap((document, index) => {
    const origin: Origin = { source: name, document: index, items: [] };
    return isHelmTemplate(document, sourceOf(document, text))
      ? [error(originText(origin), `is a Helm template that was not rendered; ${RENDER_CHART}`)]
      : readDocument(document, origin);
  });
  return read.length === 0 ? [note(name, 'ignored, because it has no documents')] : read;
}

const RENDER_CHART = 'render its chart first: helm template CHART | agent-gateway-hooks render -';

function sourceOf({ range }: Document, text: string): string {
  return range ? text.slice(range[0], range[2]) : text;
}

function readDocument(document: Document, origin: Origin): readonly Read[] {
  const [problem] = document.errors;
  if (problem) {
    // The place is told in another way, and that of the library counts lines that were put between documents.
    const [message = ''] = problem.message.split('\n');
    return [error(originText(origin), `not valid YAML: ${message.replace(/ at line \d+, column \d+:?$/, '')}`)];
  }
  const value = plainValue(document);
  if (value instanceof Error) {
    return [error(originText(origin), `not valid YAML: ${value.message}`)];
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

function readObjects(value: unknown, place: Origin): readonly Read[] {
  if (Value.Check(List, value)) {
    return value.items.flatMap((item, index) => readObjects(item, { ...place, items: [...place.items, index] }));
  }
  const origin = originText(place);
  if (!hasKind(value)) {
    return [withoutKind(value, origin)];
  }
  return Value.Check(AnyObject, value)
    ? [{ origin, object: value }]
    : [error(origin, misfitTextOf(AnyObject, value, 'the document'))];
}

function hasKind(value: unknown): value is PlainObject {
  return isPlainObject(value) && (value['kind'] ?? '') !== '';
}

/** Values of a Helm chart and files of other programs have no kind, but a Kubernetes object needs one. */
function withoutKind(value: unknown, origin: string): Remark {
  if (Array.isArray(value) && value.some(hasKind)) {
    return error(origin, 'the document: is a list; expected an object; put a line with --- between objects');
  }
  const kinds = isPlainObject(value) ? crdKinds.filter(({ apiVersion }) => apiVersion === value['apiVersion']) : [];
  return kinds.length > 0
    ? error(origin, `kind: is required; expected one of ${kinds.map(({ kind }) => JSON.stringify(kind)).join(', ')}`)
    : note(origin, 'ignored, because it has no kind');
}
