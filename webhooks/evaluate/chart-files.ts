import { readFileSync } from 'node:fs';
import valuesSchema from '../../chart/values.schema.json' with { type: 'json' };
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { readYamlMap } from '../../controllers/data/yaml.ts';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { chartValues } from '../offline.ts';
import { checkerOf } from '../schemas/check-document.ts';
import { whyUnread } from '../settings/setting-files.ts';

/** The chart's values with those of files over them, or a line for each fault of the files. */
type ValuesReading =
  | { readonly outcome: 'read'; readonly values: PlainObject }
  | { readonly outcome: 'bad'; readonly lines: readonly string[] };

/** Reads files with values of the chart, as `helm install --values` does: the last file wins. */
export function readValues(files: readonly string[]): ValuesReading {
  const read = files.map(readFile);
  const lines = read.flatMap((file) => ('lines' in file ? file.lines : []));
  const presets = chartValues();
  const own = read.flatMap((file) => ('values' in file ? [file.values] : []));
  return lines.length > 0
    ? { outcome: 'bad', lines }
    : { outcome: 'read', values: own.reduce(merged, isPlainObject(presets) ? presets : {}) };
}

function readFile(file: string): { readonly values: PlainObject } | { readonly lines: readonly string[] } {
  try {
    const reading = readYamlMap(readFileSync(file, 'utf8'), 'typed');
    if (reading.outcome === 'refused') {
      return { lines: [`${file}: ${reading.why}; expected values of the chart: chart/README.md`] };
    }
    const lines = [...reading.repeated, ...check(reading.value).faults].map((fault) => `${file}: ${fault}`);
    return lines.length > 0 ? { lines } : { values: reading.value };
  } catch (thrown) {
    return { lines: [`${file}: ${whyUnread(thrown)}`] };
  }
}

/** Helm merges maps, and replaces all else. A null removes a value. */
function merged(under: PlainObject, over: PlainObject): PlainObject {
  const both = Object.entries(over).map(([name, value]) => {
    const below = under[name];
    return [name, isPlainObject(value) && isPlainObject(below) ? merged(below, value) : value] as const;
  });
  return Object.fromEntries(
    Object.entries({ ...under, ...Object.fromEntries(both) }).filter(([, value]) => value !== null),
  );
}

/** The names of values and their types. Their contents are checked as settings. */
const check = checkerOf(structural(valuesSchema));

function structural(schema: unknown): StructuralSchema {
  const { type, properties, items, additionalProperties: others, description } = isPlainObject(schema) ? schema : {};
  return {
    ...(typeof type === 'string' && { type }),
    ...(typeof description === 'string' && { description }),
    ...(isPlainObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, structural(field)])),
    }),
    ...(isPlainObject(items) && { items: structural(items) }),
    ...(isPlainObject(others) && { additionalProperties: structural(others) }),
    ...(others !== false && !isPlainObject(others) && { 'x-kubernetes-preserve-unknown-fields': true }),
  };
}
