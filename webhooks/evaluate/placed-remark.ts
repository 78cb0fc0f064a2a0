import { originIn } from './origin.ts';
import { placeFinder, placeText } from './places.ts';
import type { Remark } from './remark.ts';
import type { SourceText } from './sources.ts';

/** Puts the file, the line and the column of the field in front, instead of the number of the document. */
export function placed(texts: readonly SourceText[]): (remark: Remark) => Remark {
  const find = placeFinder(texts);
  return (remark) => {
    const isOfDocument = remark.level !== 'problem' && originIn(remark.about) !== undefined;
    const place = isOfDocument ? find({ origin: remark.about, field: remark.field }) : undefined;
    return place === undefined ? remark : { ...remark, about: placeText(place) };
  };
}
