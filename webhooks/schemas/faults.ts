import { nearestName } from '../../controllers/data/nearest-name.ts';
import { quote } from '../../controllers/data/quote.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import type { UnknownField } from '../../controllers/kubernetes/crd/unknown-fields.ts';
import { expected, hasReadablePattern, listInWords } from './expected.ts';
import { hintFor, type TypeMeta } from './hints.ts';
import { nearestField } from './nearest-field.ts';
import type { Violation } from './violations.ts';

/** `spec.mode: "proxy" is not valid; expected one of "Proxy", "Hosted"; did you mean "Proxy"?` */
export function violationText({ path, schema, value, repeatsIn }: Violation): string {
  if (repeatsIn !== undefined) {
    return `${path}: repeats an earlier item; expected ${listInWords(repeatsIn)}`;
  }
  return value === undefined
    ? `${path}: is required; expected ${expected(schema)}${described(schema)}`
    : `${path}: ${refused(value, schema)}; expected ${expected(schema)}${explained(schema)}${remedy(value, schema)}`;
}

/** The meaning of a field whose pattern is too long to be read. */
function explained(schema: StructuralSchema): string {
  return schema['pattern'] === undefined || hasReadablePattern(schema) ? '' : described(schema);
}

function described({ description }: StructuralSchema): string {
  return description === undefined ? '' : ` (${description})`;
}

/** What was refused. A single value in place of a text or an object can be a secret, so only its type is shown. */
function refused(value: unknown, schema: StructuralSchema): string {
  const isShown =
    (typeof value === 'string' && !takes(schema, 'object', 'array')) ||
    (typeof value === 'number' && takes(schema, 'number', 'integer')) ||
    (typeof value === 'boolean' && takes(schema, 'boolean'));
  return isShown ? `${typeof value === 'string' ? quote(value) : value} is not valid` : `is ${typeInWords(value)}`;
}

function typeInWords(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return value === null ? 'null' : listOrObject(value);
  }
}

function listOrObject(value: unknown): string {
  return Array.isArray(value) ? `${value.length === 0 ? 'an empty' : 'a'} list` : 'an object';
}

/** What to do, if it can be told from the value. */
function remedy(value: unknown, schema: StructuralSchema): string {
  if (typeof value !== 'string') {
    const isBare = typeof value === 'number' || typeof value === 'boolean';
    return isBare && (takes(schema, 'string') || schema['x-kubernetes-int-or-string'] === true)
      ? '; put the value in quotes'
      : '';
  }
  const near = nearestChoice(value, schema);
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
}

function nearestChoice(value: string, schema: StructuralSchema): string | undefined {
  const choices = schema['enum'];
  return Array.isArray(choices)
    ? nearestName(
        value,
        choices.filter((choice) => typeof choice === 'string'),
      )
    : undefined;
}

function takes({ type }: StructuralSchema, ...types: readonly string[]): boolean {
  return type !== undefined && types.includes(type);
}

/** `spec.agentNetwrk: is not a field, so it has no effect; did you mean spec.agentNetwork, such as {"expose":true}?` */
export function unknownText(field: UnknownField, kind: Partial<TypeMeta>, whole: StructuralSchema): string {
  const near = nearestField(field, whole);
  const hint = hintFor(field.path, kind) ?? (near === undefined ? fieldsOf(field) : `did you mean ${near}?`);
  return `${field.path}: is not a field, so it has no effect; ${hint}`;
}

function fieldsOf({ parent, known }: UnknownField): string {
  const names = Object.keys(known).join(', ');
  return `the fields of ${parent || 'the document'} are ${names}`;
}
