// biome-ignore-all lint/performance/noBarrelFile: it names what the project uses of one package, and nothing of our own.
export { type Static, type TOptional, type TSchema, type TUnsafe, Type } from '@sinclair/typebox';
export { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
export { Value } from '@sinclair/typebox/value';
