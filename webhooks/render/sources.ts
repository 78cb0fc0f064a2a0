import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../controllers/data/quote.ts';
import { filesIn } from './files.ts';

const MANIFEST_EXTENSIONS = ['.json', '.yaml', '.yml'];

/** An error in the input, with its place. */
export interface BadInput {
  readonly origin: string;
  readonly text: string;
}

/** The text of one file or of standard input, with its name for messages. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** The texts at the paths on the command line. */
export interface Sources {
  readonly texts: readonly SourceText[];
  readonly complaints: readonly BadInput[];
  /** Folders without manifests. */
  readonly emptyFolders: readonly string[];
}

/** Reads files, folders with their subfolders, and standard input (`-`). Files of a folder are sorted by name. */
export function readSources(paths: readonly string[], readInput: () => string): Sources {
  const read = paths.map((given) => readPath(given, readInput));
  return {
    texts: read.flatMap(({ texts }) => texts),
    complaints: read.flatMap(({ complaints }) => complaints),
    emptyFolders: read.flatMap(({ emptyFolders }) => emptyFolders),
  };
}

function readPath(given: string, readInput: () => string): Sources {
  try {
    const names = namesOf(given);
    const texts = names.map((name) =>
      name === '-' ? { name: 'standard input', text: readInput() } : { name, text: readFileSync(name, 'utf8') },
    );
    return { texts, complaints: [], emptyFolders: names.length === 0 ? [given] : [] };
  } catch (error) {
    const text = `cannot be read: ${messageOf(error)}`;
    return { texts: [], complaints: [{ origin: given, text }], emptyFolders: [] };
  }
}

function namesOf(given: string): string[] {
  return given !== '-' && statSync(given).isDirectory()
    ? filesIn(given).filter((name) => MANIFEST_EXTENSIONS.includes(path.extname(name)))
    : [given];
}
