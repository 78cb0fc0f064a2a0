import { parseDocument, type SchemaOptions, stringify } from 'yaml';

/** The value of a YAML text and the keys that occur twice, of which the last one wins; or why the text is not valid. */
export type YamlReading =
  | { readonly outcome: 'read'; readonly value: unknown; readonly repeated: readonly string[] }
  | { readonly outcome: 'refused'; readonly why: string };

/** Reads scalars as text, or as null. KAOS reads them into Go fields of type string, with the same result. */
const TEXTS: SchemaOptions = { schema: 'failsafe', customTags: ['null'] };

/** Reads one document. Repeated keys are reported, but are not an error. */
export function readYaml(text: string): YamlReading {
  const document = parseDocument(text, { ...TEXTS, merge: true, logLevel: 'error' });
  const [error] = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  if (error) {
    return { outcome: 'refused', why: firstLine(error.message) };
  }
  try {
    const value: unknown = document.toJS();
    return { outcome: 'read', value, repeated: document.errors.map(({ message }) => firstLine(message)) };
  } catch (failure) {
    // An alias without an anchor, or aliases that expand to a very large value.
    return { outcome: 'refused', why: failure instanceof Error ? firstLine(failure.message) : 'not valid YAML' };
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/:$/, '') ?? '';
}

/** Characters that JSON leaves unescaped, but that YAML parsers reject or read as line breaks. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Writes YAML with all texts in double quotes, so that a parser cannot read them as another type. */
export function toQuotedYaml(value: object): string {
  const text = stringify(value, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    doubleQuotedAsJSON: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  return text.replaceAll(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Writes YAML that versions 1.1 and 1.2 read as the same value, without anchors and without folded lines. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' });
}
