import { diffJson } from 'diff';

/** A JSON value in an object of a cluster. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Metacontroller treats a list as a map by the first of these keys that all its entries have. */
const MERGE_KEYS = ['containerPort', 'port', 'mountPath', 'name', 'uid', 'ip', 'path'];

/** Metadata that belongs to the API server: Metacontroller keeps the observed values. */
const SYSTEM_FIELDS = [
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
];

/**
 * What Metacontroller would change in a stored object under dynamic apply if the desired object is the same as last
 * time, as lines of a diff. Empty if it would change nothing.
 */
export function dynamicApplyChanges(observed: object, desired: object): string[] {
  return changes(observed as JsonObject, desired as JsonObject);
}

function changes(observed: JsonObject, desired: JsonObject): string[] {
  const merged = keepSystemFields(observed, merge(observed, desired, desired) as JsonObject);
  return diffJson(observed, merged)
    .filter(({ added, removed }) => added || removed)
    .map(({ added, value }) => `${added ? '+' : '-'} ${value.trim().replaceAll(/\s+/g, ' ')}`);
}

/** The observed value, with what is desired now and without what was desired last and is not desired now. */
export function merge(observed: Json | undefined, last: Json | undefined, desired: Json): Json {
  if (isObject(observed)) {
    return mergeObjects(observed, isObject(last) ? last : {}, isObject(desired) ? desired : {});
  }
  if (isList(observed)) {
    return mergeLists(observed, isList(last) ? last : [], isList(desired) ? desired : []);
  }
  return desired;
}

function mergeObjects(observed: JsonObject, last: JsonObject, desired: JsonObject): JsonObject {
  const kept = Object.entries(observed).filter(([key]) => !Object.hasOwn(last, key) || Object.hasOwn(desired, key));
  const wanted = Object.entries(desired).map(([key, value]) => [key, merge(observed[key], last[key], value)]);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(wanted) };
}

/** Lists that count as maps keep the observed order, with new entries last. Other lists are replaced as a whole. */
function mergeLists(observed: readonly Json[], last: readonly Json[], desired: readonly Json[]): Json {
  const key = mergeKey([...observed, ...last, ...desired]);
  if (key === undefined) {
    return desired;
  }
  const byKey = (list: readonly Json[]): JsonObject =>
    Object.fromEntries(list.filter(isObject).map((entry) => [`${key} ${entry[key]}`, entry]));
  return Object.values(mergeObjects(byKey(observed), byKey(last), byKey(desired)));
}

function mergeKey(entries: readonly Json[]): string | undefined {
  return entries.length > 0 && entries.every(isObject)
    ? MERGE_KEYS.find((key) => entries.every((entry) => Object.hasOwn(entry, key)))
    : undefined;
}

function keepSystemFields(observed: JsonObject, merged: JsonObject): JsonObject {
  const { status: _wanted, ...rest } = merged;
  const metadata = {
    ...(merged['metadata'] as JsonObject),
    ...only(observed['metadata'] as JsonObject, SYSTEM_FIELDS),
  };
  return { ...rest, ...only(observed, ['status']), metadata };
}

function only(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)));
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
