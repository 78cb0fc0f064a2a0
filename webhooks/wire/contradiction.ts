import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { quote, shown } from '../../controllers/data/quote.ts';
import type { ObjectMap } from './object-map.ts';
import type { SyncForm, SyncRequest } from './sync-forms.ts';

/**
 * The first object whose kind, apiVersion, namespace or name is not the one of its keys, or the first child that is not in its parent's
 * namespace, with what is expected; undefined if there is none. Controllers find objects by their keys, and answer with their fields: a
 * child would get another name, and be made anew.
 */
export function contradictionIn({ childrenField, parentField }: SyncForm, request: SyncRequest): string | undefined {
  const children = request[childrenField];
  return (
    inMap(childrenField, children) ??
    inMap('related', request.related) ??
    ofOtherNamespace(childrenField, children, request[parentField])
  );
}

/** Metacontroller sends only children of the parent's own namespace, and makes no others. */
function ofOtherNamespace(field: string, map: ObjectMap, parent: unknown): string | undefined {
  const namespace = isPlainObject(parent) && isPlainObject(parent['metadata']) ? parent['metadata']['namespace'] : '';
  const keys = Object.entries(map).flatMap(([mapKey, objects]) => Object.keys(objects).map((key) => [mapKey, key]));
  const wrong = keys.find(([, key = '']) => key.includes('/') && key.slice(0, key.indexOf('/')) !== namespace);
  return typeof namespace === 'string' && namespace !== '' && wrong
    ? `${field}.${wrong.map(shown).join('.')}: is not in the namespace of its parent; expected ${quote(namespace)}`
    : undefined;
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
