import { parseDocument, type SchemaOptions, stringify } from 'yaml';

/** What a YAML text holds, and the keys that it has twice, of which the last counts; or why it holds nothing. */
export type YamlReading =
  | { readonly outcome: 'read'; readonly value: unknown; readonly repeated: readonly string[] }
  | { readonly outcome: 'refused'; readonly why: string };

/** Scalars are texts as they are written, or null: so Go's YAML, with which KAOS reads, gives them to fields of type string. */
const TEXTS: SchemaOptions = { schema: 'failsafe', customTags: ['null'] };

/** Reads one document. A key that is there twice costs nothing: it is told, and the last one is taken. */
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
    // An alias to nothing, or aliases that multiply without bound.
    return { outcome: 'refused', why: failure instanceof Error ? firstLine(failure.message) : 'not valid YAML' };
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/:$/, '') ?? '';
}

/** Characters that YAML's readers refuse or take for line breaks, although JSON has them as they are. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A value as YAML whose texts are all in double quotes: none of them can be taken for anything else. */
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

/** Text that YAML 1.1 and 1.2 both read back as the same value, without anchors and without folded lines. */
export function toYaml(value: unknown): string {
  return stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, compat: 'yaml-1.1' });
}
