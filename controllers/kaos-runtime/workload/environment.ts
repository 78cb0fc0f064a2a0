import { mergeOrder } from '../../kubernetes/pod-spec/merge-order.ts';
import { type EnvVar, readVariables } from '../../kubernetes/pod-spec/variables.ts';
import { complaintsOf, type SpecComplaint } from '../complaint.ts';

/** The variables of a container, in order. Of two with the same name the later one wins, as in a pod. */
interface Variables {
  /** Variables that the user can replace. */
  readonly before?: readonly EnvVar[];
  /** `spec.container.env` */
  readonly user: readonly unknown[] | undefined;
  /** Variables that are added only if no other has the name. */
  readonly fallback: readonly EnvVar[];
}

export interface ContainerEnvironment {
  readonly env: readonly EnvVar[];
  readonly complaints: readonly SpecComplaint[];
}

/**
 * The variables of a container. Each name is there once, because dynamic apply merges the list by name. Variables that
 * Kubernetes would refuse are left out, since it would refuse the whole pod.
 */
export function environment({ before = [], user = [], fallback }: Variables): ContainerEnvironment {
  const read = readVariables(user, 'container.env');
  const taken = read.flatMap(({ value }) => value ?? []);
  const own = [...before, ...taken];
  const last = new Map(own.map(({ name }, index) => [name, index]));
  return {
    env: [
      ...own.filter(({ name }, index) => last.get(name) === index),
      ...fallback.filter(({ name }) => !last.has(name)),
    ],
    complaints: complaintsOf(
      'EnvironmentRefused',
      read.flatMap(({ problems }) => problems),
    ),
  };
}

/** Generated variables. The user's own come between the two lists, unless they replace one of them. */
interface Generated {
  readonly before: readonly EnvVar[];
  readonly after: readonly EnvVar[];
}

/**
 * The same for variables that the user can all replace. The user's variables are a strategic merge patch over the generated
 * ones. So they can refer to those before them, and those after them can refer to the user's.
 */
export function patchedEnvironment(
  { before, after }: Generated,
  user: readonly unknown[] | undefined,
): ContainerEnvironment {
  const { env, complaints } = environment({ user, fallback: [] });
  const names = new Set(env.map(({ name }) => name));
  const keyed = (variables: readonly EnvVar[]) => variables.map((value) => ({ key: value.name, value }));
  const patched = mergeOrder(keyed(after), keyed(env)).map(({ value }) => value);
  return { env: [...before.filter(({ name }) => !names.has(name)), ...patched], complaints };
}

/** A variable whose value is exactly this text: Kubernetes would take `$(NAME)` for a reference and `$$` for one dollar. */
export function literal(name: string, text: string): EnvVar {
  return { name, value: text.replaceAll(/\$(?=[$(])/g, '$$$$') };
}

/** The same; empty if there is no text. */
export function literalIfAny(name: string, text: string | undefined): readonly EnvVar[] {
  return text ? [literal(name, text)] : [];
}

/** A variable for a number or a truth value; empty if there is none. */
export function valueIfAny(name: string, value: number | boolean | undefined): readonly EnvVar[] {
  return value === undefined ? [] : [{ name, value: String(value) }];
}
