import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { inContainers, type PodRule } from './pod-rules.ts';

/** Whether pods may use an object of this name. */
export type Permits = (name: unknown) => boolean;

/** What pods may name. */
export interface PermittedNames {
  readonly serviceAccounts: Permits;
  readonly priorityClasses: Permits;
  /** Secrets whose content containers can read. */
  readonly secrets: Permits;
  /** Secrets that only the kubelet reads, to pull images. */
  readonly pullSecrets: Permits;
}

/** A rule for each field of a PodSpec that names a ServiceAccount, a PriorityClass or a Secret. */
export function nameRules(permits: PermittedNames): readonly PodRule[] {
  const account = (name: unknown) => whyNot('service account', permits.serviceAccounts, [name]);
  return [
    { path: 'serviceAccountName', whyNot: account },
    { path: 'serviceAccount', whyNot: account },
    { path: 'priorityClassName', whyNot: (name) => whyNot('priority class', permits.priorityClasses, [name]) },
    {
      path: 'imagePullSecrets[]',
      whyNot: (item) => whyNot('Secret', permits.pullSecrets, [object(item)['name']]),
    },
    ...['volumes[]', ...inContainers('env[]'), ...inContainers('envFrom[]')].map((path) => ({
      path,
      whyNot: (item: unknown) => whyNot('Secret', permits.secrets, secretsOf(item)),
    })),
  ];
}

/** The names of all Secrets that containers of a pod can read. */
export function secretsIn(podSpec: PlainObject): readonly unknown[] {
  const containers = [podSpec['initContainers'], podSpec['containers']].flatMap(itemsOf).map(object);
  const sources = containers.flatMap(({ env, envFrom }) => [...itemsOf(env), ...itemsOf(envFrom)]);
  return [...sources, ...itemsOf(podSpec['volumes'])].flatMap(secretsOf);
}

function whyNot(kind: string, permits: Permits, names: readonly unknown[]): string | undefined {
  const index = names.findIndex((name) => !permits(name));
  return index < 0
    ? undefined
    : `names the ${kind} ${quote(String(names[index] ?? ''))}, which pods here may not use; an administrator can permit it`;
}

/** The Secrets of a variable, of a source of variables, or of a volume. */
function secretsOf(item: unknown): readonly unknown[] {
  const { valueFrom, secretRef, ...sources } = object(item);
  const { secretKeyRef } = object(valueFrom);
  const referred = [secretKeyRef, secretRef].filter((reference) => reference !== undefined);
  return [...referred.map((reference) => object(reference)['name']), ...Object.entries(sources).flatMap(inSource)];
}

/** Volumes of old kinds name their Secrets in the same few ways. */
function inSource([kind, source]: readonly [string, unknown]): readonly unknown[] {
  const { secretName, secretRef, nodePublishSecretRef, sources } = object(source);
  const references = [secretRef, nodePublishSecretRef, ...itemsOf(sources).map((each) => object(each)['secret'])];
  const named = references.filter((reference) => reference !== undefined && reference !== null);
  return [
    ...(kind === 'secret' || secretName !== undefined ? [secretName] : []),
    ...named.map((reference) => object(reference)['name']),
  ];
}

function object(value: unknown): PlainObject {
  return isPlainObject(value) ? value : {};
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
