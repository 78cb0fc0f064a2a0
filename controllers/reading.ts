import type { Static, TSchema } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { type Misfit, misfitOf } from './misfit.ts';

/** How a controller reads a Kubernetes kind: the kind's names and the part of its schema that is used. A kind can have several. */
export interface Reading<Fitting = unknown> {
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
export type KindNames = Pick<Reading, 'apiVersion' | 'kind' | 'resource' | 'namespaced'>;

/** Joins a kind's names with its schema, which is compiled once. */
export function defineReading<Schema extends TSchema>(names: KindNames, schema: Schema): Reading<Static<Schema>> {
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
