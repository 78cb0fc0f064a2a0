import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import type { StructuralSchema } from './structural-schema.ts';

/** The paths of the fields that a schema does not have, such as `spec.env[0].x`: the API server would drop them. `path` is the value's own. */
export function undeclaredFields(value: unknown, schema: StructuralSchema, path: string): readonly string[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined
      ? []
      : value.flatMap((item, index) => undeclaredFields(item, items, `${path}[${index}]`));
  }
  return isPlainObject(value) && schema['x-kubernetes-preserve-unknown-fields'] !== true
    ? undeclaredIn(value, schema, path)
    : [];
}

function undeclaredIn(value: PlainObject, schema: StructuralSchema, path: string): readonly string[] {
  return Object.keys(value)
    .filter((name) => value[name] !== null)
    .flatMap((name) => {
      const field = ownField(schema.properties ?? {}, name) ?? schema.additionalProperties;
      return field === undefined ? [`${path}.${name}`] : undeclaredFields(value[name], field, `${path}.${name}`);
    });
}
