import type { KeySelector } from '../kinds/config-map.ts';
import { envFromSource, envVar } from './container-fields.ts';
import type { Field } from './field.ts';
import type { MergeProblem } from './merge-problem.ts';
import { stored } from './stored.ts';
import { merge } from './strategic-merge.ts';

/** core/v1 EnvVar, of a form that Kubernetes takes. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: EnvVarSource;
}

/** core/v1 EnvVarSource, which has one field. */
interface EnvVarSource {
  readonly configMapKeyRef?: NamedKey;
  readonly secretKeyRef?: NamedKey;
  readonly fieldRef?: object;
  readonly resourceFieldRef?: object;
  readonly fileKeyRef?: object;
}

/** core/v1 EnvFromSource, of a form that Kubernetes takes. */
export interface EnvFromSource {
  readonly prefix?: string;
  readonly configMapRef?: NamedObject;
  readonly secretRef?: NamedObject;
}

interface NamedObject {
  readonly name: string;
  readonly optional?: boolean;
}

type NamedKey = KeySelector & NamedObject;

/** An entry of a user's list: as it goes into a container, or what is wrong with it. */
export type Entry<Value> = { readonly path: string } & (
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly MergeProblem[] }
);

/**
 * The entries of a container's `env`, which is at `path`. A wrong entry is left out whole: a part of it could mean another
 * value, and one of them would have the whole pod refused.
 */
export function readVariables(env: readonly unknown[], path: string): readonly Entry<EnvVar>[] {
  return env.map((entry, index) => read<EnvVar>(entry, { path: `${path}[${index}]`, field: envVar }));
}

/** The entries of a container's `envFrom`, in the same way. */
export function readVariableSources(envFrom: readonly unknown[], path: string): readonly Entry<EnvFromSource>[] {
  return envFrom.map((entry, index) => read<EnvFromSource>(entry, { path: `${path}[${index}]`, field: envFromSource }));
}

function read<Value>(entry: unknown, place: { readonly path: string; readonly field: Field }): Entry<Value> {
  const { value, problems } = merge(undefined, entry, place);
  return problems.length > 0
    ? { path: place.path, value: undefined, problems }
    : { path: place.path, value: stored(value, place.field) as Value, problems: [] };
}
