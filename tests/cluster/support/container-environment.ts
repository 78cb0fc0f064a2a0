import { expanded } from '../../support/expanded.ts';
import type { Manifest } from '../../support/helm.ts';

/** A variable of a container, with the fields that containers in these tests use. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: KeyRef; readonly configMapKeyRef?: KeyRef };
}

/** A ConfigMap or Secret whose keys are variables. */
export interface EnvFrom {
  readonly configMapRef?: { readonly name: string };
  readonly secretRef?: { readonly name: string };
}

interface KeyRef {
  readonly name: string;
  readonly key: string;
}

export type Environment = Readonly<Record<string, string>>;

/** The environment that a kubelet makes of variables: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#envvar-v1-core */
export function environmentOf(
  variables: readonly EnvVar[],
  objects: readonly Manifest[],
  whole: readonly EnvFrom[] = [],
): Environment {
  const environment: Record<string, string> = Object.assign({}, ...whole.map((source) => keptData(source, objects)));
  for (const { name, value = '', valueFrom } of variables) {
    environment[name] = valueFrom ? keptValue(valueFrom, objects) : expanded(value, environment);
  }
  return environment;
}

function keptData({ configMapRef, secretRef }: EnvFrom, objects: readonly Manifest[]): Environment {
  const [kind, name] = secretRef ? ['Secret', secretRef.name] : ['ConfigMap', configMapRef?.name];
  return dataOf({ kind, name }, objects);
}

/** The value of a key in a Secret or ConfigMap among these objects. */
function keptValue({ secretKeyRef, configMapKeyRef }: NonNullable<EnvVar['valueFrom']>, objects: readonly Manifest[]) {
  const kind = secretKeyRef ? 'Secret' : 'ConfigMap';
  const { name, key } = secretKeyRef ?? configMapKeyRef ?? { name: '', key: '' };
  const value = dataOf({ kind, name }, objects)[key];
  if (value === undefined) {
    throw new Error(`${kind} ${name} with the key ${key} is missing`);
  }
  return value;
}

/** The data of a ConfigMap, or of a Secret as its user writes it. */
export function dataOf(
  { kind, name }: { readonly kind: string; readonly name: string | undefined },
  objects: readonly Manifest[],
): Environment {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  const { data, stringData } = { ...found } as { data?: Environment; stringData?: Environment };
  return stringData ?? data ?? {};
}
