import { codeUnitOrder } from '../../controllers/data/order.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { prune } from '../../controllers/kubernetes/crd/unknown-fields.ts';
import { mapKey } from '../../controllers/reading.ts';
import { unknownText, violationText } from './faults.ts';
import type { TypeMeta } from './hints.ts';
import { schemaOf } from './kind-schemas.ts';
import { withoutNullFields } from './nulls.ts';
import { validator } from './violations.ts';

/** A document as the API server would store it, and all its faults. */
export interface CheckedDocument<Content> {
  /** The document without unknown fields and null fields; undefined if the API server refuses it. */
  readonly object: Content | undefined;
  /** One sentence for each fault. It begins with the path of the field. */
  readonly faults: readonly string[];
}

/** Checks documents of one kind. */
type Checker = <Content extends Partial<TypeMeta>>(document: Content) => CheckedDocument<Content>;

/** By map key. A checker is made when the first document of its kind comes. */
const CHECKERS = new Map<string, Checker>();

/**
 * Checks a document against the CRD of its kind. Documents of other kinds are not checked. The API server refuses unknown fields
 * under strict validation, which kubectl asks for; without it, the API server drops them.
 */
export function checkDocument<Content extends TypeMeta>(document: Content): CheckedDocument<Content> {
  const schema = schemaOf(document);
  if (schema === undefined) {
    return { object: withoutNullFields(document, {}) as Content, faults: [] };
  }
  const checker = CHECKERS.get(mapKey(document)) ?? checkerOf(schema);
  CHECKERS.set(mapKey(document), checker);
  return checker(document);
}

/** A function that checks documents against a schema. A document without a kind gets no hints about its kind. */
export function checkerOf(schema: StructuralSchema): Checker {
  const violationsOf = validator(schema);
  return <Content extends Partial<TypeMeta>>(document: Content) => {
    const { value, unknown } = prune(document, schema);
    const object = withoutNullFields(value, schema);
    const violations = violationsOf(object);
    const faults = [
      ...unknown.map((field) => ({ path: field.path, text: unknownText(field, document, schema) })),
      ...violations.map((violation) => ({ path: violation.path, text: violationText(violation) })),
    ];
    return {
      object: violations.length === 0 ? (object as Content) : undefined,
      faults: faults.sort((one, other) => codeUnitOrder(one.path, other.path)).map(({ text }) => text),
    };
  };
}
