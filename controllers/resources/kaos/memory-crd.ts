import { type TOptional, type TSchema, Type } from '../../typebox.ts';

/** Whose memory may be read, from the narrowest scope to the widest. */
export function readScope(description: string): TOptional<TSchema> {
  return Type.Optional(
    Type.Union([Type.Literal('session'), Type.Literal('agent'), Type.Literal('user')], { description }),
  );
}

/** What happens to a call if memory fails. */
export function failureMode(options: { readonly description: string; readonly default?: 'soft' }): TOptional<TSchema> {
  return Type.Optional(Type.Union([Type.Literal('soft'), Type.Literal('strict')], options));
}
