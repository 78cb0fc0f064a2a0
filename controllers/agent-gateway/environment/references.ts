import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { configMapName } from '../children/config-files.ts';

/** A ConfigMap or Secret that the gateway's environment refers to. It is in the gateway's namespace. */
export interface EnvironmentReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Whether the environment uses all keys, with `envFrom`. */
  readonly isWhole: boolean;
  /** The keys that variables use by name, and whether each may be missing. */
  readonly keys: ReadonlyMap<string, boolean>;
  /** Whether every use of the object is optional. */
  readonly isOptional: boolean;
}

/** One use of an object. Without a key, it uses all keys. */
interface Use {
  readonly kind: EnvironmentReference['kind'];
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
}

/** A container's variables and their sources: those of the spec, or those that are kept of them. */
interface Entries {
  readonly env?: readonly unknown[];
  readonly envFrom?: readonly unknown[];
}

/**
 * The objects that these variables refer to, each once, sorted by kind, then name. The gateway's own ConfigMap is left out,
 * because its content already has a hash, `config-hash`.
 */
export function environmentReferences(gatewayName: string, entries: Entries): readonly EnvironmentReference[] {
  const uses = new Map<string, Use[]>();
  for (const use of usesOf(entries)) {
    const identity = `${use.kind} ${use.name}`;
    const same = uses.get(identity) ?? [];
    same.push(use);
    uses.set(identity, same);
  }
  uses.delete(`ConfigMap ${configMapName(gatewayName)}`);
  return [...uses]
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .flatMap(([, same]) => same.slice(0, 1).map(({ kind, name }) => ({ kind, name, ...merged(same) })));
}

function usesOf({ env = [], envFrom = [] }: Entries): Use[] {
  const variables = env.map((variable) => fieldsOf(fieldsOf(variable)['valueFrom']));
  const sources = envFrom.map(fieldsOf);
  return [
    ...variables.flatMap(({ configMapKeyRef, secretKeyRef }) => [
      use('ConfigMap', configMapKeyRef),
      use('Secret', secretKeyRef),
    ]),
    ...sources.flatMap(({ configMapRef, secretRef }) => [use('ConfigMap', configMapRef), use('Secret', secretRef)]),
  ].flat();
}

/** The use of an object by a selector; empty if the selector has no name. */
function use(kind: Use['kind'], selector: unknown): Use[] {
  const { name, key, optional } = fieldsOf(selector);
  const isNamed = typeof name === 'string' && name !== '';
  return isNamed ? [{ kind, name, key: typeof key === 'string' ? key : undefined, isOptional: optional === true }] : [];
}

function fieldsOf(value: unknown): PlainObject {
  return isPlainObject(value) ? value : {};
}

function merged(same: readonly Use[]): Pick<EnvironmentReference, 'isWhole' | 'keys' | 'isOptional'> {
  const keys = new Map<string, boolean>();
  for (const { key, isOptional } of same) {
    if (key !== undefined) {
      keys.set(key, isOptional && (keys.get(key) ?? true));
    }
  }
  return {
    isWhole: same.some(({ key }) => key === undefined),
    keys: new Map([...keys].sort(([a], [b]) => codeUnitOrder(a, b))),
    isOptional: same.every(({ isOptional }) => isOptional),
  };
}
