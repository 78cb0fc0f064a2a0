import { parsedJson } from '../data/parsed-json.ts';
import { isPlainObject, ownField, type PlainObject, withoutNulls } from '../data/plain-object.ts';
import { whyTooLarge } from '../data/size.ts';
import { checkOf, Type } from '../typebox.ts';

/** Prefixes of annotations that Metacontroller, the Deployment controller and kubectl write. */
const PREFIXES = ['metacontroller.k8s.io/', 'deployment.kubernetes.io/', 'kubectl.kubernetes.io/'];

/** Whether another writer owns this annotation. An answer must not set it, or both would overwrite it again and again. */
export function isForeignAnnotation(key: string): boolean {
  return PREFIXES.some((prefix) => key.startsWith(prefix));
}

/** Under dynamic apply, Metacontroller keeps the last answer in this annotation. */
const LAST_APPLIED_ANNOTATION = 'metacontroller.k8s.io/last-applied-configuration';

const Annotated = Type.Object({
  metadata: Type.Object({ annotations: Type.Object({ [LAST_APPLIED_ANNOTATION]: Type.String() }) }),
});
const isAnnotated = checkOf(Annotated);

/**
 * What Metacontroller last applied to an object under dynamic apply, without fields that others have added. Undefined if
 * there is no valid annotation, or if the object no longer contains everything in it. Then another writer has changed the
 * object, or the annotation is from a time before server-side apply.
 */
export function lastApplied(observed: unknown): PlainObject | undefined {
  if (!isAnnotated(observed)) {
    return undefined;
  }
  // Metacontroller writes null if there are no annotations.
  const applied = withoutNulls(parsed(observed.metadata.annotations[LAST_APPLIED_ANNOTATION]));
  return isPlainObject(applied) && holds(observed, applied) ? applied : undefined;
}

function parsed(text: string): unknown {
  const value = parsedJson(text);
  return whyTooLarge(value) === undefined ? value : undefined;
}

/** Whether a value contains another: each field of an object, and each item of a list, in any order. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) &&
      part.every((item, index) => holds(whole[index], item) || whole.some((candidate) => holds(candidate, item)))
    );
  }
  if (isPlainObject(part)) {
    return isPlainObject(whole) && Object.entries(part).every(([key, item]) => holds(ownField(whole, key), item));
  }
  return whole === part;
}
