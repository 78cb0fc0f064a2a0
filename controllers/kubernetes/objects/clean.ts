import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject } from '../../data/plain-object.ts';

/**
 * Removes what the API server drops or the guard refuses: nulls, empty lists, empty labels and annotations, and empty values
 * of environment variables. It also sorts keys, so that the answer does not depend on their order in the request. Values from
 * users and observed objects must be cleaned before they become part of an answer.
 */
export function clean(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(isSomething)
      .map(clean)
      .filter((item) => !isEmptyList(item));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = Object.entries(value)
    .map(([key, item]) => [key, key === 'env' ? cleanEnv(item) : clean(item)] as const)
    .filter(([key, item]) => isSomething(item) && !isEmpty(key, item))
    .sort(([a], [b]) => codeUnitOrder(a, b));
  return Object.fromEntries(kept);
}

function isSomething(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function isEmpty(key: string, value: unknown): boolean {
  const isMetadataMap = (key === 'labels' || key === 'annotations') && isPlainObject(value);
  return isEmptyList(value) || (isMetadataMap && Object.keys(value).length === 0);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Removes empty values of variables. For Kubernetes, a variable without a value is empty. */
function cleanEnv(env: unknown): unknown {
  const cleaned = clean(env);
  return Array.isArray(cleaned) ? cleaned.map(withoutEmptyValue) : cleaned;
}

function withoutEmptyValue(variable: unknown): unknown {
  if (typeof variable !== 'object' || variable === null || !('value' in variable) || variable.value !== '') {
    return variable;
  }
  const { value: _empty, ...rest } = variable;
  return rest;
}
