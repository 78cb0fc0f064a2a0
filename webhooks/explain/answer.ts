import { oneLine } from '../../controllers/data/quote.ts';
import type { Documents, Input } from '../evaluate/evaluate.ts';
import { keyOfName } from '../evaluate/object-name.ts';
import { placed } from '../evaluate/placed-remark.ts';
import type { Remark } from '../evaluate/remark.ts';
import type { Context } from './context.ts';
import type { Explanation } from './explanation.ts';
import type { Resource } from './found.ts';
import { namesOfObject } from './names.ts';
import { placesIn } from './places.ts';

/** An explanation, or why there is none. */
export interface Answer {
  readonly explanation: Explanation | undefined;
  /** What the question was about, if the explanation does not say it. */
  readonly heading?: string;
  /** What is wrong with the input or the question. */
  readonly errors: readonly string[];
}

/** The input, and where settings of the chart come from. */
export interface Given {
  readonly input: Input;
  /** The files of `--values`. */
  readonly values: readonly string[];
  readonly chart: Context['chart'];
}

/** What sentences need to know about these resources. */
export function contextOf(
  { input, values, chart }: Given,
  { texts }: Documents,
  resources: readonly Resource[],
): Context {
  const byName = new Map(resources.map((resource) => [keyOfName(namesOfObject(resource.object)), resource]));
  return {
    settings: input.settings,
    given: input.given,
    places: placesIn({ texts, values, given: input.given }),
    find: (names) => byName.get(keyOfName(names)),
    chart,
  };
}

/** The files and kinds that could not be read, without which the answer may be wrong. */
export function brokenInput({ remarks, texts }: Documents): readonly string[] {
  return errorLines(
    remarks.filter(({ of }) => of === undefined),
    texts,
  );
}

/** The errors among the remarks, with file, line and column. */
export function errorLines(remarks: readonly Remark[], texts: Documents['texts']): readonly string[] {
  return remarks
    .filter(({ level }) => level === 'error')
    .map(placed(texts))
    .map(({ about, text }) => oneLine(`${about}: ${text}`));
}
