import type { StructuralSchema } from './structural-schema.ts';

/** All nested schemas with their paths: `spec.env[].name`, `spec.podMetadata.labels{}`. */
export function nodes(schema: StructuralSchema, path = ''): readonly (readonly [string, StructuralSchema])[] {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    [path, schema] as const,
    ...Object.entries(properties).flatMap(([name, child]) => nodes(child, path === '' ? name : `${path}.${name}`)),
    ...(items ? nodes(items, `${path}[]`) : []),
    ...(additionalProperties ? nodes(additionalProperties, `${path}{}`) : []),
  ];
}
