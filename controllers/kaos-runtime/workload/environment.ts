import { type EnvVar, readVariables } from '../../kubernetes/pod-spec/variables.ts';
import { complaintsOf, type SpecComplaint } from '../complaint.ts';

/** The variables of a container, in order. Of two with the same name the later one wins, as in a pod. */
interface Variables {
  /** Variables that the user can replace. */
  readonly before?: readonly EnvVar[];
  /** `spec.container.env` */
  readonly user: readonly unknown[] | undefined;
  /** Variables that the user cannot replace. */
  readonly after?: readonly EnvVar[];
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
export function environment({ before = [], user = [], after = [], fallback }: Variables): ContainerEnvironment {
  const read = readVariables(user, 'container.env');
  const taken = read.flatMap(({ value }) => value ?? []);
  const own = [...before, ...taken, ...after];
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

/** A variable whose value is exactly this text: Kubernetes would take `$(NAME)` for a reference and `$$` for one dollar. */
export function literal(name: string, text: string): EnvVar {
  return { name, value: text.replaceAll(/\$(?=[$(])/g, '$$$$') };
}

/** The same; empty if there is no text. */
export function literalIfAny(name: string, text: string | undefined): readonly EnvVar[] {
  return text ? [literal(name, text)] : [];
}
