import type { Scalar } from 'yaml';

/** A value that a Python program gets as something other than text, with its text in the YAML. */
export class NotText {
  readonly kind: 'a number' | 'a truth value' | 'a date';
  readonly text: string;

  constructor(kind: NotText['kind'], text: string) {
    this.kind = kind;
    this.text = text;
  }
}

/** YAML 1.1 as PyYAML reads it: an exponent needs a point and a sign, and 12:30 is a number to the base of 60. */
const KINDS: readonly (readonly [NotText['kind'], RegExp])[] = [
  ['a truth value', /^(?:true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/],
  ['a number', /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*(?::[0-5]?[0-9])*)$/],
  ['a number', /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/],
  ['a number', /^(?:\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
  ['a date', /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/],
  [
    'a date',
    /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?$/,
  ],
];
/** Longer texts are not looked at: no number or date that a person writes is as long. */
const LONGEST = 100;
/** Tags that a user can write before a value. Tags other than those of YAML's texts, lists and maps make no text. */
const TAGS = new Map<string, NotText['kind']>([
  ['tag:yaml.org,2002:bool', 'a truth value'],
  ['tag:yaml.org,2002:int', 'a number'],
  ['tag:yaml.org,2002:float', 'a number'],
  ['tag:yaml.org,2002:timestamp', 'a date'],
]);

/** A scalar as a Python program reads it with PyYAML: text, null, or something else. */
export function pythonScalar({ value, tag, type }: Scalar): unknown {
  if (typeof value !== 'string') {
    return value;
  }
  const kind = tag === undefined ? type === 'PLAIN' && kindOf(value) : TAGS.get(tag);
  return kind ? new NotText(kind, value) : value;
}

function kindOf(text: string): NotText['kind'] | undefined {
  return text.length > LONGEST ? undefined : KINDS.find(([, pattern]) => pattern.test(text))?.[0];
}
