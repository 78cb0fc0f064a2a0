import type { ObservedObject } from '../contract.ts';
import { shown } from '../data/quote.ts';
import type { Problem } from '../problem.ts';
import { mapKey, type Reading } from '../reading.ts';

/** The objects of one kind that fit its schema, in the order given, and a problem for each that does not. */
export interface Fitting<Item> {
  readonly items: readonly Item[];
  readonly problems: readonly Problem[];
  readonly misfits: readonly ObservedObject[];
}

/** Sorts a kind's observed or related objects out, one by one, so that a bad one costs only itself. */
export function fitting<Item>(reading: Reading<Item>, observed: readonly ObservedObject[]): Fitting<Item> {
  const key = mapKey(reading);
  const items: Item[] = [];
  const misfits: ObservedObject[] = [];
  for (const object of observed.filter((candidate) => candidate.mapKey === key)) {
    if (reading.fits(object.value)) {
      items.push(object.value);
    } else {
      misfits.push(object);
    }
  }
  return { items, problems: misfits.map((object) => invalidObject(reading, object)), misfits };
}

function invalidObject(reading: Reading, object: ObservedObject): Problem {
  const misfit = reading.misfit(object.value);
  return {
    reason: 'InvalidObject',
    about: `${reading.kind} ${shown(object.key)}`,
    message: `${misfit?.field || 'the object'}: ${misfit?.expected ?? 'does not fit'}; it is passed over`,
  };
}
