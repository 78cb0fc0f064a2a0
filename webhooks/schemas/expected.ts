import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';

/** What a schema expects, in words, with an example if there is one: `a whole number from 1, such as 3`. */
export function expected(schema: StructuralSchema): string {
  const example = exampleOf(schema);
  const choices = schema['enum'];
  if (Array.isArray(choices)) {
    return choices.length === 1
      ? JSON.stringify(choices[0])
      : `one of ${choices.map((c) => JSON.stringify(c)).join(', ')}`;
  }
  return `${typeInWords(schema)}${example === undefined ? '' : `, such as ${JSON.stringify(example)}`}`;
}

function typeInWords(schema: StructuralSchema): string {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return `a whole number or text${form(schema)}`;
  }
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return listInWords(schema);
    case 'object':
      return 'an object';
    default:
      return `text${form(schema)}`;
  }
}

function range({ minimum, maximum }: StructuralSchema): string {
  return (minimum === undefined ? '' : ` from ${minimum}`) + (maximum === undefined ? '' : ` to ${maximum}`);
}

/** A longer pattern, as that of an amount, helps nobody: the example and the description do. */
const LONGEST_PATTERN = 60;

export function hasReadablePattern({ pattern }: StructuralSchema): boolean {
  return typeof pattern === 'string' && pattern.length <= LONGEST_PATTERN;
}

function form({ pattern, format, minLength, maxLength }: StructuralSchema): string {
  const forms = [
    hasReadablePattern({ pattern }) ? ` that matches ${pattern}` : '',
    format === 'uri' ? ' that is a URL' : '',
    format === 'date-time' ? ' that is a time' : '',
    minLength === undefined ? '' : ` of at least ${characters(minLength)}`,
    maxLength === undefined ? '' : ` of at most ${characters(maxLength)}`,
  ];
  return forms.join('');
}

function characters(count: unknown): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

/** A list with its limits: `a list in which no two items have the same name`. */
export function listInWords(schema: StructuralSchema): string {
  const { minItems, maxItems } = schema;
  const keys = schema['x-kubernetes-list-map-keys'];
  const isSet = schema['x-kubernetes-list-type'] === 'set';
  const counts = [
    minItems === undefined ? '' : ` of at least ${minItems}`,
    maxItems === undefined ? '' : ` of at most ${maxItems}`,
    Array.isArray(keys) ? ` in which no two items have the same ${keys.join(' and ')}` : '',
    isSet ? ' in which no two items are equal' : '',
  ];
  return `a list${counts.join('')}`;
}

/** A value that the schema accepts; undefined if any text would be as good as another. */
export function exampleOf(schema: StructuralSchema): unknown {
  const choices = schema['enum'];
  const given =
    schema['example'] ?? (Array.isArray(choices) ? choices[0] : undefined) ?? (schema['default'] || undefined);
  return given ?? exampleOfType(schema);
}

function exampleOfType({ type, minimum, items, ...schema }: StructuralSchema): unknown {
  switch (type) {
    case 'integer':
    case 'number':
      return minimum ?? 1;
    case 'boolean':
      return true;
    case 'array': {
      const item = items && exampleOf(items);
      return item === undefined ? undefined : [item];
    }
    case 'object':
      return exampleObject(schema);
    default:
      return undefined;
  }
}

/** An object with its required fields, or else with its first field. */
function exampleObject({ properties = {}, required }: StructuralSchema): unknown {
  const wanted = Array.isArray(required) && required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  const fields = wanted.map((name) => [name, exampleOf(properties[name] ?? {})] as const);
  return fields.length > 0 && fields.every(([, value]) => value !== undefined) ? Object.fromEntries(fields) : undefined;
}
