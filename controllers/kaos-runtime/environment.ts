import { quote } from '../quote.ts';
import type { EnvVar } from '../resources/kaos/spec-fields.ts';
import type { Complaint } from './plan.ts';

export type Variable = EnvVar;

/** The variables of a container in their order; of two with one name the later wins, as it does in a pod. */
interface Variables {
  /** Those that the user's may replace. */
  readonly before?: readonly Variable[];
  /** `spec.container.env` */
  readonly user: readonly Variable[] | undefined;
  /** Those that the user's do not replace. */
  readonly after?: readonly Variable[];
  /** Those that are there only where no other has the name. */
  readonly fallback: readonly Variable[];
}

export interface Environment {
  readonly env: readonly Variable[];
  readonly complaints: readonly Complaint[];
}

/** Kubernetes takes every printable ASCII character but the equals sign. */
const VARIABLE_NAME = /^[ -<>-~]+$/;

/** Each name once, because dynamic apply takes the list for a map by name. */
export function environment({ before = [], user = [], after = [], fallback }: Variables): Environment {
  const refused = user.flatMap((variable) => whyRefused(variable) ?? []);
  const taken = user.filter((variable) => whyRefused(variable) === undefined);
  const own = [...before, ...taken, ...after];
  const last = new Map(own.map(({ name }, index) => [name, index]));
  return {
    env: [
      ...own.filter(({ name }, index) => last.get(name) === index),
      ...fallback.filter(({ name }) => !last.has(name)),
    ],
    complaints: refused.map((message) => ({ reason: 'EnvironmentRefused', message })),
  };
}

/** One of these would have the whole Deployment refused. */
function whyRefused({ name, value = '', valueFrom }: Variable): string | undefined {
  if (!VARIABLE_NAME.test(name)) {
    return `spec.container.env: ${quote(name)} is no name of a variable`;
  }
  return valueFrom !== undefined && (value !== '' || Object.keys(valueFrom).length !== 1)
    ? `spec.container.env: ${quote(name)} must have either a value or one source`
    : undefined;
}

/** A variable for a user's text: Kubernetes would take `$(NAME)` in it for a reference and `$$` for one dollar. */
export function literal(name: string, text: string): Variable {
  return { name, value: text.replaceAll(/\$(?=[$(])/g, '$$$$') };
}

/** The same, or none where there is no text. */
export function literalIfAny(name: string, text: string | undefined): readonly Variable[] {
  return text ? [literal(name, text)] : [];
}
