import { codeUnitOrder } from '../../data/order.ts';
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
  for (const use of [...variableUses(spec), ...sourceUses(spec)]) {
    const identity = `${use.kind} ${use.name}`;
    uses.set(identity, [...(uses.get(identity) ?? []), use]);
  }
  uses.delete(`ConfigMap ${configMapName(metadata.name)}`);
  return [...uses]
    .filter(([identity]) => !identity.endsWith(' '))
    .sort(([a], [b]) => codeUnitOrder(a, b))
    .flatMap(([, same]) => same.slice(0, 1).map(({ kind, name }) => ({ kind, name, ...merged(same) })));
}

function variableUses(spec: AgentGateway['spec']): Use[] {
  return (spec?.env ?? []).flatMap(({ valueFrom }) => {
    const selectors = [
      { kind: 'ConfigMap', selector: valueFrom?.configMapKeyRef },
      { kind: 'Secret', selector: valueFrom?.secretKeyRef },
    ] as const;
    return selectors.flatMap(({ kind, selector }) =>
      selector ? [{ kind, name: selector.name ?? '', key: selector.key, isOptional: selector.optional ?? false }] : [],
    );
  });
}

function sourceUses(spec: AgentGateway['spec']): Use[] {
  return (spec?.envFrom ?? []).flatMap(({ configMapRef, secretRef }) => {
    const sources = [
      { kind: 'ConfigMap', source: configMapRef },
      { kind: 'Secret', source: secretRef },
    ] as const;
    return sources.flatMap(({ kind, source }) =>
      source ? [{ kind, name: source.name ?? '', key: undefined, isOptional: source.optional ?? false }] : [],
    );
  });
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
