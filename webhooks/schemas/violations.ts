import { Ajv, type ErrorObject } from 'ajv';
import { isPlainObject, ownField } from '../../controllers/data/plain-object.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { FORMATS } from './formats.ts';
import { jsonSchema } from './json-schema.ts';
import { inside } from './path.ts';

/** A value that the API server refuses, or a required field that is missing. */
export interface Violation {
  readonly path: string;
  /** The schema of the value. */
  readonly schema: StructuralSchema;
  /** Undefined if the field is missing. */
  readonly value: unknown;
}

type Validate = (value: unknown) => readonly Violation[];

const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
ajv.addKeyword({ keyword: 'uniqueKeys', schemaType: 'array', validate: haveUniqueKeys });

/** Compiles a schema. The result lists all violations of a value, one for each field. */
export function validator(schema: StructuralSchema): Validate {
  const validate = ajv.compile(jsonSchema(schema));
  return (value) => {
    validate(value);
    const found = (validate.errors ?? []).map((error) => violation(error, { value, schema, path: '' }));
    return [...new Map(found.map((each) => [each.path, each])).values()];
  };
}

function haveUniqueKeys(keys: readonly string[], list: unknown): boolean {
  const items = Array.isArray(list) ? list.filter(isPlainObject) : [];
  const identities = items.map((item) => JSON.stringify(keys.map((key) => item[key])));
  return new Set(identities).size === identities.length;
}

/** Follows the JSON pointer of an error through value and schema: ajv gives an error no path that people read. */
function violation({ instancePath, params }: ErrorObject, whole: Violation): Violation {
  const steps = instancePath.split('/').slice(1).map(unescaped);
  const missing: readonly string[] = 'missingProperty' in params ? [params['missingProperty']] : [];
  return [...steps, ...missing].reduce(stepInto, whole);
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
