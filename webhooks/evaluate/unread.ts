import type { Controller } from '../../controllers/contract.ts';
import { quote } from '../../controllers/data/quote.ts';
import { mapKey } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { turnedOnBy } from './controller-flags.ts';
import type { Manifest } from './manifests.ts';
import { type Named, note, type Remark } from './remark.ts';

/** The note about an object that none of the controllers reads that are on. */
export function unread({ origin, object }: Manifest): Remark {
  const key = quote(mapKey(object));
  const controller = readerOf(object);
  const why =
    controller === undefined
      ? `no controller reads ${key}`
      : `the controller that reads ${key} is off; ${turnedOnBy(controller)} turns it on`;
  return note(origin, `ignored, because ${why}`, object);
}

/** The controller whose parents are of this kind, on or off. */
export function readerOf({ apiVersion, kind }: Named): Controller | undefined {
  const key = mapKey({ apiVersion, kind });
  return controllers.find(({ parents }) => parents.some((reading) => mapKey(reading) === key));
}
