import { isScalar, type Scalar, type YAMLMap } from 'yaml';

/**
 * The keys of a map that an earlier key of it equals, in their order. The YAML library looks for them itself unless
 * `uniqueKeys` is false, but in a time that grows with the square of the number of keys.
 */
export function repeatedKeys({ items }: YAMLMap<unknown, unknown>): readonly Scalar.Parsed[] {
  const seen = new Set<unknown>();
  return items.flatMap(({ key }) => {
    if (!isParsedScalar(key)) {
      return [];
    }
    const isRepeated = seen.has(key.value);
    seen.add(key.value);
    return isRepeated ? [key] : [];
  });
}

function isParsedScalar(key: unknown): key is Scalar.Parsed {
  return isScalar(key) && key.range !== undefined && key.range !== null;
}
