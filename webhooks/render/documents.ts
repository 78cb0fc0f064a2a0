import { type Document, LineCounter, parseAllDocuments, type Tags, visit, YAMLParseError } from 'yaml';
import { repeatedKeys } from '../../controllers/data/yaml-keys.ts';

/** YAML 1.1 tags that kubectl does not know. For it, `yes` and `no` are booleans, but dates and times are strings. */
const UNKNOWN_TO_KUBECTL = ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`);

function kubectlTags(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === 'string' || !(UNKNOWN_TO_KUBECTL.includes(tag.tag) || tag.format === 'TIME'),
  );
}

/** The documents of a text, and the places of offsets that their nodes have. */
export interface ParsedText {
  readonly documents: readonly Document[];
  /** The line and the column in the text, from 1, of an offset in a document, counted from 0. */
  readonly positionOf: (offset: number, document: number) => Position;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Parses the documents in a YAML or JSON text. Each document has its own errors. */
export function parseDocuments(text: string): ParsedText {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(separated(text), {
    schema: 'yaml-1.1',
    merge: true,
    customTags: kubectlTags,
    logLevel: 'error',
    uniqueKeys: false,
    lineCounter,
  });
  const parsed = Array.isArray(documents) ? documents : [];
  for (const document of parsed) {
    document.errors.push(...keyErrors(document, lineCounter));
  }
  const positionOf = (offset: number, document: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: line - (isJson(text) ? document : 0), column: col };
  };
  return { documents: parsed, positionOf };
}

/** An error for each repeated key, which the library itself finds only in quadratic time. */
function keyErrors(document: Document, lines: LineCounter): readonly YAMLParseError[] {
  const errors: YAMLParseError[] = [];
  visit(document, {
    Map: (_key, map) => {
      for (const { range } of repeatedKeys(map)) {
        const { line, col } = lines.linePos(range[0]);
        const message = `Map keys must be unique at line ${line}, column ${col}`;
        errors.push(new YAMLParseError([range[0], range[1]], 'DUPLICATE_KEY', message));
      }
    },
  });
  return errors;
}

/** Puts the `---` lines that YAML needs between JSON documents, which jq prints one after another. Each adds one line. */
function separated(text: string): string {
  return isJson(text)
    ? text.replaceAll(/\}(\s*\n\s*)\{/g, (_, between: string) => `}${between.replaceAll(/[^\n]/g, '')}---\n{`)
    : text;
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}
