import { type Misfit, misfitOf } from './misfit.ts';
import { type Static, type TSchema, TypeCompiler } from './typebox.ts';

/** How a controller reads a kind: its names, and a schema of the fields that are used. A kind can have several readings. */
export interface Reading<Fitting = unknown> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Plural name, as in Metacontroller and RBAC. */
  readonly resource: string;
  readonly namespaced: boolean;
  readonly fits: (value: unknown) => value is Fitting;
  /** The first misfit; undefined if the value fits. */
  readonly misfit: (value: unknown) => Misfit | undefined;
}

/** The names of a kind, without a schema. */
export type KindNames = Pick<Reading, 'apiVersion' | 'kind' | 'resource' | 'namespaced'>;

/** Makes a reading from the names of a kind and a schema. It compiles the schema once. */
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
