import type { Manifest } from '../../support/helm.ts';

/** A variable of a container, as far as those that are run here have them. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

export type Environment = Readonly<Record<string, string>>;

/** What a kubelet makes of the variables: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envvar-v1-core */
export function environmentOf(variables: readonly EnvVar[], secrets: readonly Manifest[]): Environment {
  const environment: Record<string, string> = {};
  for (const { name, value = '', valueFrom } of variables) {
    environment[name] = valueFrom ? secretValue(valueFrom, secrets) : expanded(value, environment);
  }
  return environment;
}

/** `$(NAME)` stands for a variable before it, if there is one, and `$$` for a dollar. */
export function expanded(text: string, environment: Environment): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, name?: string) => {
    if (name === undefined) {
      return '$';
    }
    return Object.hasOwn(environment, name) ? String(environment[name]) : found;
  });
}

function secretValue({ secretKeyRef }: NonNullable<EnvVar['valueFrom']>, secrets: readonly Manifest[]): string {
  const { name, key } = secretKeyRef;
  const secret = secrets.find(({ metadata }) => metadata.name === name) as { stringData?: Environment } | undefined;
  const value = secret?.stringData?.[key];
  if (value === undefined) {
    throw new Error(`no Secret ${name} with ${key}`);
  }
  return value;
}
