import type { TSchema } from '../../typebox.ts';

/** A schema as a CustomResourceDefinition contains it. */
export interface StructuralSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema;
  readonly items?: StructuralSchema;
  readonly [keyword: string]: unknown;
}

type Keyword = readonly [name: string, value: unknown];

/**
 * Converts a TypeBox schema to a structural schema. The API server supports neither `const` nor `patternProperties`, and
 * accepts `anyOf` only for a number or a string.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function structuralSchema(schema: TSchema): StructuralSchema {
  return Object.fromEntries(Object.entries(schema).flatMap(([name, value]) => keywords(name, value)));
}

function keywords(name: string, value: unknown): readonly Keyword[] {
  switch (name) {
    case 'properties':
      return properties(value as Readonly<Record<string, TSchema>>);
    case 'patternProperties':
      return Object.values(value as Readonly<Record<string, TSchema>>).map((values) => [
        'additionalProperties',
        structuralSchema(values),
      ]);
    case 'items':
      return [['items', structuralSchema(value as TSchema)]];
    case 'const':
      return [['enum', [value]]];
    case 'anyOf':
      return choices(value as readonly TSchema[]);
    default:
      return [[name, value]];
  }
}

function properties(schemas: Readonly<Record<string, TSchema>>): readonly Keyword[] {
  const entries = Object.entries(schemas).map(([name, schema]) => [name, structuralSchema(schema)] as const);
  return entries.length === 0 ? [] : [['properties', Object.fromEntries(entries)]];
}

function choices(schemas: readonly TSchema[]): readonly Keyword[] {
  return schemas.every((schema) => 'const' in schema)
    ? [
        ['type', 'string'],
        ['enum', schemas.map((schema) => schema['const'])],
      ]
    : [['anyOf', schemas.map(structuralSchema)]];
}
