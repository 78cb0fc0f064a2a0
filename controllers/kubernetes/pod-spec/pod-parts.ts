import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';

/** A field of an object that is an object; an empty one if it is anything else. */
export function objectIn(object: PlainObject | undefined, name: string): PlainObject {
  const value = object?.[name];
  return isPlainObject(value) ? value : {};
}

/** The objects of a list. */
export function itemsIn(object: PlainObject | undefined, name: string): readonly PlainObject[] {
  const list = object?.[name];
  return Array.isArray(list) ? list.filter(isPlainObject) : [];
}

/** All containers of a pod. */
export function containersIn(pod: PlainObject | undefined): readonly PlainObject[] {
  return [...itemsIn(pod, 'initContainers'), ...itemsIn(pod, 'containers')];
}

/** Whether an init container keeps running beside the containers. */
export function isSidecar({ restartPolicy }: PlainObject): boolean {
  return restartPolicy === 'Always';
}
