import fc from 'fast-check';

/** The word that stands for a harmless value. It is a valid name, label, path segment and image. */
export const HARMLESS = 'harmless';

/** Pieces of texts that mean something to one of the readers of an answer. */
const PIECES = {
  shell: [
    '; touch injected',
    '`touch injected`',
    '$(touch injected)',
    '"$HOME"',
    "'; exit 9 #",
    '&& false',
    '-h',
    '\\',
  ],
  variable: ['$(A)', '$(AGENT_NAME)', '$$(A)', '$$$(A)', '$', '$(', '{A}', '$$', '%A%', '$(MODEL_NAME'],
  yaml: [
    ': ',
    '- a',
    '\n- model_name: evil',
    '#',
    '"\n',
    "'",
    '*a',
    '&a ',
    '!!python/object:os.system',
    '---\n',
    '|\n',
  ],
  yamlValues: ['null', 'true', 'no', '1e3', '0x10', '~', '2026-01-01', '.inf', '<<: *a', '012', '1_000'],
  json: ['"', '","evil":"', '}]}', '{"a":1}', '\\u0022', '\\"', '//', '/*'],
  template: ['{{', '}}', '{{ env "HOME" }}', '{{ include "x" }}', '{{ end }}', '{{`{{`}}', '{ {'],
  lua: ['[[', ']]', 'end os.execute("x")', '--', '..', 'os.environ/HOME'],
  endpoint: ['{id}', ':id', '*', '{', '}', '/__health', '/__debug/', '/__echo', '?a=b', '#f', '&'],
  header: ['\r\nX-Evil: 1', '\r\n\r\n', '\n', '\r', '\t', '\u0000', '\u000b', '\u001b[31m'],
  path: ['../', '/..', '%2e%2e/', '%2F', '//', '/./', ';a=b', '\\..\\', '%00', '/etc/passwd', '@evil', ':80'],
  unicode: ['\u202e', '\u2028', '\u2029', '\u00a0', '\ufeff', '\u200b', 'ï', 'ｅｖｉｌ', '😀', 'K', '\u0301', '\ufffd'],
  names: ['__proto__', 'constructor', 'toString', '.', '-', '_', ',', '=', ' ', '/', 'evil.com'],
} as const;

const piece = fc.oneof(
  ...Object.values(PIECES).map((pieces) => fc.constantFrom<string>(...pieces)),
  // One letter alone could be the value that the rest of the object has already.
  fc.string({ maxLength: 3, minLength: 2 }),
);

/** One to three hostile pieces, often with a harmless word around or between them. */
export const injection: fc.Arbitrary<string> = fc
  .array(fc.oneof(piece, fc.constant(HARMLESS)), { minLength: 0, maxLength: 2 })
  .chain((around) => fc.tuple(piece, fc.constant(around), fc.nat(around.length)))
  .map(([hostile, around, at]) => [...around.slice(0, at), hostile, ...around.slice(at)].join(''));
