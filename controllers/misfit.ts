import { shown } from './data/quote.ts';
import { type TSchema, Value, type ValueError } from './typebox.ts';

/** A schema error: the field (`spec.mode`) and what it should be. It never contains the value, which may be a secret. */
export interface Misfit {
  readonly field: string;
  readonly expected: string;
}

/** Converts a JSON pointer (`/spec/a~1b`) to a field name (`spec.a/b`), on one line and of limited length. */
export function fieldOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return shown(steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.'));
}

/** Converts an error of TypeBox to a misfit. */
export function misfitOf(error: ValueError): Misfit {
  return { field: fieldOf(error.path), expected: expectation(error) };
}

/** What a schema expects, in words: `expected one of Proxy, Hosted`. */
function expectation({ schema, message }: ValueError): string {
  const choices: TSchema[] = schema['anyOf'] ?? [];
  return choices.length > 0 && choices.every((choice) => 'const' in choice)
    ? `expected one of ${choices.map((choice) => choice['const']).join(', ')}`
    : expectationOf(message);
}

/** Rewrites a message of TypeBox so that it can follow a field name. */
export function expectationOf(message: string): string {
  return message === 'Expected required property' ? 'is required' : message.charAt(0).toLowerCase() + message.slice(1);
}

/** `object.spec.mode: expected one of Proxy, Hosted`. `inside` is the field that contains the misfit's field, or empty. */
export function misfitText({ field, expected }: Misfit, inside: string): string {
  return `${[inside, field].filter((step) => step !== '').join('.')}: ${expected}`;
}

/** The first error of a value that does not match the schema. `whole` is the field name for an error of the value itself. */
export function misfitTextOf(schema: TSchema, value: unknown, whole: string): string {
  const error = Value.Errors(schema, value).First();
  const misfit = error ? misfitOf(error) : { field: '', expected: 'is not valid' };
  return misfitText(misfit, misfit.field === '' ? whole : '');
}
