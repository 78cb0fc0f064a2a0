import { objectMetadata } from '../../controllers/kubernetes/crd/object-metadata.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { FORMATS } from './formats.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords that JSON Schema does not have, or that have another meaning there. The API server evaluates CEL rules alone. */
const LEFT_OUT = [
  'x-kubernetes-validations',
  'default',
  'description',
  'example',
  'nullable',
  'format',
  'exclusiveMinimum',
  'exclusiveMaximum',
];

/**
 * The JSON Schema that accepts what the API server accepts by a structural schema, apart from CEL rules.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function jsonSchema(schema: StructuralSchema): JsonSchema {
  const { items, properties, additionalProperties, format } = schema;
  const others = Object.entries(schema).filter(
    ([name]) => !(LEFT_OUT.includes(name) || (name === 'anyOf' && isIntOrString(schema))),
  );
  return {
    ...Object.fromEntries(others),
    ...(items && { items: jsonSchema(items) }),
    ...(properties && { properties: eachOf(properties) }),
    ...(additionalProperties && { additionalProperties: jsonSchema(additionalProperties) }),
    ...(typeof format === 'string' && format in FORMATS && { format }),
    ...bounds(schema),
    ...uniqueness(schema),
    ...embedded(schema),
    ...types(schema),
  };
}

function eachOf(schemas: Readonly<Record<string, StructuralSchema>>): JsonSchema {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]));
}

/** OpenAPI 3.0 says whether a bound is excluded, and JSON Schema has another keyword for such a bound. */
function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: StructuralSchema): JsonSchema {
  return {
    ...(exclusiveMinimum === true && { exclusiveMinimum: minimum }),
    ...(exclusiveMaximum === true && { exclusiveMaximum: maximum }),
  };
}

/** A list that is a set or a map has no two equal items, or no two items with equal keys: `distinct` is a keyword of ours. */
function uniqueness(schema: StructuralSchema): JsonSchema {
  const keys = schema['x-kubernetes-list-map-keys'];
  return {
    ...(schema['x-kubernetes-list-type'] === 'set' && { distinct: [] }),
    ...(Array.isArray(keys) && { distinct: keys }),
  };
}

function embedded(schema: StructuralSchema): JsonSchema {
  return schema['x-kubernetes-embedded-resource'] === true
    ? {
        required: ['apiVersion', 'kind', 'metadata'],
        properties: {
          ...eachOf(schema.properties ?? {}),
          ...eachOf({ apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: objectMetadata }),
        },
      }
    : {};
}

/** `nullable` and `x-kubernetes-int-or-string` as types. */
function types(schema: StructuralSchema): JsonSchema {
  const own = isIntOrString(schema) ? ['integer', 'string'] : [schema.type].filter((type) => type !== undefined);
  if (own.length === 0) {
    return {};
  }
  return { type: schema['nullable'] === true ? [...own, 'null'] : own };
}

/** Such a schema may repeat the two types in `anyOf`. */
function isIntOrString(schema: StructuralSchema): boolean {
  return schema['x-kubernetes-int-or-string'] === true;
}
