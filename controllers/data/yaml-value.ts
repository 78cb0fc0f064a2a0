import { isAlias, isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import { isPlainObject } from './plain-object.ts';
import { repeatedKeys } from './yaml-keys.ts';
import { NotText } from './yaml-python.ts';

/** Values that a document may have, with each alias written out: aliases of aliases multiply. */
const MOST_YAML_VALUES = 100_000;

/** What a document holds, and the offsets of its repeated keys, in their order. */
interface YamlValue {
  readonly value: unknown;
  readonly repeated: readonly number[];
}

/** Why a document holds no value, although its syntax is right. */
export class YamlRefusal extends Error {}

/** The value of a scalar, which is a text or null in a document of texts. */
export type ScalarReading = (scalar: Scalar) => unknown;

/**
 * The values of a document of texts, with aliases and merge keys (`<<`) resolved. Of equal keys the last one counts. Throws a
 * YamlRefusal.
 */
export function yamlValue(contents: unknown, scalar: ScalarReading): YamlValue {
  const reader: Reader = { scalar, anchors: new Map(), repeated: [], values: 0 };
  const value = readValue(contents, reader);
  return { value, repeated: reader.repeated.sort((a, b) => a - b) };
}

interface Reader {
  readonly scalar: ScalarReading;
  /** The values of the anchors so far, and how many values are in each. */
  readonly anchors: Map<string, { readonly value: unknown; readonly values: number }>;
  readonly repeated: number[];
  values: number;
}

function readValue(node: unknown, reader: Reader): unknown {
  if (isAlias(node)) {
    return aliased(node.source, reader);
  }
  const before = reader.values;
  count(1, reader);
  const value = readNode(node, reader);
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor !== undefined) {
    reader.anchors.set(anchor, { value, values: reader.values - before });
  }
  return value;
}

function readNode(node: unknown, reader: Reader): unknown {
  if (isMap(node)) {
    return mapOf(node, reader);
  }
  if (isSeq(node)) {
    return node.items.map((item) => readValue(item, reader));
  }
  return isScalar(node) ? reader.scalar(node) : null;
}

function aliased(name: string, reader: Reader): unknown {
  const anchored = reader.anchors.get(name);
  if (anchored === undefined) {
    throw new YamlRefusal(`the alias *${name} needs an anchor &${name} that ends before it`);
  }
  count(anchored.values, reader);
  return anchored.value;
}

function mapOf(map: YAMLMap<unknown, unknown>, reader: Reader): object {
  const fields = new Map<string, unknown>();
  for (const { range } of repeatedKeys(map)) {
    reader.repeated.push(range[0]);
  }
  for (const { key, value } of map.items) {
    if (isMergeKey(key)) {
      merge(readValue(value, reader), fields, reader);
    } else {
      fields.set(keyOf(key, reader), readValue(value, reader));
    }
  }
  return Object.fromEntries(fields);
}

/** The library reads a merge key, and nothing else, as a symbol. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}

/** Takes the fields of one map, or of several, that are not there yet: https://yaml.org/type/merge.html */
function merge(source: unknown, fields: Map<string, unknown>, reader: Reader): void {
  for (const map of Array.isArray(source) ? source : [source]) {
    if (!isPlainObject(map)) {
      throw new YamlRefusal('the merge key << needs a map or a list of maps');
    }
    const entries = Object.entries(map);
    count(entries.length, reader);
    for (const [name, value] of entries.filter(([name]) => !fields.has(name))) {
      fields.set(name, value);
    }
  }
}

function keyOf(key: unknown, reader: Reader): string {
  const read = readValue(key, reader) ?? '';
  const value = read instanceof NotText ? read.text : read;
  if (typeof value === 'object') {
    throw new YamlRefusal('a list or a map cannot be a key');
  }
  return String(value);
}

function count(values: number, reader: Reader): void {
  reader.values += values;
  if (reader.values > MOST_YAML_VALUES) {
    throw new YamlRefusal(`expected at most ${MOST_YAML_VALUES} values, with aliases written out`);
  }
}
