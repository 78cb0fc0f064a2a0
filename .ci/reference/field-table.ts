import { nodes } from '../../controllers/kubernetes/crd/schema-nodes.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { code, prose, table } from './markdown.ts';

export type Field = readonly [path: string, schema: StructuralSchema];

/** All fields in a schema, with their paths. */
export function fieldsOf(schema: StructuralSchema): readonly Field[] {
  return nodes(schema).filter(([field]) => isOwnField(field));
}

/** The items of a list and the values of a map of texts are told by the type of the list or map. */
function isOwnField(field: string): boolean {
  return !/(\[\]|\{\})$/.test(field);
}

/** A table with one row for each field: its type, what it is, and which values it takes. */
export function fieldTable(fields: readonly Field[]): string {
  const required = new Set(fields.flatMap(([path, schema]) => requiredIn(path, schema)));
  return table(
    ['field', 'type', 'what it is', 'rules'],
    fields.map(([path, schema]) => [
      code(path),
      typeOf(schema),
      prose(String(schema['description'] ?? '')),
      [...(required.has(path) ? ['required'] : []), ...rulesOf(schema)].join('<br>'),
    ]),
  );
}

/** The paths of the fields that an object, or each object of a list or map, must have. */
function requiredIn(path: string, schema: StructuralSchema): readonly string[] {
  const own = Array.isArray(schema['required']) ? schema['required'].map((name) => `${path}.${name}`) : [];
  return [
    ...own,
    ...(schema.items ? requiredIn(`${path}[]`, schema.items) : []),
    ...(schema.additionalProperties ? requiredIn(`${path}{}`, schema.additionalProperties) : []),
  ];
}

function typeOf({ type = '', items, additionalProperties, ...schema }: StructuralSchema): string {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return 'integer or string';
  }
  if (items !== undefined) {
    return `list of ${typeOf(items)}`;
  }
  return additionalProperties === undefined ? type : `map of ${typeOf(additionalProperties)}`;
}

interface Validation {
  readonly message?: string;
  readonly rule: string;
}

/** How each keyword of a schema reads. All others say nothing to users. */
const RULES: Readonly<Record<string, (value: never) => string>> = {
  default: (value: unknown) => `default ${code(JSON.stringify(value))}`,
  enum: (values: readonly unknown[]) => `one of ${values.map((value) => code(String(value))).join(', ')}`,
  minimum: (value: number) => `at least ${value}`,
  maximum: (value: number) => `at most ${value}`,
  minLength: (value: number) => `at least ${value} ${value === 1 ? 'character' : 'characters'}`,
  maxLength: (value: number) => `at most ${value} characters`,
  minItems: (value: number) => `at least ${value} ${value === 1 ? 'item' : 'items'}`,
  pattern: (value: string) => `matches ${code(value)}`,
  example: (value: unknown) => `such as ${code(typeof value === 'string' ? value : JSON.stringify(value))}`,
  'x-kubernetes-validations': (values: readonly Validation[]) =>
    values.map(({ message, rule }) => prose(message ?? rule)).join('<br>'),
};

function rulesOf(schema: StructuralSchema): readonly string[] {
  const ofItems = schema.items?.['enum'];
  return [
    ...Object.entries(schema)
      .filter(([keyword]) => keyword in RULES)
      .map(([keyword, value]) => RULES[keyword]?.(value as never) ?? ''),
    ...(ofItems === undefined ? [] : [`each ${RULES['enum']?.(ofItems as never)}`]),
  ];
}
