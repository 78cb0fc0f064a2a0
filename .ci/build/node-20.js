/** Node 20 lacks this function of ES2024, which the offline commands use. Each bundle begins with it. */
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.get(key)?.push(item) ?? groups.set(key, [item]);
  }
  return groups;
};
