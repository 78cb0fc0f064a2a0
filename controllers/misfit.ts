import type { TSchema } from '@sinclair/typebox';
import type { ValueError } from '@sinclair/typebox/compiler';
import { Value } from '@sinclair/typebox/value';
import { shown } from './data/quote.ts';

/** What a schema found wrong: where (`spec.mode`) and what was expected there. Never the value: it may be a secret. */
export interface Misfit {
  readonly field: string;
  readonly expected: string;
}

/** A JSON pointer (`/spec/a~1b`) as people write field names (`spec.a/b`), on one line and not too long. */
export function fieldOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  return shown(steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.'));
}

/** A schema's error as a misfit. */
export function misfitOf(error: ValueError): Misfit {
  return { field: fieldOf(error.path), expected: expectation(error) };
}

/** What a schema wanted, in words: `expected one of Proxy, Hosted`. */
function expectation({ schema, message }: ValueError): string {
  const choices: TSchema[] = schema['anyOf'] ?? [];
  return choices.length > 0 && choices.every((choice) => 'const' in choice)
    ? `expected one of ${choices.map((choice) => choice['const']).join(', ')}`
    : expectationOf(message);
}

/** A TypeBox message as the end of a sentence that begins with a field's name. */
export function expectationOf(message: string): string {
  return message === 'Expected required property' ? 'is required' : message.charAt(0).toLowerCase() + message.slice(1);
}

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
