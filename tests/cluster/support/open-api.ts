import type { Field } from '../../../controllers/kubernetes/pod-spec/field.ts';

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema;
  readonly allOf?: readonly { readonly $ref: string }[];
  readonly $ref?: string;
}

/** The types of an API server by name. */
export type Schemas = Readonly<Record<string, Schema>>;

const TYPES: Readonly<Record<string, Field['type']>> = {
  array: 'list',
  boolean: 'boolean',
  integer: 'integer',
  object: 'object',
  string: 'text',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'integer or text',
};

/** Differences between a table of fields and the API server: fields that only one of them has, and other types. */
export function fieldDifferences(field: Field, typeName: string, schemas: Schemas): string[] {
  return differences(field, { $ref: `#/components/schemas/${typeName}` }, { schemas, path: '' });
}

interface Walk {
  readonly schemas: Schemas;
  readonly path: string;
}

function differences(field: Field, schema: Schema, { schemas, path }: Walk): string[] {
  const { name, ...found } = resolved(schema, schemas);
  const expected = TYPES[name ?? ''] ?? TYPES[found.type ?? ''];
  const inner = childrenOf(field, found).flatMap(([at, child, of]) =>
    differences(child, of, { schemas, path: `${path}${at}` }),
  );
  return [
    ...(field.type === expected ? [] : [`${path}: ${field.type} here, ${expected} there`]),
    ...(field.fields ? fieldsOf(field.fields, found.properties ?? {}).map((each) => `${path}: ${each}`) : []),
    ...inner,
  ];
}

function resolved(schema: Schema, schemas: Schemas): Schema & { readonly name?: string } {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
  return name === undefined ? schema : { ...schemas[name], name };
}

/** The parts of a value in both descriptions, with their paths in it. */
function childrenOf(field: Field, { properties = {}, items, additionalProperties }: Schema) {
  const fields = Object.entries(field.fields ?? {}).map(
    ([name, child]) => [`.${name}`, child, properties[name]] as const,
  );
  const others = [
    ['[]', field.items?.item ?? field.item, items],
    ['{}', field.values, additionalProperties],
  ] as const;
  return [...fields, ...others].flatMap(([at, child, of]) => (child && of ? [[at, child, of] as const] : []));
}

function fieldsOf(ours: object, theirs: object): string[] {
  const alone = (these: object, those: object, whose: string) =>
    Object.keys(these)
      .filter((name) => !Object.hasOwn(those, name))
      .map((name) => `only ${whose}: ${name}`);
  return [...alone(ours, theirs, 'here'), ...alone(theirs, ours, 'there')];
}
