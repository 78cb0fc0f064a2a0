import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { fieldAt, mapsAt, textAt } from './fields.ts';
import type { Item } from './item.ts';

/** The properties of the objects of one version of a CRD; undefined if it has no such version, or no schema. */
export function propertiesIn(crd: Item | undefined, version: string): unknown {
  const found = mapsAt(crd?.object, 'spec', 'versions').find((each: PlainObject) => textAt(each, 'name') === version);
  return fieldAt(found, 'schema', 'openAPIV3Schema', 'properties');
}

/** Whether the status may have conditions. The API server drops fields that the CRD does not have. */
export function hasConditions(crd: Item | undefined, version: string): boolean {
  return fieldAt(propertiesIn(crd, version), 'status', 'properties', 'conditions') !== undefined;
}
