import type { TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { type Misfit, misfitOf } from '../../controllers/misfit.ts';

/** `object.spec.mode: expected one of Proxy, Hosted`; `inside` is the field that the misfit's own is in, or empty. */
export function misfitText({ field, expected }: Misfit, inside: string): string {
  return `${[inside, field].filter((step) => step !== '').join('.')}: ${expected}`;
}

/** The first thing that is wrong with a value that does not fit, by field; `whole` names the value itself. */
export function misfitTextOf(schema: TSchema, value: unknown, whole: string): string {
  const error = Value.Errors(schema, value).First();
  const misfit = error ? misfitOf(error) : { field: '', expected: 'does not fit' };
  return misfitText(misfit, misfit.field === '' ? whole : '');
}
