import { codeUnitOrder } from '../../controllers/data/order.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { unknownText, violationText } from './faults.ts';
import type { TypeMeta } from './hints.ts';
import { crdKinds, schemaOf } from './kind-schemas.ts';
import { withoutNullFields } from './nulls.ts';
import { prune } from './unknown-fields.ts';
import { validator } from './violations.ts';

/** A document as the API server would store it, and all its faults. */
export interface CheckedDocument<Content> {
  /** The document without unknown fields and null fields; undefined if the API server refuses it. */
  readonly object: Content | undefined;
  /** One sentence for each fault. It begins with the path of the field. */
  readonly faults: readonly string[];
}

const VALIDATORS = new Map(
  crdKinds.map((kind) => {
    const schema = schemaOf(kind) ?? {};
    return [schema, validator(schema)] as const;
  }),
);

/**
 * Checks a document against the CRD of its kind. Documents of other kinds are not checked. The API server refuses unknown fields
 * under strict validation, which kubectl asks for; without it, the API server drops them.
 */
export function checkDocument<Content extends TypeMeta>(document: Content): CheckedDocument<Content> {
  const schema = schemaOf(document);
  return schema === undefined ? { object: withoutNullFields(document), faults: [] } : checkedBy(schema, document);
}

function checkedBy<Content extends TypeMeta>(schema: StructuralSchema, document: Content): CheckedDocument<Content> {
  const { value, unknown } = prune(document, schema);
  const object = withoutNullFields(value as Content);
  const violations = VALIDATORS.get(schema)?.(object) ?? [];
  const faults = [
    ...unknown.map((field) => ({ path: field.path, text: unknownText(field, document, schema) })),
    ...violations.map((violation) => ({ path: violation.path, text: violationText(violation) })),
  ];
  return {
    object: violations.length === 0 ? object : undefined,
    faults: faults.sort((one, other) => codeUnitOrder(one.path, other.path)).map(({ text }) => text),
  };
}
