/** An item of a list with what tells it apart from the others. */
export interface Keyed {
  readonly key: string;
  readonly value: unknown;
}

/**
 * The items of two lists in the order of a strategic merge patch: those of the override (`merged`) in its order, the
 * generated ones that it does not name in theirs. One of the latter comes first only if it was before the next item of
 * the override in the generated list, so what only the override has comes before what it is not ordered against.
 */
export function mergeOrder(generated: readonly Keyed[], merged: readonly Keyed[]): readonly Keyed[] {
  const indices = indicesOf(generated);
  const named = new Set(merged.map(({ key }) => key));
  const others = generated.map((item, index) => ({ item, index })).filter(({ item }) => !named.has(item.key));
  const ordered: Keyed[] = [];
  for (const item of merged) {
    const [first = -1, ...repeated] = indices.get(item.key) ?? [];
    const before = others.findIndex(({ index }) => index > first);
    const earlier = others.splice(0, before === -1 ? others.length : before);
    ordered.push(...earlier.map((other) => other.item), item, ...repeated.flatMap((index) => generated[index] ?? []));
  }
  return [...ordered, ...others.map(({ item }) => item)];
}

function indicesOf(items: readonly Keyed[]): ReadonlyMap<string, readonly number[]> {
  const indices = new Map<string, number[]>();
  for (const [index, { key }] of items.entries()) {
    indices.set(key, [...(indices.get(key) ?? []), index]);
  }
  return indices;
}
