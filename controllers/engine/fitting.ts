import type { ObservedObject } from '../contract.ts';
import { shown } from '../data/quote.ts';
import type { Problem } from '../problem.ts';
import { mapKey, type Reading } from '../reading.ts';

/** The objects of one kind, split by whether they fit its schema. Both lists keep the order of the input. */
export interface Fitting<Item> {
  readonly items: readonly Item[];
  /** One for each object that does not fit. */
  readonly problems: readonly Problem[];
  /** The objects that do not fit. */
  readonly misfits: readonly ObservedObject[];
}

/** Checks each observed or related object of a kind on its own, so that an invalid one does not affect the others. */
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
    message: `${misfit?.field || 'the object'}: ${misfit?.expected ?? 'is not valid'}; the object is ignored`,
  };
}
