import { Ajv, type ErrorObject } from 'ajv';
import { isPlainObject, ownField } from '../../controllers/data/plain-object.ts';
import { inside } from '../../controllers/kubernetes/crd/path.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { FORMATS } from './formats.ts';
import { jsonSchema } from './json-schema.ts';

/** A value that the API server refuses, or a required field that is missing. */
export interface Violation {
  readonly path: string;
  /** The schema of the value. */
  readonly schema: StructuralSchema;
  /** Undefined if the field is missing. */
  readonly value: unknown;
  /** The schema of the list, if the value is an item that repeats an earlier one. */
  readonly repeatsIn?: StructuralSchema;
}

type Validate = (value: unknown) => readonly Violation[];

const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
ajv.addKeyword({ keyword: 'distinct', schemaType: 'array', validate: distinct });

/** Compiles a schema. The result lists all violations of a value, one for each field. */
export function validator(schema: StructuralSchema): Validate {
  const validate = ajv.compile(jsonSchema(schema));
  return (value) => {
    validate(value);
    const found = (validate.errors ?? []).map((error) => violation(error, { value, schema, path: '' }));
    return [...new Map(found.map((each) => [each.path, each])).values()];
  };
}

/** Adds an error for each item whose keys, or which itself if there are none, an earlier item has too. */
function distinct(keys: readonly string[], list: unknown): boolean {
  const items = Array.isArray(list) ? list : [];
  const identities = items.map((item) => identityOf(item, keys));
  const repeated = identities.flatMap((identity, index) => (identities.indexOf(identity) < index ? [index] : []));
  distinct.errors = repeated.map((repeats) => ({ keyword: 'distinct', params: { repeats } }));
  return repeated.length === 0;
}

distinct.errors = [] as Partial<ErrorObject>[];

function identityOf(item: unknown, keys: readonly string[]): string {
  const fields = isPlainObject(item) ? keys.map((key) => ownField(item, key) ?? null) : [item];
  return JSON.stringify(keys.length === 0 ? item : fields);
}

/** Follows the JSON pointer of an error through value and schema: ajv gives an error no path that people read. */
function violation({ instancePath, params }: ErrorObject, whole: Violation): Violation {
  const steps = instancePath.split('/').slice(1).map(unescaped);
  const missing: readonly string[] = 'missingProperty' in params ? [params['missingProperty']] : [];
  const found = [...steps, ...missing].reduce(stepInto, whole);
  return 'repeats' in params ? { ...stepInto(found, String(params['repeats'])), repeatsIn: found.schema } : found;
}

function stepInto({ path, schema, value }: Violation, step: string): Violation {
  return Array.isArray(value)
    ? { path: `${path}[${step}]`, schema: schema.items ?? {}, value: value[Number(step)] }
    : {
        path: inside(path, step),
        schema: ownField(schema.properties ?? {}, step) ?? schema.additionalProperties ?? {},
        value: isPlainObject(value) ? ownField(value, step) : undefined,
      };
}

/** A step of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901#section-4 */
function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
