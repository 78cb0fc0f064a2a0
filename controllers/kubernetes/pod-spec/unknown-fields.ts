import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, ownField, type PlainObject } from '../../data/plain-object.ts';
import { type MergeProblem, type Place, problem } from './merge-problem.ts';
import { KUBERNETES_VERSION } from './pod-spec-fields.ts';

/**
 * A problem for each field of an override that Kubernetes does not have. It may be misspelt. The field is kept, because a
 * newer API server may have it. Otherwise, the API server rejects the Deployment under server-side apply, and drops the
 * field under dynamic apply.
 */
export function unknownFields(value: unknown, { path, field }: Place): readonly MergeProblem[] {
  if (Array.isArray(value)) {
    const item = field?.items?.item ?? field?.item;
    return value.flatMap((each, index) => unknownFields(each, { path: `${path}[${index}]`, field: item }));
  }
  return isPlainObject(value) && field !== undefined ? unknownIn(value, { path, field }) : [];
}

function unknownIn(value: PlainObject, { path, field }: Place): readonly MergeProblem[] {
  const names = Object.keys(value).filter((name) => value[name] !== null && !name.startsWith('$'));
  return names.sort(codeUnitOrder).flatMap((name) => {
    const place = { path: `${path}.${name}`, field: ownField(field?.fields ?? {}, name) ?? field?.values };
    return place.field === undefined && field?.fields !== undefined
      ? problem(
          place,
          `is not a field of Kubernetes ${KUBERNETES_VERSION}; it is kept, because a newer API server may have it`,
        )
      : unknownFields(value[name], place);
  });
}
