import type { Manifest } from '../../support/helm.ts';

/** A variable of a container, as far as those that are run here have them. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: KeyRef; readonly configMapKeyRef?: KeyRef };
}

interface KeyRef {
  readonly name: string;
  readonly key: string;
}

export type Environment = Readonly<Record<string, string>>;

/** What a kubelet makes of the variables: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envvar-v1-core */
export function environmentOf(variables: readonly EnvVar[], objects: readonly Manifest[]): Environment {
  const environment: Record<string, string> = {};
  for (const { name, value = '', valueFrom } of variables) {
    environment[name] = valueFrom ? keptValue(valueFrom, objects) : expanded(value, environment);
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

/** What the Secret or ConfigMap among these has. */
function keptValue({ secretKeyRef, configMapKeyRef }: NonNullable<EnvVar['valueFrom']>, objects: readonly Manifest[]) {
  const kind = secretKeyRef ? 'Secret' : 'ConfigMap';
  const { name, key } = secretKeyRef ?? configMapKeyRef ?? { name: '', key: '' };
  const value = dataOf({ kind, name }, objects)[key];
  if (value === undefined) {
    throw new Error(`no ${kind} ${name} with ${key}`);
  }
  return value;
}

/** The data of a ConfigMap, or of a Secret as its user writes them. */
export function dataOf(
  { kind, name }: { readonly kind: string; readonly name: string | undefined },
  objects: readonly Manifest[],
): Environment {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  const { data, stringData } = { ...found } as { data?: Environment; stringData?: Environment };
  return stringData ?? data ?? {};
}
