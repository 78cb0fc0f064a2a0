import { crdCharts } from '../../controllers/crds.ts';
import { isPlainObject, ownField } from '../../controllers/data/plain-object.ts';
import { type StructuralSchema, structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { mapKey } from '../../controllers/reading.ts';

const SCHEMAS: ReadonlyMap<string, StructuralSchema> = new Map(
  crdCharts
    .flatMap(({ definitions }) => definitions)
    .map(({ kind, schema }) => [mapKey(kind), structuralSchema(schema)]),
);

/**
 * Drops null fields as the API server does. Nulls stay in fields that the CRD preserves without a schema, such as those of
 * a `podSpec`, and in lists, where the schema then refuses them.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function withoutNullFields<Content extends { readonly apiVersion: string; readonly kind: string }>(
  object: Content,
): Content {
  return pruned(object, SCHEMAS.get(mapKey(object)) ?? {}) as Content;
}

function pruned(value: unknown, schema: StructuralSchema): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => pruned(item, schema.items ?? {}));
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
    return field === null ? [] : [[name, pruned(field, known ?? {})]];
  });
  return Object.fromEntries(fields);
}
