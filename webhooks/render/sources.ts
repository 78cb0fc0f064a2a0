import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../controllers/data/quote.ts';
import { filesIn } from './files.ts';
import { error, note, type Remark } from './remark.ts';

const MANIFEST_EXTENSIONS = ['.json', '.yaml', '.yml'];

/** The text of one file or of standard input, with its name for messages. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** The texts at the paths on the command line. */
export interface Sources {
  readonly texts: readonly SourceText[];
  /** About paths that cannot be read, and folders without manifests. */
  readonly remarks: readonly Remark[];
}

/** Reads files, folders with their subfolders, and standard input (`-`). Files of a folder are sorted by name. */
export function readSources(paths: readonly string[], readInput: () => string): Sources {
  const read = paths.map((given) => readPath(given, readInput));
  return {
    texts: read.flatMap(({ texts }) => texts),
    remarks: read.flatMap(({ remarks }) => remarks),
  };
}

function readPath(given: string, readInput: () => string): Sources {
  try {
    const names = namesOf(given);
    const texts = names.map((name) =>
      name === '-' ? { name: 'standard input', text: readInput() } : { name, text: readFileSync(name, 'utf8') },
    );
    const empty = note(given, 'ignored, because it has no .json, .yaml or .yml files');
    return { texts, remarks: names.length === 0 ? [empty] : [] };
  } catch (thrown) {
    return { texts: [], remarks: [error(given, `cannot be read: ${messageOf(thrown)}`)] };
  }
}

function namesOf(given: string): string[] {
  return given !== '-' && statSync(given).isDirectory()
    ? filesIn(given).filter((name) => MANIFEST_EXTENSIONS.includes(path.extname(name)))
    : [given];
}
