import { AccessRules } from '../../controllers/access/access-rules.ts';
import { type StructuralSchema, structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';

/** The JSON Schema by which Helm checks the access rules in the chart's values. */
export function accessRulesSchema(): object {
  return forHelm(structuralSchema(AccessRules));
}

/** Closes objects, so that a misspelt field is refused, and leaves out what only the reference shows. */
function forHelm(schema: StructuralSchema): object {
  const { example: _example, pattern, properties, items, additionalProperties, ...others } = schema;
  const { 'x-kubernetes-list-type': listType, ...rest } = others;
  return {
    ...rest,
    ...(listType === 'set' && { uniqueItems: true }),
    ...(typeof pattern === 'string' && patternForGo(pattern)),
    ...(items && { items: forHelm(items) }),
    ...(additionalProperties && { additionalProperties: forHelm(additionalProperties) }),
    ...(properties && { properties: closed(properties), additionalProperties: false }),
  };
}

function closed(properties: Readonly<Record<string, StructuralSchema>>): Readonly<Record<string, object>> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, forHelm(schema)]));
}

const LOOKAHEAD = /(\[Xx\]-)\(\?!(\([^()]*\))\)/;

/** The regular expressions of Go, and so of Helm, cannot look ahead. What must not follow becomes a schema of its own. */
function patternForGo(pattern: string): object {
  const [all = '', before, refused] = LOOKAHEAD.exec(pattern) ?? [];
  const plain = pattern.replace(all, before ?? '');
  if (plain.includes('(?!')) {
    throw new Error(`${pattern} cannot be written for Go`);
  }
  return before === undefined ? { pattern } : { pattern: plain, not: { pattern: `(^|:)${before}${refused}` } };
}
