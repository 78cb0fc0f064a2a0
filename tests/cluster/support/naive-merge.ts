type Fields = Readonly<Record<string, unknown>>;

/** Merges an override over a value without any check: lists of named items by name, other lists one after the other. */
export function naivelyMerged(generated: object, override: object): object {
  return merged(generated, override) as object;
}

function merged(generated: unknown, override: unknown): unknown {
  if (Array.isArray(generated) && Array.isArray(override)) {
    return [
      ...generated.map((item) => merged(item, named(override, item))),
      ...override.filter((item) => !named(generated, item)),
    ];
  }
  if (!isFields(generated) || !isFields(override)) {
    return override ?? generated;
  }
  const all = Object.entries({ ...generated, ...override }).filter(([name]) => override[name] !== null);
  return Object.fromEntries(all.map(([name]) => [name, merged(generated[name], override[name])]));
}

function named(list: readonly unknown[], item: unknown): unknown {
  return list.find(
    (other) => isFields(other) && isFields(item) && other['name'] === item['name'] && !('containerPort' in item),
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
