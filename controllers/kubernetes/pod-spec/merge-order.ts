/** An item of a list. `key` identifies it within the list. */
export interface Keyed<Value = unknown> {
  readonly key: string;
  readonly value: Value;
}

/**
 * Joins two lists in the order of a strategic merge patch. The items of the override (`merged`) keep their order, and so do
 * the other generated items. A generated item precedes an item of the override only if it precedes it in the generated list.
 * So items that only the override has come before the rest of the generated items.
 */
export function mergeOrder<Value>(
  generated: readonly Keyed<Value>[],
  merged: readonly Keyed<Value>[],
): readonly Keyed<Value>[] {
  const indices = indicesOf(generated);
  const named = new Set(merged.map(({ key }) => key));
  const others = generated.map((item, index) => ({ item, index })).filter(({ item }) => !named.has(item.key));
  const ordered: Keyed<Value>[] = [];
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
