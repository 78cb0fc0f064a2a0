import { type EnvVar, readVariables } from '../../kubernetes/pod-spec/variables.ts';
import { complaintsOf, type SpecComplaint } from '../complaint.ts';

/** The variables of a container in their order; of two with one name the later wins, as it does in a pod. */
interface Variables {
  /** Those that the user's may replace. */
  readonly before?: readonly EnvVar[];
  /** `spec.container.env` */
  readonly user: readonly unknown[] | undefined;
  /** Those that the user's do not replace. */
  readonly after?: readonly EnvVar[];
  /** Those that are there only where no other has the name. */
  readonly fallback: readonly EnvVar[];
}

export interface ContainerEnvironment {
  readonly env: readonly EnvVar[];
  readonly complaints: readonly SpecComplaint[];
}

/** Each name once, because dynamic apply takes the list for a map by name, and none for which the whole pod would be refused. */
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

/** A variable for a user's text: Kubernetes would take `$(NAME)` in it for a reference and `$$` for one dollar. */
export function literal(name: string, text: string): EnvVar {
  return { name, value: text.replaceAll(/\$(?=[$(])/g, '$$$$') };
}

/** The same, or none where there is no text. */
export function literalIfAny(name: string, text: string | undefined): readonly EnvVar[] {
  return text ? [literal(name, text)] : [];
}
