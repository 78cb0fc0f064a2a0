import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { isPlainObject, type PlainObject, withoutNulls } from '../data/plain-object.ts';

/** Annotations that the engine, the Deployment controller and kubectl write themselves: to set them would be a fight. */
const PREFIXES = ['metacontroller.k8s.io/', 'deployment.kubernetes.io/', 'kubectl.kubernetes.io/'];

/** Whether an annotation is not for an answer to set. */
export function isForeignAnnotation(key: string): boolean {
  return PREFIXES.some((prefix) => key.startsWith(prefix));
}

/** Metacontroller's own, under dynamic apply: the last answer. */
const LAST_APPLIED_ANNOTATION = 'metacontroller.k8s.io/last-applied-configuration';

const Annotated = Type.Object({
  metadata: Type.Object({ annotations: Type.Object({ [LAST_APPLIED_ANNOTATION]: Type.String() }) }),
});

/**
 * What the engine applied last to an object, as far as all of it is still so: without what others have added. Undefined
 * under server-side apply, which may leave an old annotation behind, and where somebody has changed what was applied.
 */
export function lastApplied(observed: unknown): PlainObject | undefined {
  if (!Value.Check(Annotated, observed)) {
    return undefined;
  }
  // The engine writes null for annotations that there are none of.
  const applied = withoutNulls(parsed(observed.metadata.annotations[LAST_APPLIED_ANNOTATION]));
  return isPlainObject(applied) && holds(observed, applied) ? applied : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether all of a part is in the whole: each field of an object, and each item of a list, in any place. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every((item) => whole.some((candidate) => holds(candidate, item)));
  }
  if (isPlainObject(part)) {
    return isPlainObject(whole) && Object.entries(part).every(([key, item]) => holds(whole[key], item));
  }
  return whole === part;
}
