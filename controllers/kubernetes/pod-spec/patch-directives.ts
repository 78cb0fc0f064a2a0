import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import type { Indexed } from './merge-items.ts';

const DIRECTIVE = '$patch';
const SUPPORTED = '$patch: delete and $patch: replace';

/** Whether an override removes the field or the item that it is for: `{$patch: delete}`, also with its merge keys. */
export function isDeletion(override: unknown): boolean {
  return isPlainObject(override) && override[DIRECTIVE] === 'delete';
}

/** Whether an object replaces the generated one instead of being merged. */
export function isReplacement(override: unknown): override is PlainObject {
  return isPlainObject(override) && override[DIRECTIVE] === 'replace';
}

/** Whether a list has an item `{$patch: replace}`, so that its other items replace the generated ones. */
export function isReplacingList(override: readonly unknown[]): boolean {
  return override.some(isListDirective);
}

function isListDirective(item: unknown): boolean {
  return isReplacement(item) && Object.keys(item).length === 1;
}

/** The items of a list without that directive. The others keep their places, which problems name. */
export function withoutListDirective(override: readonly unknown[]): Indexed {
  return [...override.entries()].filter(([, item]) => !isListDirective(item));
}

export function withoutDirective({ [DIRECTIVE]: _directive, ...fields }: PlainObject): PlainObject {
  return fields;
}

/** Why a directive of a strategic merge patch cannot be followed; undefined if there is none. */
export function whyNoDirective(override: PlainObject): string | undefined {
  const [name] = Object.keys(override)
    .filter((each) => each.startsWith('$'))
    .sort(codeUnitOrder);
  if (name === undefined) {
    return undefined;
  }
  const what = name === DIRECTIVE ? `${name}: ${quote(String(override[name]))}` : name;
  return `has ${what}; of the patch directives only ${SUPPORTED} are supported`;
}
