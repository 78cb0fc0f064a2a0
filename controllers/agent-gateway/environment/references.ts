import { codeUnitOrder } from '../../data/order.ts';
import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import type { AgentGateway } from '../../resources/agentic-layer/agent-gateway.ts';
import { configMapName } from '../children/config-map.ts';

/** A ConfigMap or Secret in the gateway's namespace that its environment refers to. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Whether all keys are used. */
  readonly isWhole: boolean;
  /** The keys that are used by name, and whether each may be missing. */
  readonly keys: ReadonlyMap<string, boolean>;
  /** Whether all that refer to it can do without it. */
  readonly isOptional: boolean;
}

/** One place that refers to an object; without a key, to all of it. */
interface Use {
  readonly kind: Reference['kind'];
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
}

/** Every object that `spec.env` and `spec.envFrom` refer to, once, by kind, then name; the gateway's own is none. */
export function references({ metadata, spec }: AgentGateway): readonly Reference[] {
  const uses = new Map<string, Use[]>();
  for (const use of usesOf(spec)) {
    const identity = `${use.kind} ${use.name}`;
    uses.set(identity, [...(uses.get(identity) ?? []), use]);
  }
  uses.delete(`ConfigMap ${configMapName(metadata.name)}`);
  return [...uses]
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .flatMap(([, same]) => same.slice(0, 1).map(({ kind, name }) => ({ kind, name, ...merged(same) })));
}

/** In the order of the spec. Entries that the environment leaves out count, too: to check them all takes ten times as long. */
function usesOf(spec: AgentGateway['spec']): Use[] {
  const variables = (spec?.env ?? []).map((variable) => fieldsOf(fieldsOf(variable)['valueFrom']));
  const sources = (spec?.envFrom ?? []).map(fieldsOf);
  return [
    ...variables.flatMap(({ configMapKeyRef, secretKeyRef }) => [
      use('ConfigMap', configMapKeyRef),
      use('Secret', secretKeyRef),
    ]),
    ...sources.flatMap(({ configMapRef, secretRef }) => [use('ConfigMap', configMapRef), use('Secret', secretRef)]),
  ].flat();
}

/** What one reference asks for; nothing where it has no name. */
function use(kind: Use['kind'], selector: unknown): Use[] {
  const { name, key, optional } = fieldsOf(selector);
  const isNamed = typeof name === 'string' && name !== '';
  return isNamed ? [{ kind, name, key: typeof key === 'string' ? key : undefined, isOptional: optional === true }] : [];
}

function fieldsOf(value: unknown): PlainObject {
  return isPlainObject(value) ? value : {};
}

function merged(same: readonly Use[]): Pick<Reference, 'isWhole' | 'keys' | 'isOptional'> {
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
