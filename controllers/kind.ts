import type { Static, TSchema } from '@sinclair/typebox';
import { TypeCompiler, type ValueError } from '@sinclair/typebox/compiler';
import { shown } from './data/quote.ts';

/** What a schema found wrong: where (`spec.mode`) and what was expected there. Never the value: it may be a secret. */
export interface Misfit {
  readonly field: string;
  readonly expected: string;
}

/** A Kubernetes kind that a controller reads or writes, with the part of its schema that is read here. */
export interface Kind<Fitting = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  /** The plural, as Metacontroller and RBAC name it. */
  readonly resource: string;
  readonly namespaced: boolean;
  readonly fits: (value: unknown) => value is Fitting;
  /** The first misfit, or undefined where the value fits. */
  readonly misfit: (value: unknown) => Misfit | undefined;
}

/** What a kind is called, without its schema. */
export type KindNames = Pick<Kind, 'apiVersion' | 'kind' | 'resource' | 'namespaced'>;

/** Joins a kind's names with its schema, which is compiled once. */
export function defineKind<Schema extends TSchema>(names: KindNames, schema: Schema): Kind<Static<Schema>> {
  const compiled = TypeCompiler.Compile(schema);
  return {
    ...names,
    fits: (value) => compiled.Check(value),
    misfit: (value) => {
      const error = compiled.Errors(value).First();
      return error && misfitOf(error);
    },
  };
}

/**
 * The outer key of Metacontroller's v2 maps: `Pod.v1`, `HTTPRoute.gateway.networking.k8s.io/v1`.
 * https://metacontroller.github.io/metacontroller/api/compositecontroller.html#sync-hook-request
 */
export function mapKey(kind: { readonly apiVersion: string; readonly kind: string }): string {
  return `${kind.kind}.${kind.apiVersion}`;
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
