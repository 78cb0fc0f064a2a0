import { Ajv } from 'ajv';
import fc from 'fast-check';
import { crdCharts } from '../../controllers/crds.ts';
import { crdManifest } from '../../controllers/kubernetes/crd/definition.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { prune } from '../../controllers/kubernetes/crd/unknown-fields.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
}

/** The fields of a CustomResourceDefinition that tests read. */
export interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: object;
    readonly scope: string;
    readonly versions: readonly [
      {
        readonly name: string;
        readonly additionalPrinterColumns?: readonly Column[];
        readonly schema: { readonly openAPIV3Schema: StructuralSchema };
        readonly [field: string]: unknown;
      },
    ];
  };
}

export const crds = crdCharts.flatMap(({ definitions }) => definitions).map((each) => crdManifest(each) as Crd);

/** The CRD with a name such as `agents.kaos.tools`. */
export function crdOf(name: string): Crd {
  const found = crds.find(({ metadata }) => metadata.name === name);
  if (found === undefined) {
    throw new Error(`there is no CRD ${name}`);
  }
  return found;
}

export function schemaOf(crd: Crd): StructuralSchema {
  return crd.spec.versions[0].schema.openAPIV3Schema;
}

const FORMATS = {
  int32: true,
  int64: true,
  uri: (value: string) => URL.canParse(value) || value.startsWith('/'),
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
} as const;

/** A function that lists the errors for which the API server would refuse a value; it ignores CEL rules. */
export function validator(schema: StructuralSchema): (value: unknown) => readonly string[] {
  const validate = new Ajv({ strict: false, allErrors: true, formats: FORMATS }).compile(schema);
  return (value) =>
    validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The fields that the API server would drop because they are not in the schema. */
export function pruned(schema: StructuralSchema, value: unknown): readonly string[] {
  return prune(value, schema).unknown.map(({ path }) => `.${path}`);
}

/** Random values that a schema accepts. */
export function valuesOf(schema: StructuralSchema): fc.Arbitrary<unknown> {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return fc.oneof(fc.integer(), fc.stringMatching(new RegExp(String(schema['pattern']))));
  }
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Number(schema['minimum'] ?? -100), max: Number(schema['maximum'] ?? 2 ** 31 - 1) });
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: 2 });
    case 'object':
      return objectOf(schema);
    default:
      return textOf(schema);
  }
}

function textOf({ enum: choices, pattern, format, minLength }: StructuralSchema): fc.Arbitrary<unknown> {
  if (Array.isArray(choices)) {
    return fc.constantFrom(...choices);
  }
  switch (format) {
    case 'uri':
      return fc.webUrl();
    case 'date-time':
      return fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date('9000-01-01') })
        .map((d) => d.toISOString());
    default:
      return typeof pattern === 'string'
        ? fc.stringMatching(new RegExp(pattern))
        : fc.string({ minLength: Number(minLength ?? 0) });
  }
}

function objectOf({ properties = {}, required = [], additionalProperties, ...schema }: StructuralSchema) {
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, valuesOf(child)])),
    { requiredKeys: required as string[], noNullPrototype: true },
  );
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const values = isOpen ? fc.jsonValue() : additionalProperties && valuesOf(additionalProperties);
  return values
    ? fc.tuple(fc.dictionary(fc.string(), values, { noNullPrototype: true }), named).map(([a, b]) => ({ ...a, ...b }))
    : named;
}
