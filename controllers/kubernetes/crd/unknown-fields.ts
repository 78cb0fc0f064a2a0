import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import { objectMetadata } from './object-metadata.ts';
import { inside } from './path.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** A field that the schema does not have. The API server drops it, or refuses the object under strict validation. */
export interface UnknownField {
  readonly path: string;
  readonly name: string;
  /** The path of the object that has it; empty for the whole document. */
  readonly parent: string;
  /** The fields that the schema has instead. */
  readonly known: Readonly<Record<string, StructuralSchema>>;
}

/** Every object has these, whatever the schema says. */
const OF_EVERY_OBJECT: Readonly<Record<string, StructuralSchema>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: objectMetadata,
};

/** A value without the fields that its schema does not have, and these fields. */
export interface Pruned {
  readonly value: unknown;
  readonly unknown: readonly UnknownField[];
}

/**
 * Prunes a value as the API server does: in objects, lists and maps, but not in objects that keep unknown fields.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
export function prune(value: unknown, schema: StructuralSchema): Pruned {
  const unknown: UnknownField[] = [];
  return { value: pruned(value, schema, { path: '', unknown }), unknown };
}

interface Visit {
  readonly path: string;
  readonly unknown: UnknownField[];
}

function pruned(value: unknown, schema: StructuralSchema, { path, unknown }: Visit): unknown {
  const { items } = schema;
  if (Array.isArray(value) && items) {
    return value.map((item, index) => pruned(item, items, { path: `${path}[${index}]`, unknown }));
  }
  return isPlainObject(value) && takesObjects(schema) ? prunedObject(value, schema, { path, unknown }) : value;
}

/** A value of another type than the schema's is a fault of its own. */
function takesObjects(schema: StructuralSchema): boolean {
  const { type } = schema;
  return type === 'object' || (type === undefined && schema['x-kubernetes-int-or-string'] !== true);
}

function prunedObject(object: PlainObject, schema: StructuralSchema, { path, unknown }: Visit): PlainObject {
  const known = { ...schema.properties, ...(schema['x-kubernetes-embedded-resource'] === true && OF_EVERY_OBJECT) };
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const fields = Object.entries(object).flatMap(([name, value]) => {
    const field = ownField(known, name) ?? schema.additionalProperties;
    const fieldPath = inside(path, name);
    if (field !== undefined) {
      return [[name, pruned(value, field, { path: fieldPath, unknown })]];
    }
    if (isOpen) {
      return [[name, value]];
    }
    unknown.push({ path: fieldPath, name, parent: path, known });
    return [];
  });
  return Object.fromEntries(fields);
}
