import { isPlainObject, objectsIn, type PlainObject } from '../../data/plain-object.ts';

/** A field of an object that is an object; an empty one if it is anything else. */
export function objectIn(object: PlainObject | undefined, name: string): PlainObject {
  const value = object?.[name];
  return isPlainObject(value) ? value : {};
}

/** The objects of a list. */
export function itemsIn(object: PlainObject | undefined, name: string): readonly PlainObject[] {
  return objectsIn(object?.[name]);
}

/** The init containers of a pod, then the others. */
export function containersIn(pod: PlainObject | undefined): readonly PlainObject[] {
  return [...itemsIn(pod, 'initContainers'), ...itemsIn(pod, 'containers')];
}

/**
 * Remembers the answer to a question about an object. Rules ask it for each item of a list, so the time would grow with the square
 * of the list's length.
 */
export function once<Answer>(ask: (object: PlainObject) => Answer): (object: PlainObject) => Answer {
  const answers = new WeakMap<PlainObject, Answer>();
  return (object) => {
    const known = answers.get(object);
    const answer = known ?? ask(object);
    if (known === undefined) {
      answers.set(object, answer);
    }
    return answer;
  };
}

/** The first item for each key. */
export function firstBy(items: readonly PlainObject[], keyOf: (item: PlainObject) => unknown) {
  return new Map(items.toReversed().map((item) => [keyOf(item), item]));
}

/** Whether an init container keeps running beside the containers. */
export function isSidecar({ restartPolicy }: PlainObject): boolean {
  return restartPolicy === 'Always';
}
