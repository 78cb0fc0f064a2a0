import { isPlainObject, ownField } from '../../controllers/data/plain-object.ts';
import { inside } from '../../controllers/kubernetes/crd/path.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';

/**
 * Drops null fields as the API server does. Nulls stay in nullable fields, in fields that the schema preserves without describing
 * them, such as those of a `podSpec`, and in lists, where the schema then refuses them.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function withoutNullFields(value: unknown, schema: StructuralSchema): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutNullFields(item, schema.items ?? {}));
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const isKept = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const known = ownField(schema.properties ?? {}, name) ?? schema.additionalProperties;
    if (known === undefined && isKept) {
      return [[name, field]];
    }
    return field === null && known?.['nullable'] !== true ? [] : [[name, withoutNullFields(field, known ?? {})]];
  });
  return Object.fromEntries(fields);
}

/** The paths of the nulls inside a value. */
export function nullPaths(value: unknown, path: string): readonly string[] {
  const inner = Array.isArray(value)
    ? value.map((item, index) => [`${path}[${index}]`, item] as const)
    : Object.entries(isPlainObject(value) ? value : {}).map(([name, item]) => [inside(path, name), item] as const);
  return inner.flatMap(([at, item]) => (item === null ? [at] : nullPaths(item, at)));
}
