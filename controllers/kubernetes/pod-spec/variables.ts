import type { KeySelector } from '../kinds/config-map.ts';
import type { Field } from './field.ts';
import type { MergeProblem } from './merge-problem.ts';
import { stored } from './stored.ts';
import { merge } from './strategic-merge.ts';
import { envFromSource, envVar } from './variable-fields.ts';

/** A valid core/v1 EnvVar. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: EnvVarSource;
}

/** A valid core/v1 EnvVarSource. It has exactly one field. */
interface EnvVarSource {
  readonly configMapKeyRef?: NamedKey;
  readonly secretKeyRef?: NamedKey;
  readonly fieldRef?: object;
  readonly resourceFieldRef?: object;
  readonly fileKeyRef?: object;
}

/** A valid core/v1 EnvFromSource. */
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

/** An entry of a user's list: its value for the container, or what is wrong with it. */
export type Entry<Value> = { readonly path: string } & (
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value: undefined; readonly problems: readonly MergeProblem[] }
);

/**
 * Checks the entries of a container's `env`, which is at `path`. An entry with an invalid part is not used at all: without
 * that part it could mean another value, and with it the API server would reject the whole pod.
 */
export function readVariables(env: readonly unknown[], path: string): readonly Entry<EnvVar>[] {
  return env.map((entry, index) => read<EnvVar>(entry, { path: `${path}[${index}]`, field: envVar }));
}

/** Checks the entries of a container's `envFrom` in the same way. */
export function readVariableSources(envFrom: readonly unknown[], path: string): readonly Entry<EnvFromSource>[] {
  return envFrom.map((entry, index) => read<EnvFromSource>(entry, { path: `${path}[${index}]`, field: envFromSource }));
}

function read<Value>(entry: unknown, place: { readonly path: string; readonly field: Field }): Entry<Value> {
  const { value, problems } = merge(undefined, entry, place);
  return problems.length > 0
    ? { path: place.path, value: undefined, problems }
    : { path: place.path, value: stored(value, place.field) as Value, problems: [] };
}
