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
  /** The line and the column in the text, from 1, of an offset in a node's range. */
  readonly positionOf: (offset: number) => Position;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Parses the documents in a YAML or JSON text. Each document has its own errors. */
export function parseDocuments(text: string): ParsedText {
  const lineCounter = new LineCounter();
  const { text: yaml, separators } = separated(text);
  const documents = parseAllDocuments(yaml, {
    schema: 'yaml-1.1',
    merge: true,
    customTags: kubectlTags,
    logLevel: 'error',
    uniqueKeys: false,
    lineCounter,
  });
  const parsed = Array.isArray(documents) ? documents : [];
  for (const document of parsed) {
    document.errors.push(...keyErrors(document));
  }
  const positionOf = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: line - separators.filter((separator) => separator < offset).length, column: col };
  };
  return { documents: parsed, positionOf };
}

/** An error for each repeated key, which the library itself finds only in quadratic time. */
function keyErrors(document: Document): readonly YAMLParseError[] {
  const errors: YAMLParseError[] = [];
  visit(document, {
    Map: (_key, map) => {
      for (const { range } of repeatedKeys(map)) {
        errors.push(new YAMLParseError([range[0], range[1]], 'DUPLICATE_KEY', 'Map keys must be unique'));
      }
    },
  });
  return errors;
}

/** A text of YAML, and the offsets of the lines in it that the original text does not have. */
interface Separated {
  readonly text: string;
  readonly separators: readonly number[];
}

/** Puts the `---` lines that YAML needs between JSON documents, which jq prints one after another. */
function separated(text: string): Separated {
  if (!text.trimStart().startsWith('{')) {
    return { text, separators: [] };
  }
  const parts = text.split(BETWEEN_DOCUMENTS);
  let end = 0;
  const separators = parts.slice(0, -1).map((part, index) => {
    end += part.length + (index === 0 ? 0 : SEPARATOR.length);
    return end;
  });
  return { text: parts.join(SEPARATOR), separators };
}

/** Behind the line in which one object ends, and before the next one. */
const BETWEEN_DOCUMENTS = /(?<=\}[ \t\r]*\n)(?=\s*\{)/;

const SEPARATOR = '---\n';
