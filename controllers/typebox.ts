// biome-ignore-all lint/performance/noBarrelFile: it names what the project uses of one package.
import type { Static, TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';

export { type Static, type TOptional, type TSchema, type TUnsafe, Type } from '@sinclair/typebox';
export { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
export { Value } from '@sinclair/typebox/value';

/** The same check as `Value.Check`, compiled when it is first asked: for what is checked many times in a call. */
export function checkOf<Schema extends TSchema>(schema: Schema): (value: unknown) => value is Static<Schema> {
  let compiled: ReturnType<typeof TypeCompiler.Compile<Schema>> | undefined;
  return (value): value is Static<Schema> => {
    compiled ??= TypeCompiler.Compile(schema);
    return compiled.Check(value);
  };
}
