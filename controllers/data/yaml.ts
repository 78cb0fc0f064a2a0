import { stringify } from 'yaml';
import { isPlainObject, type PlainObject } from './plain-object.ts';
import { parseYaml, type Scalars } from './yaml-document.ts';
import { pythonScalar } from './yaml-python.ts';
import { type ScalarReading, YamlRefusal, yamlValue } from './yaml-value.ts';

/** The value of a YAML text and the keys that occur twice, of which the last one wins; or why the text is not valid. */
export type YamlReading<Value = unknown> =
  | { readonly outcome: 'read'; readonly value: Value; readonly repeated: readonly string[] }
  | { readonly outcome: 'refused'; readonly why: string };

/** Reads one document. Repeated keys are reported, but are not an error. */
export function readYaml(text: string, scalars: Scalars = 'texts'): YamlReading {
  return readWith(text, scalars, ({ value }) => value);
}

/** The same for a document that must be a map. */
export function readYamlMap(text: string, scalars: Scalars = 'texts'): YamlReading<PlainObject> {
  const reading = readYaml(text, scalars);
  if (reading.outcome === 'refused') {
    return reading;
  }
  const { value } = reading;
  return isPlainObject(value) ? { ...reading, value } : { outcome: 'refused', why: 'it is not a map' };
}

/** Reads a document for a program in Python: a scalar that it does not read as text or null is a `NotText`. */
export function readPythonYaml(text: string): YamlReading {
  return readWith(text, 'texts', pythonScalar);
}

function readWith(text: string, scalars: Scalars, scalar: ScalarReading): YamlReading {
  const parsing = parseYaml(text, scalars);
  if (parsing.outcome === 'refused') {
    return parsing;
  }
  try {
    const { value, repeated } = yamlValue(parsing.document.contents, scalar);
    const told = repeated.map((offset) => `Map keys must be unique ${parsing.placeOf(offset)}`);
    return { outcome: 'read', value, repeated: told };
  } catch (failure) {
    if (failure instanceof YamlRefusal) {
      return { outcome: 'refused', why: failure.message };
    }
    throw failure;
  }
}

/** Characters that JSON leaves unescaped, but that YAML parsers reject or read as line breaks. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A map of texts, of such maps, and of lists of them. */
interface TextMap {
  readonly [name: string]: string | TextMap | readonly TextMap[];
}

/**
 * Writes YAML with all texts in double quotes, so that a parser cannot read them as another type. The names of the map are plain
 * words. The YAML library would write the same, but takes seconds for a megabyte of models.
 */
export function toQuotedYaml(map: TextMap): string {
  return linesOf(map, '').join('');
}

function linesOf(map: TextMap, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([name, value]) => {
    const [first = '', ...others] = valueLines(value, `${indent}  `);
    return [`${indent}${name}:${first}`, ...others];
  });
}

function valueLines(value: TextMap[string], indent: string): readonly string[] {
  if (typeof value === 'string') {
    return [` ${quoted(value)}\n`];
  }
  if (!isList(value)) {
    return ['\n', ...linesOf(value, indent)];
  }
  return value.length === 0 ? [' []\n'] : ['\n', ...value.flatMap((item) => itemLines(item, indent))];
}

function itemLines(item: TextMap, indent: string): readonly string[] {
  const [first = '', ...others] = linesOf(item, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...others];
}

function isList(value: TextMap | readonly TextMap[]): value is readonly TextMap[] {
  return Array.isArray(value);
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Writes YAML that versions 1.1 and 1.2 read as the same value, without anchors and without folded lines. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' });
}
