import fc from 'fast-check';
import type { KindNames } from '../../controllers/reading.ts';
import { schemaOf } from '../../webhooks/schemas/kind-schemas.ts';
import { valuesOf } from './crds.ts';

/** Values of all types, some of which a field of their type refuses. */
const REPLACEMENTS = ['text', '', '1', 0, -1, 1.5, 2 ** 31, true, [], ['x'], [{ zzz: 1 }], {}, { zzz: 1 }];

/** Documents of a kind with a random valid spec, most of which one part has been replaced in. */
export function spoiltDocuments({ apiVersion, kind, namespaced }: KindNames) {
  const { spec = {} } = schemaOf({ apiVersion, kind })?.properties ?? {};
  const metadata = { name: 'a', ...(namespaced && { namespace: 'n' }) };
  return fc
    .record({ value: valuesOf(spec), at: fc.nat(), by: fc.constantFrom(...REPLACEMENTS) })
    .map(({ value, at, by }) => replaced(value, at, by))
    .filter((value) => !JSON.stringify(value).includes('null'))
    .map((value) => ({ apiVersion, kind, metadata, spec: value }));
}

/** The value with one of its parts replaced: the whole, a field or an item, at any depth. */
function replaced(value: unknown, at: number, by: unknown): unknown {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  const chosen = entries[at % (entries.length + 1)];
  if (chosen === undefined) {
    return by;
  }
  const [name, part] = chosen;
  const changed = replaced(part, Math.floor(at / (entries.length + 1)), by);
  return Array.isArray(value) ? value.with(Number(name), changed) : { ...(value as object), [name]: changed };
}
