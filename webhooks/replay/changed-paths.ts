import { isDeepStrictEqual } from 'node:util';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { shown } from '../../controllers/data/quote.ts';

/** The paths of the fields in which two values differ: `spec.template.spec.containers[0].image`. */
export function changedPaths(before: unknown, after: unknown, at = ''): readonly string[] {
  if (isPlainObject(before) && isPlainObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(codeUnitOrder);
    return names.flatMap((name) => changedPaths(before[name], after[name], `${at}${stepOf(name, at)}`));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changedPaths(item, after[index], `${at}[${index}]`));
  }
  return isDeepStrictEqual(before, after) ? [] : [shown(at)];
}

/** Names with other characters stand in brackets: `data["krakend.json"]`. */
function stepOf(name: string, at: string): string {
  if (!/^[\w-]+$/.test(name)) {
    return `[${JSON.stringify(name)}]`;
  }
  return at === '' ? name : `.${name}`;
}
