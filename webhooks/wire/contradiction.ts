import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { quote, shown } from '../../controllers/data/quote.ts';
import type { ObjectMap } from './object-map.ts';
import type { SyncForm, SyncRequest } from './sync-forms.ts';

/**
 * The first object whose kind, apiVersion, namespace or name is not the one of its keys, with what is expected; undefined if there is
 * none. Controllers find objects by their keys, and answer with their fields: a child would get another name, and be made anew.
 */
export function contradictionIn({ childrenField }: SyncForm, request: SyncRequest): string | undefined {
  return inMap(childrenField, request[childrenField]) ?? inMap('related', request.related);
}

function inMap(field: string, map: ObjectMap): string | undefined {
  for (const [mapKey, objects] of Object.entries(map)) {
    for (const [key, value] of Object.entries(objects)) {
      const wrong = isPlainObject(value) ? (ofKind(mapKey, value) ?? ofName(key, value['metadata'])) : undefined;
      if (wrong !== undefined) {
        const at = `${field}.${shown(mapKey)}.${shown(key)}.${wrong.field}`;
        return `${at}: ${quote(wrong.found)} contradicts the key; expected ${quote(wrong.expected)}`;
      }
    }
  }
  return undefined;
}

interface Wrong {
  readonly field: string;
  readonly found: string;
  readonly expected: string;
}

/** `Service.v1` */
function ofKind(mapKey: string, { kind, apiVersion }: Readonly<Record<string, unknown>>): Wrong | undefined {
  const dot = mapKey.indexOf('.');
  return differing('kind', kind, mapKey.slice(0, dot)) ?? differing('apiVersion', apiVersion, mapKey.slice(dot + 1));
}

/** `namespace/name`, or `name` */
function ofName(key: string, metadata: unknown): Wrong | undefined {
  if (!isPlainObject(metadata)) {
    return undefined;
  }
  const slash = key.indexOf('/');
  const { name, namespace } = metadata;
  return (
    differing('metadata.name', name, key.slice(slash + 1)) ??
    (slash === -1 ? undefined : differing('metadata.namespace', namespace, key.slice(0, slash)))
  );
}

/** A field that is missing, or not a text, does not fit its schema: the controller says so. */
function differing(field: string, found: unknown, expected: string): Wrong | undefined {
  return typeof found === 'string' && found !== expected ? { field, found, expected } : undefined;
}
